package org.colonnade.execution;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The clusters of this installation as their operator sees them. */
public interface Clusters {

    List<Status> all();

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
     * @param unreachableSince null while it answers
     * @param lastError why it did not answer; null while it does
     * @param jobs ours that are queued or running there
     * @param capacity how many of ours may be there at once
     * @param lastLook when its queue was read for the last time; null before the first job
     * @param looks how often its queue was read since the gateway started
     * @param connections how often a connection was opened since then
     */
    record Status(
            String name,
            String title,
            String address,
            @Nullable Instant unreachableSince,
            @Nullable String lastError,
            int jobs,
            int capacity,
            @Nullable Instant lastLook,
            long looks,
            long connections) {}

    /**
     * One step of a test.
     *
     * @param step what was tried, e.g. {@code log in}
     * @param failure null if it went well
     */
    record Check(String step, Duration took, @Nullable String failure) {}
}
