package org.colonnade.execution.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.colonnade.execution.Command;

/**
 * No sandbox, because the operator said so: only the kernel's resource limits, where {@code prlimit} is found.
 *
 * @param prefix of {@code setpriv} and {@code prlimit}, as far as the machine has them
 */
record Unprotected(boolean setpriv, boolean prlimit) implements Sandbox {

    @Override
    public boolean changesUser() {
        return false;
    }

    @Override
    public List<String> wrap(Command command, Path folder, int user) {
        var words = new ArrayList<String>();
        if (setpriv) {
            words.addAll(List.of("setpriv", "--pdeathsig=KILL", "--no-new-privs", "--"));
        }
        if (prlimit) {
            words.addAll(ResourceLimits.prefix("prlimit", command.limits(), false));
        }
        // There is no file tree of the command's own, so its arguments name the real files.
        command.arguments().forEach(word -> words.add(real(word, command.readOnly())));
        return words;
    }

    private static String real(String word, Map<String, Path> readOnly) {
        return readOnly.entrySet().stream()
                .filter(entry -> word.equals(entry.getKey()) || word.startsWith(entry.getKey() + "/"))
                .map(entry -> entry.getValue() + word.substring(entry.getKey().length()))
                .findFirst()
                .orElse(word);
    }
}
