package org.colonnade.benchmarks.jobs;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.colonnade.jobs.JobEnded;
import org.colonnade.jobs.engine.JobEngine;
import org.colonnade.jobs.engine.JobsProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * A process that works on jobs until it is killed. Each end of a job leaves one row in {@code faults.effect}, written in
 * the transaction that ends it.
 */
public final class FaultWorker {

    static final Duration LEASE = Duration.ofSeconds(2);

    private FaultWorker() {}

    static void main(String[] args) throws InterruptedException {
        String url = args[0];
        String name = args[1];
        engine(DurablePostgres.pool(url, 8), DurablePostgres.pool(url, JobEngine.RESERVED_CONNECTIONS), 16, name)
                .start();
        System.out.println("working");
        Thread.currentThread().join();
    }

    static JobEngine engine(HikariDataSource pool, HikariDataSource reserved, int workers, String name) {
        var jdbc = JdbcClient.create(pool);
        var properties = new JobsProperties(
                workers,
                2,
                8,
                LEASE,
                Duration.ofMillis(400),
                Duration.ofMillis(300),
                Duration.ofMillis(100),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                Duration.ofSeconds(10));
        return new JobEngine(
                pool,
                reserved,
                new JdbcTransactionManager(pool),
                () -> List.of(new LedgerHandler(name)),
                event -> {
                    if (event instanceof JobEnded ended) {
                        jdbc.sql("insert into faults.effect (job, worker, state) values (?, ?, ?)")
                                .param(ended.id().value())
                                .param(name)
                                .param(ended.state().name())
                                .update();
                    }
                },
                new SimpleMeterRegistry(),
                properties);
    }
}
