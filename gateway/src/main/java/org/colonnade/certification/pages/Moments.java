package org.colonnade.certification.pages;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.colonnade.certification.ledger.History;
import org.colonnade.certification.ledger.States;
import org.colonnade.certification.ledger.Version;
import org.colonnade.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads as of when a page is asked for: a version's number, a time, or nothing for now. */
@Component
class Moments {

    private final History history;

    Moments(History history) {
        this.history = history;
    }

    /**
     * @param version {@link States#NOW} for the present
     * @param shown what was done last then; null for the present, and before the first act
     */
    record Moment(long version, String text, @Nullable Version shown) {

        public boolean isNow() {
            return version == States.NOW;
        }
    }

    Moment read(@Nullable String asOf) {
        String text = asOf == null ? "" : asOf.strip();
        if (text.isEmpty() || text.equals("now")) {
            return new Moment(States.NOW, "", null);
        }
        long version = text.matches("\\d{1,18}") ? Long.parseLong(text) : history.at(time(text));
        return new Moment(version, text, history.version(version).orElse(null));
    }

    private static Instant time(String text) {
        try {
            return text.endsWith("Z") || text.contains("+")
                    ? Instant.parse(text)
                    : LocalDateTime.parse(text.length() == 10 ? text + "T23:59:59" : text.replace(' ', 'T'))
                            .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw ProblemException.invalid(
                    "asOf", "is neither a version such as 1234 nor a time (UTC) such as 2026-05-03 08:00");
        }
    }
}
