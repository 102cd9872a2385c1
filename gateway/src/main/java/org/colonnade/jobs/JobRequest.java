package org.colonnade.jobs;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks to be done.
 *
 * @param kind selects the {@link JobHandler}, e.g. {@code phreeqc}
 * @param owner to whom the job belongs
 * @param title one line that a person recognises the job by; at most 200 characters
 * @param input the handler's own JSON, at most 1 MB; larger input goes to storage first
 * @param idempotencyKey the same key of the same owner and kind gives the same job; null for none
 * @param priority 0 is ordinary; from 1 to 100 is urgent: earlier than the owner's other jobs of the kind
 * @param deadline how long after submission the job may end at the latest; null for the kind's default
 */
public record JobRequest(
        String kind,
        Owner owner,
        String title,
        String input,
        @Nullable String idempotencyKey,
        int priority,
        @Nullable Duration deadline) {

    public JobRequest {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(owner);
        if (title.isBlank() || title.length() > 200) {
            throw new IllegalArgumentException("A job has a title of 1 to 200 characters");
        }
        if (priority < 0 || priority > 100) {
            throw new IllegalArgumentException("A priority is from 0 to 100");
        }
        if (deadline != null && (deadline.isNegative() || deadline.isZero())) {
            throw new IllegalArgumentException("A deadline lies in the future");
        }
    }

    public static JobRequest of(String kind, Owner owner, String title, String input) {
        return new JobRequest(kind, owner, title, input, null, 0, null);
    }

    public JobRequest withIdempotencyKey(@Nullable String key) {
        return new JobRequest(kind, owner, title, input, key, priority, deadline);
    }

    public JobRequest withPriority(int newPriority) {
        return new JobRequest(kind, owner, title, input, idempotencyKey, newPriority, deadline);
    }

    public JobRequest withDeadline(Duration newDeadline) {
        return new JobRequest(kind, owner, title, input, idempotencyKey, priority, newDeadline);
    }
}
