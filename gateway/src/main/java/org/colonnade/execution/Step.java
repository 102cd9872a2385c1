package org.colonnade.execution;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Where a command stands after {@link Places#advance}. */
public sealed interface Step {

    /** It waits or runs elsewhere; ask again after {@code recheck}. */
    record Pending(String why, Duration recheck) implements Step {}

    /** The place does not answer since {@code since}; nothing is known about the command, so nothing is decided. */
    record Unreachable(String why, Instant since, Duration recheck) implements Step {}

    /**
     * It ended.
     *
     * @param ending how
     * @param files regular files directly in its folder, inputs included; they stand until {@link Places#release}
     */
    record Ended(Ending ending, List<Path> files) implements Step {}
}
