package org.colonnade.storage;

import java.io.IOException;
import java.io.OutputStream;
import org.colonnade.storage.content.CheckedStream;
import org.colonnade.storage.content.ContentStore;
import org.springframework.stereotype.Component;

/** Reads stored files, checking what it reads. */
@Component
class ContentReader {

    private final ContentStore content;
    private final ArtifactRecords records;

    ContentReader(ContentStore content, ArtifactRecords records) {
        this.content = content;
        this.records = records;
    }

    CheckedStream open(Artifact artifact, long from, long to) throws IOException {
        if (from < 0 || from > to || to > artifact.size()) {
            throw new IllegalArgumentException(
                    "The file's " + artifact.size() + " bytes do not reach from " + from + " to " + to);
        }
        return CheckedStream.open(content, artifact, records.blocks(artifact), from, to);
    }

    void write(Artifact artifact, OutputStream out, long from, long to) throws IOException {
        try (var in = open(artifact, from, to)) {
            in.transferTo(out);
        }
    }
}
