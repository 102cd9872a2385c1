package org.colonnade.execution;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.Owner;
import org.jspecify.annotations.Nullable;

/** The clusters of this installation as their operator sees them. */
public interface Clusters {

    List<Status> all();

    Optional<Status> find(String name);

    /** Jobs that are at a cluster or wait for it, and then those that left last, at most so many. */
    List<Stay> stays(String name, int limit);

    /**
     * Walks through everything that a job needs, one step after the other, and stops at the first that fails. Takes some
     * seconds.
     *
     * @return empty if no cluster has that name
     */
    Optional<List<Check>> test(String name) throws InterruptedException;

    /**
     * How a cluster stands.
     *
     * @param engine what schedules there, e.g. {@code Slurm}
     * @param address where it is reached, without any secret
     * @param unreachableSince null while it answers, and before anybody asked it
     * @param lastError why it did not answer; null while it does
     * @param there ours that are queued or running there, over all gateways
     * @param waiting ours that wait here for one of its places
     * @param capacity how many of ours may be there at once
     * @param perOwner how many of one owner
     * @param polls how its queue is looked at
     * @param connections how often a connection was opened since the gateway started
     * @param commands how many commands went over them
     * @param troubles what went wrong lately, newest first
     */
    record Status(
            String name,
            String title,
            String engine,
            String address,
            @Nullable Instant unreachableSince,
            @Nullable String lastError,
            int there,
            int waiting,
            int capacity,
            int perOwner,
            Polls polls,
            long connections,
            long commands,
            List<Trouble> troubles) {

        public boolean reachable() {
            return unreachableSince == null;
        }
    }

    /**
     * The budget of polls: one look per interval, whatever the number of jobs, and none without jobs.
     *
     * @param watched jobs that the next look is for
     * @param looks since the gateway started
     * @param last null before the first job
     * @param took by the last look
     */
    record Polls(
            Duration interval,
            int watched,
            long looks,
            @Nullable Instant last,
            Duration took) {}

    /**
     * A job at a cluster, or on its way there.
     *
     * @param admittedAt null while it waits
     * @param leftAt null while it is there or waits
     * @param usage what it used there, in words; null if that is not known
     */
    record Stay(
            JobId job,
            Owner owner,
            int cores,
            Instant askedAt,
            @Nullable Instant admittedAt,
            @Nullable Instant leftAt,
            @Nullable String usage) {}

    /** An error, in words. */
    record Trouble(Instant at, String what) {}

    /**
     * One step of a test.
     *
     * @param step what was tried, e.g. {@code log in}
     * @param failure null if it went well
     */
    record Check(String step, Duration took, @Nullable String failure) {}
}
