package org.colonnade.execution;

import java.time.Duration;

/**
 * What a command may use at most.
 *
 * @param wallTime from start to end
 * @param cpuTime over all its threads
 * @param memoryBytes address space of each process
 * @param processes processes and threads at once
 * @param fileBytes size of one file
 * @param folderBytes size of its folder, all files together
 * @param outputBytes what it may write to standard output and standard error together
 * @param cores processor cores asked from a cluster
 */
public record Limits(
        Duration wallTime,
        Duration cpuTime,
        long memoryBytes,
        int processes,
        long fileBytes,
        long folderBytes,
        long outputBytes,
        int cores) {

    /** Twenty minutes, 2 GiB of memory, 200 MiB a file, 500 MiB a folder: enough for one PHREEQC run. */
    public static final Limits ORDINARY = new Limits(
            Duration.ofMinutes(20), Duration.ofMinutes(20), 2L << 30, 16, 200L << 20, 500L << 20, 10L << 20, 1);
}
