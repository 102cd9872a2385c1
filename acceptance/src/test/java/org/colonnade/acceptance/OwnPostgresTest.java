package org.colonnade.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.zip.ZipFile;
import org.awaitility.Awaitility;
import org.colonnade.jobs.Job;
import org.colonnade.jobs.JobContext;
import org.colonnade.jobs.JobHandler;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.JobKind;
import org.colonnade.jobs.JobRequest;
import org.colonnade.jobs.JobState;
import org.colonnade.jobs.Jobs;
import org.colonnade.jobs.Outcome;
import org.colonnade.jobs.Owner;
import org.colonnade.jobs.engine.JobEngine;
import org.colonnade.jobs.engine.JobsProperties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/** The gateway on a PostgreSQL 17 that somebody else runs, with a log file, and a second gateway on the same database. */
class OwnPostgresTest {

    private static final Owner OWNER = new Owner("user:anna");

    @TempDir
    static Path folder;

    private static EmbeddedPostgres server;
    private static Gateway gateway;
    private static HikariDataSource pool;
    private static HikariDataSource reserved;
    private static JobEngine second;
    private static Jobs jobs;

    @BeforeAll
    static void open() throws Exception {
        server = EmbeddedPostgres.builder()
                .setPgBinaryResolver((system, machine) -> binaries())
                .setOverrideWorkingDirectory(folder.resolve("binaries").toFile())
                .setDataDirectory(folder.resolve("cluster"))
                .start();
        gateway = Gateway.start(
                "--colonnade.database.url=" + server.getJdbcUrl("postgres", "postgres"),
                "--colonnade.database.username=postgres",
                "--logging.file.name=" + folder.resolve("colonnade.log"));
        pool = pool(8);
        reserved = pool(JobEngine.RESERVED_CONNECTIONS);
        second = engine(new Handler("trial", context -> switch (context.job().input()) {
            case "park" -> context.recorded("parked").isPresent() ? Outcome.completed("\"parked\"") : park(context);
            case "stumble" ->
                context.job().attempt() == 1 ? Outcome.retry("a pebble") : Outcome.completed("\"stood up\"");
            case "sleep" -> {
                context.progress(0.5, "asleep");
                Thread.sleep(Duration.ofMinutes(5));
                yield Outcome.completed("{}");
            }
            default -> Outcome.completed(context.job().input());
        }));
        second.start();
        jobs = second.jobs();
    }

    private interface Work {
        Outcome run(JobContext context) throws Exception;
    }

    private record Handler(JobKind kind, Work work) implements JobHandler {
        Handler(String name, Work work) {
            this(JobKind.named(name), work);
        }

        @Override
        public Outcome run(JobContext context) throws Exception {
            return work.run(context);
        }
    }

    private static Outcome park(JobContext context) throws InterruptedException {
        context.record("parked", "yes");
        return Outcome.waiting("for a moment", Duration.ofMillis(50));
    }

    /** Only one version can be on the class path, so the other one is taken from its file. */
    private static InputStream binaries() throws IOException {
        try (var jars = Files.newDirectoryStream(Path.of("target", "postgres-17"), "*.jar");
                var jar = new ZipFile(jars.iterator().next().toFile())) {
            var archive = jar.stream()
                    .filter(entry -> entry.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow();
            return new ByteArrayInputStream(jar.getInputStream(archive).readAllBytes());
        }
    }

    private static HikariDataSource pool(int size) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(server.getJdbcUrl("postgres", "postgres"));
        pool.setUsername("postgres");
        pool.setMaximumPoolSize(size);
        return pool;
    }

    private static JobEngine engine(JobHandler... handlers) {
        return new JobEngine(
                pool,
                reserved,
                new JdbcTransactionManager(pool),
                () -> List.of(handlers),
                event -> {},
                new SimpleMeterRegistry(),
                new JobsProperties(
                        16,
                        2,
                        8,
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(200),
                        Duration.ofMillis(50),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofMillis(50),
                        Duration.ofMillis(200),
                        Duration.ofSeconds(1)));
    }

    @AfterAll
    static void close() throws Exception {
        second.stop();
        reserved.close();
        pool.close();
        gateway.close();
        server.close();
    }

    private static Job await(JobId id, Predicate<Job> condition) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> jobs.find(id).orElseThrow(), condition);
    }

    private static Job awaitEnd(String input) {
        return await(
                jobs.submit(JobRequest.of("trial", OWNER, "Trial", input)),
                job -> job.state().isFinal());
    }

    @Test
    void theServerIsOfVersion17() {
        assertThat(JdbcClient.create(pool)
                        .sql("show server_version")
                        .query(String.class)
                        .single())
                .startsWith("17.");
    }

    @Test
    void jobsCompleteAreRepeatedParkedCancelledAndFannedOut() {
        assertThat(awaitEnd("{\"a\":1}").result()).isEqualTo("{\"a\":1}");
        assertThat(awaitEnd("park").result()).isEqualTo("\"parked\"");
        assertThat(awaitEnd("stumble").attempt()).isEqualTo(2);
        JobId sleeper = jobs.submit(JobRequest.of("trial", OWNER, "Sleep", "sleep"));
        await(sleeper, job -> "asleep".equals(job.sentence()));
        assertThat(jobs.cancel(sleeper, "user:anna", "enough")).isTrue();
        assertThat(await(sleeper, job -> job.state().isFinal()).state()).isEqualTo(JobState.CANCELLED);
        JobId parent = jobs.submitAll(
                JobRequest.of("sweep", OWNER, "Sweep", "{}"),
                "trial",
                IntStream.range(0, 500).mapToObj(Integer::toString));
        assertThat(await(parent, job -> job.state().isFinal()).result()).contains("\"completed\": 500");
    }

    @Test
    void bothGatewaysShow() {
        assertThat(jobs.gateways()).hasSize(2);
    }

    @Test
    void theLogFileIsJsonAndALineAboutAJobNamesIt() {
        // given: only the packaged gateway runs the kind, and the input makes no sense
        Jobs client = engine(new Handler("phreeqc", context -> Outcome.completed("{}")))
                .jobs();
        JobId id = client.submit(JobRequest.of("phreeqc", OWNER, "Nonsense", "{}"));
        // then
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(lines())
                        .anySatisfy(line -> assertThat(line)
                                .containsEntry("job", id.toString())
                                .containsEntry("kind", "phreeqc")
                                .containsKeys("@timestamp", "message")));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> lines() throws IOException {
        return Files.readAllLines(folder.resolve("colonnade.log")).stream()
                .map(line -> (Map<String, Object>) JsonMapper.shared().readValue(line, Map.class))
                .toList();
    }
}
