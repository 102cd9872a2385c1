package org.colonnade.execution;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Where a command stands after {@link Places#advance}. */
public sealed interface Step {

    /** It waits or runs elsewhere; ask again after {@code recheck}. */
    record Pending(String why, Duration recheck) implements Step {}

    /** The place does not answer since {@code since}; nothing is known about the command, so nothing is decided. */
    record Unreachable(String why, Instant since, Duration recheck) implements Step {

        /** What the job's owner should read: since when, and that nothing is lost. */
        public String sentence() {
            return sinceInWords(since) + "; nothing is lost, it goes on by itself. " + why;
        }

        /** {@code No answer since 2026-11-27 06:40 UTC} */
        public static String sinceInWords(Instant since) {
            return "No answer since " + MINUTE.format(since) + " UTC";
        }

        private static final DateTimeFormatter MINUTE =
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);
    }

    /**
     * It ended.
     *
     * @param ending how
     * @param files regular files directly in its folder, inputs included; they stand until {@link Places#release}
     */
    record Ended(Ending ending, List<Path> files) implements Step {}
}
