package org.colonnade.jobs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job as it stands now.
 *
 * @param input the handler's own JSON, as submitted
 * @param attempt 1 for the first try; grows when a lost or failed try is repeated
 * @param fraction progress from 0 to 1; null while nothing is known
 * @param sentence what is going on, or why it waits or failed, in words for the owner
 * @param result the handler's own JSON; null until {@link JobState#COMPLETED}
 * @param waitingSince since when it has been {@link JobState#WAITING}
 * @param parent the fan-out that this job is a unit of
 */
public record Job(
        JobId id,
        String kind,
        Owner owner,
        String title,
        String input,
        JobState state,
        int attempt,
        int priority,
        @Nullable Double fraction,
        @Nullable String sentence,
        @Nullable String result,
        Instant submittedAt,
        @Nullable Instant startedAt,
        @Nullable Instant waitingSince,
        @Nullable Instant endedAt,
        @Nullable JobId parent) {}
