package org.colonnade.execution.slurm;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what squeue and sacct print. */
final class JobReports {

    /** The format that {@link #fromSqueue} reads. */
    static final String SQUEUE_FORMAT = "%A|%T|%r";

    /** The fields that {@link #fromSacct} reads. */
    static final String SACCT_FIELDS = "JobIDRaw,State,ExitCode,Restarts";

    private JobReports() {}

    /** Lines that are none of ours, such as a banner, are passed over. */
    static List<JobReport> fromSqueue(String text) {
        return lines(
                text,
                3,
                words -> new JobReport(
                        Long.parseLong(words[0]), SlurmState.parse(words[1]), reason(words[2]), null, 0, 0));
    }

    static List<JobReport> fromSacct(String text) {
        return lines(text, 4, words -> {
            String[] exit = words[2].split(":", 2);
            return new JobReport(
                    Long.parseLong(words[0]),
                    SlurmState.parse(words[1]),
                    null,
                    Integer.parseInt(exit[0]),
                    exit.length > 1 ? Integer.parseInt(exit[1]) : 0,
                    words[3].isBlank() ? 0 : Integer.parseInt(words[3]));
        });
    }

    private interface Line {
        JobReport read(String[] words);
    }

    private static List<JobReport> lines(String text, int columns, Line line) {
        return text.lines()
                .map(l -> l.strip().split("\\|", -1))
                .filter(words -> words.length == columns)
                .map(words -> read(line, words))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<JobReport> read(Line line, String[] words) {
        try {
            return Optional.of(line.read(words));
        } catch (NumberFormatException notOurs) {
            return Optional.empty();
        }
    }

    private static @Nullable String reason(String word) {
        return word.isBlank() || word.equals("None") ? null : word;
    }
}
