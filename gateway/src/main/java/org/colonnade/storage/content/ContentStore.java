package org.colonnade.storage.content;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.function.Consumer;
import org.colonnade.storage.ArtifactId;

/** Keeps bytes by id: a folder or a bucket. */
public interface ContentStore {

    /**
     * Keeps everything up to the stream's end, whole or not at all; when this returns, the content survives a crash.
     *
     * @throws org.colonnade.storage.StorageFullException if there is no room
     */
    void write(ArtifactId id, InputStream content) throws IOException;

    /**
     * Reads from an offset on.
     *
     * @param size what the content must measure
     * @throws org.colonnade.storage.DamagedContentException if the content is missing or has another size
     */
    InputStream read(ArtifactId id, long offset, long size) throws IOException;

    /** Forgets content; does nothing if there is none. */
    void delete(ArtifactId id) throws IOException;

    /** Removes what interrupted writes before {@code time} left, and names all content written before that time. */
    void visitOlderThan(Instant time, Consumer<ArtifactId> visitor) throws IOException;
}
