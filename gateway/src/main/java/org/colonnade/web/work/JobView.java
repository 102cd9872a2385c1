package org.colonnade.web.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.colonnade.jobs.Job;
import org.colonnade.jobs.Outlook;
import org.jspecify.annotations.Nullable;

/**
 * A job as the API shows it.
 *
 * @param state queued, running, waiting, completed, failed, timed_out or cancelled
 * @param attempt 1 for the first try
 * @param fraction progress from 0 to 1; absent while nothing is known
 * @param sentence what is going on, or why it waits or failed
 * @param parent the job of which this one is a part
 * @param outlook only while the job is queued
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JobView(
        String id,
        String kind,
        String title,
        String state,
        int attempt,
        @Nullable Double fraction,
        @Nullable String sentence,
        Instant submittedAt,
        @Nullable Instant startedAt,
        @Nullable Instant waitingSince,
        @Nullable Instant endedAt,
        @Nullable String parent,
        @Nullable Position outlook) {

    /**
     * Why the job is not running yet, and when it may.
     *
     * @param position 1 when it is next
     * @param reason absent when it is simply not its turn
     * @param expectedStart absent when there is too little history to tell
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Position(
            long position,
            @Nullable String reason,
            @Nullable Instant expectedStart) {}

    static JobView of(Job job, @Nullable Outlook outlook) {
        return new JobView(
                job.id().toString(),
                job.kind(),
                job.title(),
                Words.key(job.state()),
                job.attempt(),
                job.fraction(),
                job.sentence(),
                job.submittedAt(),
                job.startedAt(),
                job.waitingSince(),
                job.endedAt(),
                job.parent() == null ? null : job.parent().toString(),
                outlook == null ? null : new Position(outlook.position(), outlook.reason(), outlook.expectedStart()));
    }
}
