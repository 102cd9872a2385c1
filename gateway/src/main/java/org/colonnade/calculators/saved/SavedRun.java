package org.colonnade.calculators.saved;

import java.time.Instant;
import java.util.UUID;

/**
 * A computation that somebody kept.
 *
 * @param calculator its key, e.g. {@code co2}
 * @param query the inputs as they stand in the address, without the question mark
 */
public record SavedRun(UUID id, String calculator, String name, String query, Instant createdAt) {

    /** The page that computes it again. */
    public String href() {
        return "/calculators/" + calculator + (query.isEmpty() ? "" : "?" + query);
    }
}
