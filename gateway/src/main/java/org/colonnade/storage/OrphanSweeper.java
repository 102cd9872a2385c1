package org.colonnade.storage;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.colonnade.storage.content.ContentStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Removes content that no record speaks of: what crashes and rolled-back transactions left. */
@Component
class OrphanSweeper {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanSweeper.class);
    private static final int BATCH = 1000;

    private final ContentStore content;
    private final ArtifactRecords records;
    private final StorageProperties properties;

    OrphanSweeper(ContentStore content, ArtifactRecords records, StorageProperties properties) {
        this.content = content;
        this.records = records;
        this.properties = properties;
    }

    @Scheduled(initialDelayString = "PT10M", fixedDelayString = "PT6H")
    void sweep() throws IOException {
        sweep(Instant.now().minus(properties.orphansAfter()));
    }

    /** Removes orphans written before a time. */
    int sweep(Instant time) throws IOException {
        List<ArtifactId> batch = new ArrayList<>();
        List<ArtifactId> orphans = new ArrayList<>();
        content.visitOlderThan(time, id -> {
            batch.add(id);
            if (batch.size() == BATCH) {
                addOrphans(batch, orphans);
                batch.clear();
            }
        });
        addOrphans(batch, orphans);
        for (ArtifactId id : orphans) {
            content.delete(id);
        }
        if (!orphans.isEmpty()) {
            LOG.info("Removed {} files that belonged to nothing", orphans.size());
        }
        return orphans.size();
    }

    private void addOrphans(List<ArtifactId> ids, List<ArtifactId> orphans) {
        Set<ArtifactId> known = records.known(ids);
        ids.stream().filter(id -> !known.contains(id)).forEach(orphans::add);
    }
}
