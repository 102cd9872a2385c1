package org.colonnade.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;

/** One stored file as it is. */
record StoredFile(Artifact artifact, ContentReader reader) implements Download {

    @Override
    public String name() {
        return artifact.name();
    }

    @Override
    public String mediaType() {
        return artifact.mediaType();
    }

    @Override
    public long size() {
        return artifact.size();
    }

    @Override
    public String etag() {
        return artifact.sha256();
    }

    @Override
    public Instant lastModified() {
        return artifact.storedAt();
    }

    @Override
    public void writeTo(OutputStream out, long from, long to) throws IOException {
        reader.write(artifact, out, from, to);
    }
}
