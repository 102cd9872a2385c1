package org.colonnade.certification.golden;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.States;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Datasets prepared for evaluation. Those of the present are kept in memory and read again only when they changed; those
 * of the past are folded from events.
 */
@Component
class Samples {

    /** All datasets as of one version. */
    record Snapshot(long version, SortedMap<Integer, Block> blocks) {

        List<Sample> samples() {
            return blocks.values().stream()
                    .flatMap(block -> block.samples().stream())
                    .toList();
        }

        /** 0 if there is none. */
        int firstRun() {
            return blocks.isEmpty()
                    ? 0
                    : blocks.firstEntry()
                            .getValue()
                            .runs()
                            .getFirst()
                            .getFirst()
                            .key()
                            .run();
        }

        /** 0 if there is none. */
        int lastRun() {
            return blocks.isEmpty()
                    ? 0
                    : blocks.lastEntry()
                            .getValue()
                            .runs()
                            .getLast()
                            .getFirst()
                            .key()
                            .run();
        }
    }

    private static final String MATCHES = "d.name similar to :names";
    private static final int PATTERNS = 4;
    private static final int FEW = 2_000;
    private static final int KEPT = 50_000;
    private static final int BATCH = 250;
    private static final int CHUNK = 25;

    private final JdbcClient jdbc;
    private final States states;
    private final TransactionTemplate snapshot;
    private final Map<DatasetKey, Sample> kept = new ConcurrentHashMap<>();
    private final Map<String, Snapshot> patterns = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Snapshot> eldest) {
            return size() > PATTERNS;
        }
    };

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
            var now = new Snapshot(version, blocks(names, known(names), version));
            keep(names, now);
            return now;
        }));
    }

    private synchronized @Nullable Snapshot known(String names) {
        return patterns.get(names);
    }

    /** Somebody who began later may have been faster. */
    private synchronized void keep(String names, Snapshot now) {
        patterns.merge(names, now, (before, after) -> before.version() > after.version() ? before : after);
    }

    private SortedMap<Integer, Block> blocks(String names, @Nullable Snapshot before, long version) {
        if (before != null && before.version() == version) {
            return before.blocks();
        }
        if (before == null || before.version() > version) {
            return Block.all(load(wanted(MATCHES, names, List.of())).values());
        }
        List<Integer> changed = states.changedSince(before.version());
        if (changed.size() > FEW) {
            return Block.all(load(wanted(MATCHES, names, List.of())).values());
        }
        SortedMap<DatasetKey, Sample> now = load(wanted(MATCHES + " and d.run_number = any (:runs)", names, changed));
        var blocks = new TreeMap<>(before.blocks());
        changed.stream()
                .collect(Collectors.groupingBy(Block::of))
                .forEach((number, runs) -> replace(blocks, number, Set.copyOf(runs), now));
        return blocks;
    }

    private static void replace(
            SortedMap<Integer, Block> blocks, int number, Set<Integer> runs, SortedMap<DatasetKey, Sample> now) {
        var samples = new TreeMap<DatasetKey, Sample>(
                now.subMap(new DatasetKey(Block.firstRun(number), ""), new DatasetKey(Block.firstRun(number + 1), "")));
        Block before = blocks.remove(number);
        if (before != null) {
            before.samples().stream()
                    .filter(sample -> !runs.contains(sample.key().run()))
                    .forEach(sample -> samples.put(sample.key(), sample));
        }
        if (!samples.isEmpty()) {
            blocks.put(number, Block.of(samples.values()));
        }
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
        var tasks = new ArrayList<ForkJoinTask<List<Sample>>>();
        for (int i = 0; i < missing.size(); i += BATCH) {
            List<Supplier<Sample>> rows = read(missing.subList(i, Math.min(missing.size(), i + BATCH)));
            for (int j = 0; j < rows.size(); j += CHUNK) {
                List<Supplier<Sample>> some = rows.subList(j, Math.min(rows.size(), j + CHUNK));
                tasks.add(ForkJoinPool.commonPool()
                        .submit(() -> some.stream().map(Supplier::get).toList()));
            }
        }
        // Whoever waits takes over the task that was submitted last.
        return tasks.reversed().stream().flatMap(task -> task.join().stream()).toList();
    }

    private List<Supplier<Sample>> read(List<DatasetKey> keys) {
        return jdbc.sql("""
                        select d.run_number, d.name, greatest(d.version, r.version), d.attributes, r.oms, r.rr, d.oms, d.rr
                        from unnest(cast(:runs as integer[]), cast(:names as text[])) as wanted (run_number, name)
                        join certification.dataset d using (run_number, name)
                        join certification.run r using (run_number)
                        """)
                .param("runs", keys.stream().map(DatasetKey::run).toArray(Integer[]::new))
                .param("names", keys.stream().map(DatasetKey::name).toArray(String[]::new))
                .query((rs, n) -> row(rs))
                .list();
    }

    private static Supplier<Sample> row(ResultSet rs) throws SQLException {
        var key = new DatasetKey(rs.getInt(1), rs.getString(2));
        long version = rs.getLong(3);
        byte[] attributes = rs.getBytes(4);
        byte[] runOms = rs.getBytes(5);
        byte[] runRr = rs.getBytes(6);
        byte[] bits = rs.getBytes(7);
        byte[] verdicts = rs.getBytes(8);
        return () -> Sample.of(key, version, attributes, runOms, runRr, bits, verdicts);
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
        return new Snapshot(version, Block.all(samples));
    }
}
