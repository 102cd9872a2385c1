package org.colonnade.certification.ledger;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Datasets that were written last, as they are now, so that the next act on one of them need not fold all its events. A
 * version number is never given twice, also not by work that was rolled back, so a dataset of the projection's version is
 * the dataset. Only for use under the ledger's lock, before the draft has touched the dataset.
 */
@Component
class Recent {

    private static final int KEPT = 100;

    private final JdbcClient jdbc;
    private final States states;
    private final Map<DatasetKey, Dataset> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<DatasetKey, Dataset> eldest) {
            return size() > KEPT;
        }
    };

    Recent(JdbcClient jdbc, States states) {
        this.jdbc = jdbc;
        this.states = states;
    }

    Optional<Dataset> dataset(DatasetKey key) {
        long version = jdbc.sql("select version from certification.dataset where run_number = :run and name = :name")
                .param("run", key.run())
                .param("name", key.name())
                .query(Long.class)
                .optional()
                .orElse(0L);
        Dataset before = find(key);
        if (before != null && before.version() == version) {
            return Optional.of(before);
        }
        Optional<Dataset> folded = states.dataset(key, States.NOW);
        folded.filter(d -> d.version() == version).ifPresent(this::keep);
        return folded;
    }

    private synchronized @Nullable Dataset find(DatasetKey key) {
        return known.get(key);
    }

    synchronized void keep(Dataset dataset) {
        known.put(dataset.key(), dataset);
    }
}
