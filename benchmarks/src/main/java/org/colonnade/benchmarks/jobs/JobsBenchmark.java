package org.colonnade.benchmarks.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.colonnade.benchmarks.Benchmark;
import org.colonnade.benchmarks.Measure;
import org.colonnade.benchmarks.Numbers;
import org.colonnade.benchmarks.Report;
import org.colonnade.jobs.JobContext;
import org.colonnade.jobs.JobHandler;
import org.colonnade.jobs.JobKind;
import org.colonnade.jobs.JobRequest;
import org.colonnade.jobs.Outcome;
import org.colonnade.jobs.Owner;
import org.colonnade.jobs.engine.JobEngine;
import org.colonnade.jobs.engine.JobsProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Durable no-op jobs per second, latency, fan-out and fairness, beside db-scheduler on the same server. */
public final class JobsBenchmark implements Benchmark {

    private static final String PEER = "db-scheduler";
    private static final Owner OWNER = new Owner("user:bench");
    private static final String OTHER = "Somebody else's";
    private static final int ROUNDS = 3;
    private static final int JOBS = Integer.getInteger("jobs.round", 20_000);
    private static final int PER_TRANSACTION = 5_000;
    private static final JobsProperties SINGLE = Bare.properties(20, 2, 20);
    private static final JobsProperties BATCHED = Bare.properties(200, 2, 100);

    /** Counts its runs down and notes when each began. */
    private static final class Noop implements JobHandler {

        private volatile CountDownLatch left = new CountDownLatch(0);
        private volatile long startedAt;
        private final CountDownLatch other = new CountDownLatch(1);

        @Override
        public JobKind kind() {
            return JobKind.named("noop");
        }

        @Override
        public Outcome run(JobContext context) {
            startedAt = System.nanoTime();
            if (context.job().title().equals(OTHER)) {
                other.countDown();
            }
            left.countDown();
            return Outcome.completed("{}");
        }
    }

    @Override
    public String name() {
        return "jobs";
    }

    @Override
    public String title() {
        return "durable jobs per second, latency, fan-out and fairness, beside db-scheduler";
    }

    @Override
    public void run(Report report, Path scratch) throws Exception {
        try (var server = new DurablePostgres(scratch);
                var pool = server.pool(40);
                var reserved = server.pool(JobEngine.RESERVED_CONNECTIONS)) {
            DurablePostgres.migrate(pool);
            createPeerTable(pool);
            report.note(
                    "%d no-op jobs a round, median of %d rounds that alternate with the peer's; PostgreSQL with fsync"
                            .formatted(JOBS, ROUNDS));
            report.note(
                    "One claim per job: 20 workers beside the peer's 20 threads. A job is claimed when a worker is free to"
                            + " start it, never ahead; each has its own claim, fence and events. Workers that are free while the"
                            + " last commit is on its way to disk share the next one.");
            double single = throughput(
                    report,
                    "one claim per job, fenced, with event rows",
                    1.0,
                    pool,
                    reserved,
                    SINGLE,
                    builder -> builder.pollUsingFetchAndLockOnExecute(0.5, 4.0));
            double batched = throughput(
                    report,
                    "the same in batches",
                    2.5,
                    pool,
                    reserved,
                    BATCHED,
                    builder -> builder.pollUsingLockAndFetch(0.5, 4.0));
            alone(report, pool, reserved);
            latency(report, pool, reserved);
            fanOut(report, pool, reserved);
            fairness(report, pool, reserved);
            fill(pool);
            // Compared with figures of the same engine, so the order of magnitude of other load matters less.
            full(
                    report,
                    "one claim per job, 1,000,000 finished and 100,000 queued rows",
                    single,
                    pool,
                    reserved,
                    SINGLE);
            full(report, "the same in batches", batched, pool, reserved, BATCHED);
        }
    }

    private static double throughput(
            Report report,
            String measure,
            double factor,
            HikariDataSource pool,
            HikariDataSource reserved,
            JobsProperties properties,
            UnaryOperator<SchedulerBuilder> mode)
            throws Exception {
        var ours = new double[ROUNDS];
        var theirs = new double[ROUNDS];
        for (int i = -1; i < ROUNDS; i++) {
            double our = ours(pool, reserved, properties);
            double their = theirs(pool, mode);
            if (i >= 0) {
                ours[i] = our;
                theirs[i] = their;
            }
        }
        report.note(
                "%s: ours %s, %s %s jobs/s".formatted(measure, Arrays.toString(ours), PEER, Arrays.toString(theirs)));
        report.add(Measure.against(measure, Numbers.median(ours), "jobs/s", PEER, Numbers.median(theirs), factor));
        return Numbers.median(ours);
    }

