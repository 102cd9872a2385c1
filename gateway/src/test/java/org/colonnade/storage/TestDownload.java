package org.colonnade.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;

/** Bytes in memory. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TestDownload(String name, String mediaType, byte[] content) implements Download {

    @Override
    public long size() {
        return content.length;
    }

    @Override
    public String etag() {
        return Sums.sha256(content);
    }

    @Override
    public Instant lastModified() {
        return Instant.parse("2026-05-04T03:02:01.999Z");
    }

    @Override
    public void writeTo(OutputStream out, long from, long to) throws IOException {
        out.write(content, (int) from, (int) (to - from));
    }
}
