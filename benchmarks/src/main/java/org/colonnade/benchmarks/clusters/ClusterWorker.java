package org.colonnade.benchmarks.clusters;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.colonnade.execution.Command;
import org.colonnade.execution.Ending;
import org.colonnade.execution.Limits;
import org.colonnade.execution.Step;
import org.colonnade.execution.admission.Admission;
import org.colonnade.execution.place.ClusterAdapter;
import org.colonnade.execution.slurm.SlurmPlaces;
import org.colonnade.execution.slurm.SlurmProperties;
import org.colonnade.jobs.JobContext;
import org.colonnade.jobs.JobHandler;
import org.colonnade.jobs.JobKind;
import org.colonnade.jobs.Jobs;
import org.colonnade.jobs.Outcome;
import org.colonnade.jobs.engine.JobEngine;
import org.colonnade.jobs.engine.JobsProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A gateway reduced to its job engine and one cluster. The input of a job is a shell script; its result is what the script
 * left in the file {@code result}. Can be a process of its own, to be killed.
 */
public final class ClusterWorker implements JobHandler, AutoCloseable {

    static final String KIND = "cluster";

    private static final Limits LIMITS =
            new Limits(Duration.ofMinutes(5), Duration.ofMinutes(5), 256L << 20, 64, 4L << 30, 8L << 30, 1L << 20, 1);

    private final HikariDataSource pool;
    private final HikariDataSource reserved;
    private final Path input;
    private final JobEngine engine;
    private final @Nullable ClusterAdapter place;

    /** One that runs nothing itself, but submits jobs and looks at them. */
    static ClusterWorker submitter(String url) {
        return new ClusterWorker(url, null, Path.of("work"), Path.of("input"));
    }

    /**
     * @param cluster null to leave the work to others
     * @param input a file that every job gets as {@code input}
     */
    ClusterWorker(String url, SlurmProperties.@Nullable Cluster cluster, Path work, Path input) {
        this.pool = Databases.pool(url, 8);
        this.reserved = Databases.pool(url, JobEngine.RESERVED_CONNECTIONS);
        this.input = input;
        var transactions = new JdbcTransactionManager(pool);
        this.engine = new JobEngine(
                pool,
                reserved,
                transactions,
                () -> List.of(this),
                event -> {},
                new SimpleMeterRegistry(),
                properties(cluster == null ? 0 : 32));
        this.place = cluster == null
                ? null
                : SlurmPlaces.open(
                        "cluster",
                        cluster,
                        work,
                        engine::jobs,
                        Admission.stored(JdbcClient.create(pool), new TransactionTemplate(transactions)));
        engine.start();
    }

    private static JobsProperties properties(int workers) {
        return new JobsProperties(
                workers,
                2,
                8,
                Duration.ofSeconds(2),
                Duration.ofMillis(400),
                Duration.ofMillis(300),
                Duration.ofMillis(100),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                Duration.ofSeconds(10));
    }

    /** Arguments: JDBC address, the base of the cluster, port, root, milliseconds between polls, work folder, input. */
    static void main(String[] args) throws InterruptedException, IOException {
        OneNode node = OneNode.running(Path.of(args[1]));
        new ClusterWorker(
                args[0],
                node.configuration(
                        Integer.parseInt(args[2]), Path.of(args[3]), Duration.ofMillis(Long.parseLong(args[4])), 1000),
                Path.of(args[5]),
                Path.of(args[6]));
        System.out.println("working");
        Thread.currentThread().join();
    }

    Jobs jobs() {
        return engine.jobs();
    }

    ClusterAdapter place() {
        return Objects.requireNonNull(place);
    }

    @Override
    public JobKind kind() {
        return new JobKind(
                KIND,
                1_000,
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                Duration.ofHours(1),
                Duration.ofDays(1));
    }

    @Override
    public Outcome run(JobContext context) throws Exception {
        var command = new Command(
                List.of(
                        "/bin/bash",
                        "-c",
                        context.job().input(),
                        context.job().id().toString()),
                Map.of("input", input),
                Map.of(),
                Map.of("PATH", "/usr/bin:/bin"),
                LIMITS);
        return switch (place().advance(context, command)) {
            case Step.Pending pending -> Outcome.waiting(pending.why(), pending.recheck());
            case Step.Unreachable away -> Outcome.waiting(away.sentence(), away.recheck());
            case Step.Ended ended -> {
                Outcome outcome = outcome(ended);
                context.check();
                place().release(context);
                yield outcome;
            }
        };
    }

    private static Outcome outcome(Step.Ended ended) throws IOException {
        return switch (ended.ending()) {
            case Ending.Exited exited ->
                exited.status() == 0
                        ? Outcome.completed(result(ended.files()))
                        : Outcome.failed("exit status " + exited.status());
            case Ending.LimitReached reached -> Outcome.timedOut(reached.why());
            case Ending.Killed killed -> killed.again() ? Outcome.retry(killed.why()) : Outcome.failed(killed.why());
            case Ending.NotStarted refused -> Outcome.failed(refused.why());
        };
    }

    private static String result(List<Path> files) throws IOException {
        for (Path file : files) {
            if (file.getFileName().toString().equals("result")) {
                return "\"" + Files.readString(file).strip() + "\"";
            }
        }
        return "null";
    }

    @Override
    public void abandon(JobContext context) throws Exception {
        place().abandon(context);
    }

    @Override
    public void close() {
        try {
            engine.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (place != null) {
            place.close();
        }
        reserved.close();
        pool.close();
    }
}