    /** What sharing a transaction is worth: the same with one for each job. No target, because no gateway works so. */
    private static void alone(Report report, HikariDataSource pool, HikariDataSource reserved) throws Exception {
        var rates = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            rates[i] = ours(pool, reserved, Bare.properties(20, 4, 1));
        }
        report.add(new Measure(
                "for comparison: a transaction for each job", Numbers.median(rates), "jobs/s", null, null, null, null));
    }

    private static double ours(HikariDataSource pool, HikariDataSource reserved, JobsProperties properties)
            throws Exception {
        var noop = new Noop();
        JobEngine engine = Bare.engine(pool, reserved, properties, noop);
        submit(engine, pool, JOBS);
        checkpoint(pool);
        noop.left = new CountDownLatch(JOBS);
        long begun = System.nanoTime();
        engine.start();
        awaitAll(noop.left);
        awaitNone(pool, "jobs.queue", 0);
        double seconds = (System.nanoTime() - begun) / 1e9;
        engine.stop();
        return JOBS / seconds;
    }

    /** Job by job, many in one transaction. */
    private static void submit(JobEngine engine, HikariDataSource pool, int jobs) {
        var transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
        for (int left = jobs; left > 0; left -= PER_TRANSACTION) {
            int count = Math.min(left, PER_TRANSACTION);
            transaction.executeWithoutResult(status -> {
                for (int i = 0; i < count; i++) {
                    engine.jobs().submit(JobRequest.of("noop", OWNER, "Bench", "{}"));
                }
            });
        }
    }

    private static double theirs(HikariDataSource pool, UnaryOperator<SchedulerBuilder> mode) throws Exception {
        var left = new CountDownLatch(JOBS);
        OneTimeTask<Void> task = Tasks.oneTime("noop").execute((instance, context) -> left.countDown());
        JdbcClient.create(pool).sql("""
                insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)
                select 'noop', gen_random_uuid()::text, now() - interval '1 second', false, 1
                from generate_series(1, ?)
                """).param(JOBS).update();
        checkpoint(pool);
        Scheduler scheduler = mode.apply(
                        Scheduler.create(pool, task).threads(20).pollingInterval(Duration.ofSeconds(1)))
                .build();
        long begun = System.nanoTime();
        scheduler.start();
        awaitAll(left);
        awaitNone(pool, "scheduled_tasks", 0);
        double seconds = (System.nanoTime() - begun) / 1e9;
        scheduler.stop();
        return JOBS / seconds;
    }

    private static void latency(Report report, HikariDataSource pool, HikariDataSource reserved) throws Exception {
        var noop = new Noop();
        JobEngine engine = Bare.engine(pool, reserved, Bare.properties(64, 2, 32), noop);
        engine.start();
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            noop.left = new CountDownLatch(1);
            long asked = System.nanoTime();
            engine.jobs().submit(JobRequest.of("noop", OWNER, "One", "{}"));
            awaitAll(noop.left);
            if (i >= 100) {
                millis.add((noop.startedAt - asked) / 1e6);
            }
            Thread.sleep(5);
        }
        engine.stop();
        double[] all = millis.stream().mapToDouble(Double::doubleValue).toArray();
        report.add(Measure.atMost("from before submit to start, idle, p50", Numbers.quantile(0.5, all), "ms", 10));
        report.add(Measure.atMost("from before submit to start, idle, p99", Numbers.quantile(0.99, all), "ms", 50));
    }

    private static void fanOut(Report report, HikariDataSource pool, HikariDataSource reserved) {
        JobEngine engine = Bare.engine(pool, reserved, Bare.properties(1, 1, 1), new Noop());
        var seconds = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            clear(pool);
            checkpoint(pool);
            long begun = System.nanoTime();
            engine.jobs()
                    .submitAll(
                            JobRequest.of("bench", OWNER, "Bench", "{}"),
                            "noop",
                            IntStream.range(0, 100_000).mapToObj(unit -> "{}"));
            seconds[i] = (System.nanoTime() - begun) / 1e9;
        }
        report.note("100,000 units: " + Arrays.toString(seconds) + " s");
        report.add(Measure.atMost("100,000 units submitted in one call", Numbers.median(seconds), "s", 3));
    }

    /** Leaves the 100,000 units of the fan-out in the queue, works on them, and submits one job of another owner. */
    private static void fairness(Report report, HikariDataSource pool, HikariDataSource reserved) throws Exception {
        var noop = new Noop();
        JobEngine engine = Bare.engine(pool, reserved, Bare.properties(16, 2, 8), noop);
        engine.start();
        Thread.sleep(500);
        long asked = System.nanoTime();
        engine.jobs().submit(JobRequest.of("noop", new Owner("user:other"), OTHER, "{}"));
        awaitAll(noop.other);
        report.add(Measure.atMost(
                "one job of another owner beside 100,000 queued: submit to start",
                (System.nanoTime() - asked) / 1e9,
                "s",
                1));
        engine.stop();
    }

    private static void full(
            Report report,
            String measure,
            double empty,
            HikariDataSource pool,
            HikariDataSource reserved,
            JobsProperties properties)
            throws Exception {
        var rates = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            var noop = new Noop();
            JobEngine engine = Bare.engine(pool, reserved, properties, noop);
            submit(engine, pool, JOBS);
            checkpoint(pool);
            noop.left = new CountDownLatch(JOBS);
            long begun = System.nanoTime();
            engine.start();
            awaitAll(noop.left);
            rates[i] = JOBS / ((System.nanoTime() - begun) / 1e9);
            engine.stop();
        }
        double median = Numbers.median(rates);
        report.note("%s: %s jobs/s".formatted(measure, Arrays.toString(rates)));
        report.add(new Measure(
                measure,
                median,
                "jobs/s",
                "empty tables " + Math.round(empty),
                median / empty,
                "≥ 0.8 × empty",
                median >= 0.8 * empty));
    }

    /** A million finished jobs with their events, and a hundred thousand queued. */
    private static void fill(HikariDataSource pool) {
        clear(pool);
        var jdbc = JdbcClient.create(pool);
        jdbc.sql("""
                insert into jobs.job (id, submitted_at, started_at, ended_at, deadline_seconds, attempt, max_attempts,
                    priority, state, kind, owner, title, input, result)
                select gen_random_uuid(), now() - interval '1 day', now(), now(), 86400, 1, 3, 0, 'completed', 'noop',
                    'user:' || n % 100, 'Bench', '{}', '{}'
                from generate_series(1, 1000000) n
                """).update();
        jdbc.sql("""
                insert into jobs.event (job, attempt, from_state, to_state, who)
                select number, 1, case e when 1 then null when 2 then 'queued' else 'running' end::jobs.state,
                    case e when 1 then 'queued' when 2 then 'running' else 'completed' end::jobs.state, 'bench'
                from jobs.job, generate_series(1, 3) e
                """).update();
        jdbc.sql("vacuum analyze jobs.job").update();
        jdbc.sql("vacuum analyze jobs.event").update();
        JobEngine engine = Bare.engine(pool, pool, Bare.properties(1, 1, 1), new Noop());
        submit(engine, pool, 100_000);
    }

    private static void clear(HikariDataSource pool) {
        JdbcClient.create(pool)
                .sql("truncate jobs.job, jobs.queue, jobs.event, jobs.log, jobs.progress, jobs.record")
                .update();
    }

    private static void checkpoint(HikariDataSource pool) {
        JdbcClient.create(pool).sql("checkpoint").update();
    }

    private static void awaitAll(CountDownLatch left) throws InterruptedException {
        if (!left.await(5, TimeUnit.MINUTES)) {
            throw new IllegalStateException(left.getCount() + " jobs did not run within five minutes");
        }
    }

    /** Until every completion is on disk, not only every handler called. */
    private static void awaitNone(HikariDataSource pool, String table, int rows) throws InterruptedException {
        var jdbc = JdbcClient.create(pool);
        String condition = table.equals("jobs.queue") ? " where kind = 'noop'" : "";
        while (jdbc.sql("select count(*) from " + table + condition)
                        .query((row, n) -> row.getLong(1))
                        .single()
                > rows) {
            Thread.sleep(5);
        }
    }

    private static void createPeerTable(HikariDataSource pool) {
        JdbcClient.create(pool).sql("""
                create table scheduled_tasks (
                    task_name text not null,
                    task_instance text not null,
                    task_data bytea,
                    execution_time timestamp with time zone not null,
                    picked boolean not null,
                    picked_by text,
                    last_success timestamp with time zone,
                    last_failure timestamp with time zone,
                    consecutive_failures integer,
                    last_heartbeat timestamp with time zone,
                    version bigint not null,
                    priority smallint,
                    primary key (task_name, task_instance))
                """).update();
        JdbcClient.create(pool)
                .sql("create index execution_time_idx on scheduled_tasks (execution_time)")
                .update();
    }
}
