package org.colonnade.jobs;

import java.time.Duration;

/**
 * The policy of one kind of job.
 *
 * @param name stable name, lower case
 * @param maxAttempts how often a try may be started, at least 1
 * @param maxRunning how many may run at once over all gateways, parked ones not counted; at least 1
 * @param maxRunningPerOwner how many of one owner may be under way at once (running, or parked while the work goes on
 *     elsewhere), at least 1
 * @param maxQueuedPerOwner how many of one owner may wait; a further one is refused with {@link TooManyJobsException}
 * @param deadline from submission to the latest end
 * @param retention how long an ended job is kept
 */
public record JobKind(
        String name,
        int maxAttempts,
        int maxRunning,
        int maxRunningPerOwner,
        int maxQueuedPerOwner,
        Duration deadline,
        Duration retention) {

    /** Three attempts, a day to end, thirty days to be looked at, and no limit but the machine's. */
    public static JobKind named(String name) {
        return new JobKind(
                name,
                3,
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                Duration.ofDays(1),
                Duration.ofDays(30));
    }
}
