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
 * @param crc32 the content's CRC-32 as zip files use it, from 0 to 2³² − 1
 */
public record Artifact(
        ArtifactId id,
        String group,
        String name,
        String mediaType,
        long size,
        String sha256,
        long crc32,
        Instant storedAt) {}
