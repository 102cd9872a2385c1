package org.colonnade.execution.slurm;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.colonnade.execution.Limits;
import org.jspecify.annotations.Nullable;

/**
 * A part of a cluster as sinfo shows it; one line for each kind of node in it.
 *
 * @param usual whether jobs that name no partition go there
 * @param maxTime the longest that a job may take; null for no limit
 * @param cores of one node
 * @param memoryBytes of one node
 */
record Partition(
        String name, boolean usual, boolean up, @Nullable Duration maxTime, int cores, long memoryBytes, int nodes) {

    /** The format that {@link #fromSinfo} reads. */
    static final String SINFO = "%P|%a|%l|%c|%m|%D";

    static List<Partition> fromSinfo(String text) {
        return text.lines()
                .map(line -> line.strip().split("\\|", -1))
                .filter(words -> words.length == 6 && words[5].matches("\\d+"))
                .map(Partition::read)
                .toList();
    }

    private static Partition read(String[] words) {
        boolean usual = words[0].endsWith("*");
        return new Partition(
                usual ? words[0].substring(0, words[0].length() - 1) : words[0],
                usual,
                words[1].equals("up"),
                SlurmSpelling.time(words[2]).orElse(null),
                leading(words[3]),
                (long) leading(words[4]) << 20,
                leading(words[5]));
    }

    /** Where nodes differ, sinfo gives the least of them and a plus sign. */
    private static int leading(String text) {
        String digits = text.replaceFirst("\\D.*", "");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    /**
     * Why no part of the cluster can take such a job, in one sentence.
     *
     * @param wanted the partition that jobs go to; null for the usual one
     * @return empty if one can, or if nothing is known about that partition
     */
    static Optional<String> objection(List<Partition> all, @Nullable String wanted, Limits limits) {
        List<Partition> candidates = all.stream()
                .filter(partition ->
                        wanted == null ? partition.usual() : partition.name().equals(wanted))
                .toList();
        if (candidates.isEmpty()) {
            return wanted == null || all.isEmpty() ? Optional.empty() : Optional.of("it has no partition " + wanted);
        }
        Optional<String> last = Optional.empty();
        for (Partition partition : candidates) {
            last = partition.objection(limits);
            if (last.isEmpty()) {
                return Optional.empty();
            }
        }
        return last;
    }

    /** A partition that is down takes jobs, and starts them when it is up again. */
    private Optional<String> objection(Limits limits) {
        Duration most = maxTime;
        if (most != null && limits.wallTime().compareTo(most) > 0) {
            return Optional.of("%d minutes asked, but its partition %s allows %d"
                    .formatted(limits.wallTime().toMinutes(), name, most.toMinutes()));
        }
        if (cores > 0 && limits.cores() > cores) {
            return Optional.of(
                    "%d cores asked, but a node of its partition %s has %d".formatted(limits.cores(), name, cores));
        }
        if (memoryBytes > 0 && limits.memoryBytes() > memoryBytes) {
            return Optional.of("%d MB of memory asked, but a node of its partition %s has %d"
                    .formatted(limits.memoryBytes() >> 20, name, memoryBytes >> 20));
        }
        return Optional.empty();
    }
}
