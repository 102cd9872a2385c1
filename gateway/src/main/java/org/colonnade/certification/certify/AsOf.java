package org.colonnade.certification.certify;

import java.time.DateTimeException;
import java.time.Instant;
import org.colonnade.certification.ledger.History;
import org.colonnade.certification.ledger.States;
import org.colonnade.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The version that a request means: given as its number or as a time. */
@Component
public class AsOf {

    private final History history;

    AsOf(History history) {
        this.history = history;
    }

    /** @param text a version, or a time such as {@code 2026-05-03T08:00:00Z}; absent for the present */
    public long version(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return States.NOW;
        }
        if (text.matches("\\d{1,18}")) {
            return Long.parseLong(text);
        }
        try {
            return history.at(Instant.parse(text));
        } catch (DateTimeException e) {
            throw ProblemException.invalid("asOf", "is neither a version nor a time such as 2026-05-03T08:00:00Z");
        }
    }
}
