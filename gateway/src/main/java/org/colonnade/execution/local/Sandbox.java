package org.colonnade.execution.local;

import java.nio.file.Path;
import java.util.List;
import org.colonnade.execution.Command;

/** How a command is shut in. */
sealed interface Sandbox permits Bubblewrap, Unprotected {

    /**
     * The argument vector that runs the command shut in.
     *
     * @param folder the command's own folder, its only writable place
     * @param user the user id it runs under, where ids can be given
     */
    List<String> wrap(Command command, Path folder, int user);

    /** Whether commands run under ids of their own, which must then own the folder. */
    boolean changesUser();
}
