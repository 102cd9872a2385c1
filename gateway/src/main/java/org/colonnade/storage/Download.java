package org.colonnade.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;

/** Something that a client can fetch, also in parts: its length and every byte of it are fixed. */
public interface Download {

    /** What the client's file is called, as a user knows it. */
    String name();

    String mediaType();

    /** In bytes. */
    long size();

    /** Equal for equal bytes only; without quotes. */
    String etag();

    Instant lastModified();

    /**
     * Writes the bytes from {@code from} up to, but without, {@code to}.
     *
     * @throws DamagedContentException if content is missing or changed; what was written before is right
     */
    void writeTo(OutputStream out, long from, long to) throws IOException;
}
