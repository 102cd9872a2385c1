package org.colonnade.jobs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of a job's state; never altered.
 *
 * @param who the owner, an administrator, or the worker
 * @param from null for the submission
 */
public record JobEvent(
        long sequence,
        Instant at,
        String who,
        @Nullable JobState from,
        JobState to,
        int attempt,
        @Nullable String why) {}
