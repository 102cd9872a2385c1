package org.colonnade.jobs;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.colonnade.jobs.engine.JobEngine;
import org.colonnade.jobs.engine.JobsProperties;
import org.colonnade.testing.TestDatabase;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A database with the room's tables, and any number of gateways on it, without a Spring context. */
public final class JobsRoom implements AutoCloseable {

    public static final JobsProperties FAST = new JobsProperties(
            16,
            2,
            8,
            Duration.ofSeconds(2),
            Duration.ofMillis(200),
            Duration.ofMillis(200),
            Duration.ofMillis(50),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofMillis(50),
            Duration.ofMillis(200),
            Duration.ofMillis(200));

    final String url;
    final HikariDataSource database;
    final JdbcClient jdbc;
    final TransactionTemplate transaction;
    final List<JobEnded> ended = new CopyOnWriteArrayList<>();
    final List<JobRemoved> removed = new CopyOnWriteArrayList<>();
    final Set<JobState> refuse = ConcurrentHashMap.newKeySet();
    private final JdbcTransactionManager transactions;
    private final List<AutoCloseable> parts = new ArrayList<>();

    JobsRoom() {
        url = TestDatabase.create();
        database = pool(16);
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/migration/jobs")
                .load()
                .migrate();
        transactions = new JdbcTransactionManager(database);
        transaction = new TransactionTemplate(transactions);
        jdbc = JdbcClient.create(database);
    }

    HikariDataSource pool(int size) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setUsername("postgres");
        pool.setMaximumPoolSize(size);
        pool.setConnectionTimeout(5_000);
        parts.addFirst(pool);
        return pool;
    }

    /** An engine that was not started. */
    JobEngine engine(JobsProperties properties, JobHandler... handlers) {
        return new JobEngine(
                database,
                pool(JobEngine.RESERVED_CONNECTIONS),
                transactions,
                () -> List.of(handlers),
                event -> {
                    if (event instanceof JobEnded e) {
                        if (refuse.contains(e.state())) {
                            throw new IllegalStateException("a listener refuses " + e.state());
                        }
                        ended.add(e);
                    }
                    if (event instanceof JobRemoved e) {
                        removed.add(e);
                    }
                },
                new SimpleMeterRegistry(),
                properties);
    }

    JobEngine started(JobHandler... handlers) {
        return started(FAST, handlers);
    }

    JobEngine started(JobsProperties properties, JobHandler... handlers) {
        JobEngine engine = engine(properties, handlers);
        engine.start();
        parts.addFirst(engine::stop);
        return engine;
    }

    static Job await(Jobs jobs, JobId id, Predicate<Job> condition) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> jobs.find(id).orElseThrow(), condition);
    }

    static Job awaitEnd(Jobs jobs, JobId id) {
        return await(jobs, id, job -> job.state().isFinal());
    }

    static Job awaitState(Jobs jobs, JobId id, JobState state) {
        return await(jobs, id, job -> job.state() == state);
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable part : parts) {
            part.close();
        }
    }
}
