package org.colonnade.storage;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.colonnade.storage.content.ContentStore;
import org.colonnade.storage.content.MeasuringStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Content first, record second: a record always has its content. Content whose record never came (a crash, a transaction
 * that was rolled back) is invisible, and {@link OrphanSweeper} removes it later.
 */
@Component
class StoredArtifacts implements Artifacts {

    private static final Logger LOG = LoggerFactory.getLogger(StoredArtifacts.class);

    private final ContentStore content;
    private final ContentReader reader;
    private final ArtifactRecords records;

    StoredArtifacts(ContentStore content, ContentReader reader, ArtifactRecords records) {
        this.content = content;
        this.reader = reader;
        this.records = records;
    }

    @Override
    public Artifact store(String group, String name, String mediaType, InputStream in, long limit) throws IOException {
        var id = ArtifactId.random();
        var measuring = new MeasuringStream(in, limit);
        content.write(id, measuring);
        var measured = measuring.measured();
        var artifact = new Artifact(
                id,
                group,
                FileNames.storable(name),
                mediaType,
                measured.size(),
                HexFormat.of().formatHex(measured.sha256()),
                measured.crc32(),
                Instant.now().truncatedTo(ChronoUnit.MICROS));
        try {
            records.insert(artifact, measured.blocks());
        } catch (RuntimeException e) {
            forget(id);
            throw e;
        }
        return artifact;
    }

    @Override
    public Optional<Artifact> find(ArtifactId id) {
        return records.find(id);
    }

    @Override
    public List<Artifact> list(String group) {
        return records.list(group);
    }

    @Override
    public InputStream open(Artifact artifact, long offset) throws IOException {
        return reader.open(artifact, offset, artifact.size());
    }

    /** Content goes after the commit, so that a rollback brings the whole files back. */
    @Override
    public void deleteGroup(String group) {
        List<ArtifactId> deleted = records.delete(group);
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            deleted.forEach(this::forget);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                deleted.forEach(StoredArtifacts.this::forget);
            }
        });
    }

    /** What cannot be removed now is an orphan, and goes with the next sweep. */
    private void forget(ArtifactId id) {
        try {
            content.delete(id);
        } catch (IOException e) {
            LOG.warn("The content {} could not be removed now; the next sweep tries again", id, e);
        }
    }
}
