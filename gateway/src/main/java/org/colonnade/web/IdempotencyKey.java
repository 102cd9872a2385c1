package org.colonnade.web;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The {@code Idempotency-Key} header: a POST sent again with the same key does its work once. Jobs keep the key themselves
 * ({@link org.colonnade.jobs.JobRequest#withIdempotencyKey}), so nothing else has to be stored.
 */
public final class IdempotencyKey {

    public static final String HEADER = "Idempotency-Key";

    private IdempotencyKey() {}

    /**
     * @return null if the request has none
     * @throws ProblemException if it is not 1 to 200 visible ASCII characters
     */
    public static @Nullable String of(HttpServletRequest request) {
        String key = request.getHeader(HEADER);
        if (key != null && !key.matches("[!-~]{1,200}")) {
            throw ProblemException.invalid(HEADER, "must be 1 to 200 visible ASCII characters");
        }
        return key;
    }
}
