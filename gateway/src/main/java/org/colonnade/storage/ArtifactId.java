package org.colonnade.storage;

import java.util.UUID;

/** Names one stored file; random, so that knowing one id tells nothing about another. */
public record ArtifactId(UUID value) {

    public static ArtifactId random() {
        return new ArtifactId(UUID.randomUUID());
    }

    /** @throws IllegalArgumentException if the text is not a UUID */
    public static ArtifactId parse(String text) {
        return new ArtifactId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
