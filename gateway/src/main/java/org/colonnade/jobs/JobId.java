package org.colonnade.jobs;

import java.util.UUID;

/**
 * Names one job. The value is random (UUID version 4), so that knowing one id tells nothing about another.
 *
 * @param value the id as stored
 */
public record JobId(UUID value) {

    public static JobId random() {
        return new JobId(UUID.randomUUID());
    }

    /** @throws IllegalArgumentException if the text is not a UUID */
    public static JobId parse(String text) {
        return new JobId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
