package org.colonnade.storage;

import java.time.Instant;

/**
 * A stored file. Its content never changes.
 *
 * @param group what the file belongs to, e.g. {@code job:<id>}; files of one group are listed and deleted together
 * @param name the file's name as the user knows it; never used as a path
 * @param mediaType e.g. {@code text/plain}
 * @param size in bytes
 * @param sha256 lower-case hexadecimal digest of the content
 */
public record Artifact(
        ArtifactId id, String group, String name, String mediaType, long size, String sha256, Instant storedAt) {}
