package org.colonnade.certification.golden;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import org.colonnade.certification.ledger.Dataset;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.Run;
import org.colonnade.certification.ledger.States;
import org.colonnade.certification.lumisection.LanesJson;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Datasets prepared for evaluation. Those of the present are kept in memory and read again only when they changed; those
 * of the past are folded from events.
 */
@Component
class Samples {

    /** All datasets as of one version. */
    record Snapshot(long version, List<Sample> samples) {}

    private static final String MATCHES = "d.name similar to :names";
    private static final int PATTERNS = 4;
    private static final int FEW = 2_000;
    private static final int KEPT = 50_000;
    private static final int BATCH = 100;

    private final JdbcClient jdbc;
    private final States states;
    private final TransactionTemplate snapshot;
    private final Map<DatasetKey, Sample> kept = new ConcurrentHashMap<>();
    private final Map<String, Known> patterns = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > PATTERNS;
        }
    };

    /** What matched a pattern at a version. */
    private record Known(long version, SortedMap<DatasetKey, Sample> samples) {}

    Samples(JdbcClient jdbc, States states, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.states = states;
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setReadOnly(true);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /** @param names an SQL {@code SIMILAR TO} pattern of the whole name */
    boolean any(String names) {
        return jdbc.sql("""
                        select exists (
                            select from certification.dataset d
                            join certification.run r using (run_number)
                            where d.name similar to :names and not d.deleted and not r.deleted)
                        """).param("names", names).query(Boolean.class).single();
    }

    /**
     * What was asked for before is read again only for runs that changed since.
     *
     * @param names an SQL {@code SIMILAR TO} pattern of the whole name
     */
    Snapshot now(String names) {
        return Objects.requireNonNull(snapshot.execute(status -> {
            long version = jdbc.sql("select coalesce(max(version), 0) from certification.version")
                    .query(Long.class)
                    .single();
            var now = new Known(version, samples(names, known(names), version));
            keep(names, now);
            return new Snapshot(version, List.copyOf(now.samples().values()));
        }));
    }

    private synchronized @Nullable Known known(String names) {
        return patterns.get(names);
    }

    /** Somebody who began later may have been faster. */
    private synchronized void keep(String names, Known now) {
        patterns.merge(names, now, (before, after) -> before.version() > after.version() ? before : after);
    }

    private SortedMap<DatasetKey, Sample> samples(String names, @Nullable Known before, long version) {
        if (before != null && before.version() == version) {
            return before.samples();
        }
        if (before == null || before.version() > version) {
            return load(wanted(MATCHES, names, List.of()));
        }
        List<Integer> changed = states.changedSince(before.version());
        if (changed.size() > FEW) {
            return load(wanted(MATCHES, names, List.of()));
        }
        var samples = new TreeMap<>(before.samples());
        changed.forEach(run -> samples.subMap(new DatasetKey(run, ""), new DatasetKey(run + 1, ""))
                .clear());
        samples.putAll(load(wanted(MATCHES + " and d.run_number = any (:runs)", names, changed)));
        return samples;
    }

    /** @return the version of each dataset that there is */
    private Map<DatasetKey, Long> wanted(String condition, String names, List<Integer> runs) {
        var wanted = new LinkedHashMap<DatasetKey, Long>();
        jdbc.sql("""
                        select d.run_number, d.name, greatest(d.version, r.version)
                        from certification.dataset d
                        join certification.run r using (run_number)
                        where not d.deleted and not r.deleted and
                        """ + condition)
                .param("names", names)
                .param("runs", runs.toArray(Integer[]::new))
                .query((rs, n) -> wanted.put(new DatasetKey(rs.getInt(1), rs.getString(2)), rs.getLong(3)))
                .list();
        return wanted;
    }

    /** Those of the given datasets that there are now. */
    SortedMap<DatasetKey, Sample> of(List<DatasetKey> keys) {
        var wanted = new LinkedHashMap<DatasetKey, Long>();
        jdbc.sql("""
                        select d.run_number, d.name, greatest(d.version, r.version)
                        from unnest(cast(:runs as integer[]), cast(:names as text[])) as wanted (run_number, name)
                        join certification.dataset d using (run_number, name)
                        join certification.run r using (run_number)
                        where not d.deleted and not r.deleted
                        """)
                .param("runs", keys.stream().map(DatasetKey::run).toArray(Integer[]::new))
                .param("names", keys.stream().map(DatasetKey::name).toArray(String[]::new))
                .query((rs, n) -> wanted.put(new DatasetKey(rs.getInt(1), rs.getString(2)), rs.getLong(3)))
                .list();
        return load(wanted);
    }

    /** One dataset as of a version. */
    Optional<Sample> one(DatasetKey key, long version) {
        return states.dataset(key, version)
                .filter(d -> !d.deleted())
                .flatMap(dataset -> states.run(key.run(), version)
                        .filter(r -> !r.deleted())
                        .map(run -> new Sample(dataset, run, Math.max(dataset.version(), run.version()))));
    }

    /** What is kept already is not read again. */
    private SortedMap<DatasetKey, Sample> load(Map<DatasetKey, Long> wanted) {
        var missing = new ArrayList<DatasetKey>();
        wanted.forEach((key, version) -> {
            Sample known = kept.get(key);
            if (known == null || known.version() != version) {
                missing.add(key);
            }
        });
        var fresh = new TreeMap<DatasetKey, Sample>();
        prepare(missing).forEach(sample -> fresh.put(sample.key(), sample));
        var result = new TreeMap<DatasetKey, Sample>();
        wanted.keySet().forEach(key -> {
            Sample sample = fresh.getOrDefault(key, kept.get(key));
            if (sample != null) {
                result.put(key, sample);
            }
        });
        if (kept.size() + fresh.size() > KEPT) {
            kept.clear();
        }
        if (fresh.size() <= KEPT) {
            kept.putAll(fresh);
        }
        return result;
    }

    /** While rows are fetched, by one snapshot of the database, those that are there are prepared; then all help. */
    private List<Sample> prepare(List<DatasetKey> missing) {
        var tasks = new ArrayList<ForkJoinTask<Sample>>();
        for (int i = 0; i < missing.size(); i += BATCH) {
            read(missing.subList(i, Math.min(missing.size(), i + BATCH)))
                    .forEach(row -> tasks.add(ForkJoinPool.commonPool().submit(() -> sample(row))));
        }
        // Whoever waits takes over the task that was submitted last.
        return tasks.reversed().stream().map(ForkJoinTask::join).toList();
    }

    private record Row(
            DatasetKey key, String attributes, String rr, String oms, String runOms, String runRr, long version) {}

    private List<Row> read(List<DatasetKey> keys) {
        return jdbc.sql("""
                        select d.run_number, d.name, d.attributes, d.rr, d.oms,
                               r.oms as run_oms, r.rr as run_rr, greatest(d.version, r.version) as version
                        from unnest(cast(:runs as integer[]), cast(:names as text[])) as wanted (run_number, name)
                        join certification.dataset d using (run_number, name)
                        join certification.run r using (run_number)
                        """)
                .param("runs", keys.stream().map(DatasetKey::run).toArray(Integer[]::new))
                .param("names", keys.stream().map(DatasetKey::name).toArray(String[]::new))
                .query((rs, n) -> new Row(
                        new DatasetKey(rs.getInt("run_number"), rs.getString("name")),
                        rs.getString("attributes"),
                        rs.getString("rr"),
                        rs.getString("oms"),
                        rs.getString("run_oms"),
                        rs.getString("run_rr"),
                        rs.getLong("version")))
                .list();
    }

    private static Sample sample(Row row) {
        var dataset = new Dataset(
                row.key(),
                object(row.attributes()),
                List.of(),
                LanesJson.read(row.rr()),
                LanesJson.read(row.oms()),
                row.version(),
                false);
        var run = new Run(row.key().run(), object(row.runOms()), object(row.runRr()), row.version(), false);
        return new Sample(dataset, run, row.version());
    }

    private static ObjectNode object(String json) {
        return (ObjectNode) JsonMapper.shared().readTree(json);
    }

    /** As the registry stood at an earlier version. */
    Snapshot asOf(String names, long version) {
        List<DatasetKey> keys = jdbc.sql("""
                        select distinct run_number, name
                        from certification.dataset_event
                        where name similar to :names and version <= :version
                        """)
                .param("names", names)
                .param("version", version)
                .query((rs, n) -> new DatasetKey(rs.getInt(1), rs.getString(2)))
                .list();
        List<Sample> samples = keys.stream()
                .sorted()
                .flatMap(key -> one(key, version).stream())
                .toList();
        return new Snapshot(version, samples);
    }
}
