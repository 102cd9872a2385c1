package org.colonnade.certification.golden;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
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

    private static final String COLUMNS = """
            select d.run_number, d.name, greatest(d.version, r.version), d.attributes, r.oms, r.rr, d.oms, d.rr
            """;
    private static final int PATTERNS = 4;
    private static final int FEW = 2_000;
    private static final int KEPT = 50_000;
    private static final int FETCHED = 500;
    private static final int CHUNK = 25;
    private static final int WAITING = 8;

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
            return Block.all(matching(names, null).values());
        }
        List<Integer> changed = states.changedSince(before.version());
        if (changed.size() > FEW) {
            return Block.all(matching(names, null).values());
        }
        SortedMap<DatasetKey, Sample> now = matching(names, changed);
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

    /** @param runs null for all */
    private SortedMap<DatasetKey, Sample> matching(String names, @Nullable List<Integer> runs) {
        var preparing = new Preparing();
        jdbc.sql(COLUMNS + """
                        from certification.dataset d
                        join certification.run r using (run_number)
                        where not d.deleted and not r.deleted and d.name similar to :names
                        """ + (runs == null ? "" : "and d.run_number = any (:runs)"))
                .withFetchSize(FETCHED)
                .param("names", names)
                .param("runs", runs == null ? new Integer[0] : runs.toArray(Integer[]::new))
                .query(preparing::row);
        return remember(preparing.samples());
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
        var result = new TreeMap<DatasetKey, Sample>();
        var missing = new ArrayList<DatasetKey>();
        wanted.forEach((key, version) -> {
            Sample known = kept(key, version);
            if (known == null) {
                missing.add(key);
            } else {
                result.put(key, known);
            }
        });
        if (!missing.isEmpty()) {
            result.putAll(read(missing));
        }
        return result;
    }

    private SortedMap<DatasetKey, Sample> read(List<DatasetKey> keys) {
        var preparing = new Preparing();
        jdbc.sql(COLUMNS + """
                        from unnest(cast(:runs as integer[]), cast(:names as text[])) as wanted (run_number, name)
                        join certification.dataset d using (run_number, name)
                        join certification.run r using (run_number)
                        """)
                .withFetchSize(FETCHED)
                .param("runs", keys.stream().map(DatasetKey::run).toArray(Integer[]::new))
                .param("names", keys.stream().map(DatasetKey::name).toArray(String[]::new))
                .query(preparing::row);
        return remember(preparing.samples());
    }

    private @Nullable Sample kept(DatasetKey key, long version) {
        Sample known = kept.get(key);
        return known != null && known.version() == version ? known : null;
    }

    private SortedMap<DatasetKey, Sample> remember(SortedMap<DatasetKey, Sample> samples) {
        if (kept.size() + samples.size() > KEPT) {
            kept.clear();
        }
        if (samples.size() <= KEPT) {
            kept.putAll(samples);
        }
        return samples;
    }

    /** Datasets one after the other often say the same, and then share it. */
    private static final class Neighbours {

        private byte[] json = {};
        private Sample.Document document = Sample.Document.of(json);

        Sample.Document of(byte[] next) {
            if (!Arrays.equals(json, next)) {
                json = next;
                document = Sample.Document.of(next);
            }
            return document;
        }
    }

    /** While the database sends rows, those that are there are prepared; then all help. */
    private final class Preparing {

        private final List<ForkJoinTask<List<Sample>>> tasks = new ArrayList<>();
        private List<Supplier<Sample>> some = new ArrayList<>(CHUNK);
        private final Neighbours attributes = new Neighbours();
        private final Neighbours runOms = new Neighbours();
        private final Neighbours runRr = new Neighbours();

        void row(ResultSet rs) throws SQLException {
            some.add(sample(rs));
            if (some.size() == CHUNK) {
                submit();
            }
        }

        private Supplier<Sample> sample(ResultSet rs) throws SQLException {
            var key = new DatasetKey(rs.getInt(1), rs.getString(2));
            long version = rs.getLong(3);
            Sample known = kept(key, version);
            if (known != null) {
                return () -> known;
            }
            var constants = new Sample.Constants(
                    key, attributes.of(rs.getBytes(4)), runOms.of(rs.getBytes(5)), runRr.of(rs.getBytes(6)));
            byte[] bits = rs.getBytes(7);
            byte[] verdicts = rs.getBytes(8);
            return () -> Sample.of(constants, version, bits, verdicts);
        }

        /** What waits for others is bytes to keep, so there is little of it. */
        private void submit() {
            List<Supplier<Sample>> rows = some;
            some = new ArrayList<>(CHUNK);
            ForkJoinTask<List<Sample>> task =
                    ForkJoinTask.adapt(() -> rows.stream().map(Supplier::get).toList());
            tasks.add(task);
            ForkJoinPool others = ForkJoinPool.commonPool();
            if (others.getQueuedSubmissionCount() < WAITING) {
                others.execute(task);
            } else {
                task.invoke();
            }
        }

        SortedMap<DatasetKey, Sample> samples() {
            submit();
            var samples = new TreeMap<DatasetKey, Sample>();
            // Whoever waits takes over the task that was submitted last.
            tasks.reversed().forEach(task -> task.join().forEach(sample -> samples.put(sample.key(), sample)));
            return samples;
        }
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
