package org.colonnade.web.error;

import java.util.List;
import org.colonnade.web.ProblemException.Wrong;
import org.colonnade.web.ProblemType;
import org.springframework.http.HttpHeaders;

/**
 * What went wrong, in words for the one who asked.
 *
 * @param detail one sentence; empty if the type says all
 * @param headers go into the answer, e.g. {@code Allow} or {@code Retry-After}
 */
record Trouble(ProblemType type, int status, String detail, List<Wrong> wrong, HttpHeaders headers) {

    static Trouble of(ProblemType type, String detail) {
        return new Trouble(type, type.status(), detail, List.of(), new HttpHeaders());
    }

    static Trouble of(int status, String detail) {
        return new Trouble(ProblemType.of(status), status, detail, List.of(), new HttpHeaders());
    }

    Trouble with(HttpHeaders more) {
        return new Trouble(type, status, detail, wrong, more);
    }

    Trouble with(List<Wrong> values) {
        return new Trouble(type, status, detail, values, headers);
    }

    Trouble retryAfter(long seconds) {
        var more = new HttpHeaders();
        more.set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        return with(more);
    }

    /** For people and for clients that know one sentence only. */
    String sentence() {
        return detail.isEmpty() ? type.title() : detail;
    }
}
