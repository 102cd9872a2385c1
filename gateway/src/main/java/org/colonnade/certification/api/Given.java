package org.colonnade.certification.api;

import org.colonnade.web.ProblemException;
import org.jspecify.annotations.Nullable;

/** What a request must bring. */
final class Given {

    private Given() {}

    /** @throws ProblemException if it is absent or blank */
    static String text(String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw ProblemException.invalid(name, "must be given");
        }
        return value;
    }
}
