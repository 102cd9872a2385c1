package org.colonnade.identity.abuse;

import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** Somebody tried too often and has to wait. Answered with 429 and {@code Retry-After}. */
public class TooManyAttemptsException extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    TooManyAttemptsException(Duration wait) {
        super(HttpStatus.TOO_MANY_REQUESTS, problem(wait), null);
        getHeaders().set("Retry-After", Long.toString(seconds(wait)));
    }

    private static ProblemDetail problem(Duration wait) {
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.TOO_MANY_REQUESTS, "Too many attempts. Wait " + seconds(wait) + " seconds, then try again.");
    }

    private static long seconds(Duration wait) {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }
}
