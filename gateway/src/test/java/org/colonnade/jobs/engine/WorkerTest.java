package org.colonnade.jobs.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.colonnade.jobs.JobContext;
import org.colonnade.jobs.JobEnded;
import org.colonnade.jobs.JobHandler;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.JobKind;
import org.colonnade.jobs.JobRequest;
import org.colonnade.jobs.JobState;
import org.colonnade.jobs.JobsRoom;
import org.colonnade.jobs.Outcome;
import org.colonnade.jobs.Owner;
import org.colonnade.testing.TestDatabase;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** One errand of a clerk, without the threads that would run it. */
@org.junit.jupiter.api.parallel.Execution(ExecutionMode.CONCURRENT)
class WorkerTest {

    private record Quick(JobKind kind) implements JobHandler {

        @Override
        public Outcome run(JobContext context) {
            return Outcome.completed("{}");
        }
    }

    private final List<Object> published = new ArrayList<>();
    private HikariDataSource database;
    private JdbcClient jdbc;
    private JobEngine engine;
    private Registry registry;
    private Worker worker;

    @BeforeEach
    void open() {
        database = new HikariDataSource();
        database.setJdbcUrl(TestDatabase.create());
        database.setUsername("postgres");
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/migration/jobs")
                .load()
                .migrate();
        var statements = new JdbcTemplate(database);
        jdbc = JdbcClient.create(statements);
        var manager = new JdbcTransactionManager(database);
        var transaction = new TransactionTemplate(manager);
        List<JobHandler> handlers = List.of(new Quick(JobKind.named("quick")));
        var kinds = new Kinds(() -> handlers);
        var meters = new SimpleMeterRegistry();
        engine = new JobEngine(database, database, manager, () -> handlers, published::add, meters, JobsRoom.FAST);
        registry = new Registry(jdbc);
        worker = new Worker(
                new Transitions(statements, transaction, kinds, published::add, new Floors(16)),
                transaction,
                kinds,
                new Scribe(jdbc, transaction),
                new Records(jdbc),
                new Bell(database),
                new Meters(meters, new History(jdbc), kinds),
                JobsRoom.FAST);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void ofTwoRunsOfAJobThatEndTogetherOnlyTheLaterCounts() {
        // given a run that waits to be written, while its gateway's lease runs out and the gateway claims the job again
        JobId id = engine.jobs().submit(JobRequest.of("quick", new Owner("user:anna"), "Quick", "{}"));
        Execution lost = claimAndRun();
        jdbc.sql("delete from jobs.gateway").update();
        jdbc.sql("select * from jobs.recover('somebody')").query().listOfRows();
        Execution later = claimAndRun();
        assertThat(later).isNotSameAs(lost);
        // when
        worker.run(new Desk.Errand(List.of(lost, later), 0, 0));
        // then
        assertThat(engine.jobs().find(id).orElseThrow().state()).isEqualTo(JobState.COMPLETED);
        assertThat(published)
                .filteredOn(event -> event instanceof JobEnded)
                .as("ends that listeners hear of")
                .hasSize(1);
        assertThat(worker.running()).isEmpty();
    }

    private Execution claimAndRun() {
        worker.workFor(registry.register("gateway", 16, Duration.ofMinutes(1)));
        worker.run(new Desk.Errand(List.of(), 1, 0));
        var begun = Objects.requireNonNull(worker.running().iterator().next());
        Awaitility.await().until(() -> begun.move() != null);
        return begun;
    }
}
