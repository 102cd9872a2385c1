package org.colonnade.benchmarks.jobs;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.colonnade.jobs.JobHandler;
import org.colonnade.jobs.engine.JobEngine;
import org.colonnade.jobs.engine.JobsProperties;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A job engine without a Spring context. */
final class Bare {

    private Bare() {}

    static JobEngine engine(
            HikariDataSource pool, HikariDataSource reserved, JobsProperties properties, JobHandler... handlers) {
        Collection<JobHandler> all = List.of(handlers);
        return new JobEngine(
                pool,
                reserved,
                new JdbcTransactionManager(pool),
                () -> all,
                event -> {},
                new SimpleMeterRegistry(),
                properties);
    }

    static JobsProperties properties(int workers, int clerks, int batch) {
        return new JobsProperties(
                workers,
                clerks,
                batch,
                Duration.ofSeconds(15),
                Duration.ofSeconds(3),
                Duration.ofSeconds(1),
                Duration.ofMillis(200),
                Duration.ofSeconds(3),
                Duration.ofSeconds(30),
                Duration.ofSeconds(2),
                Duration.ofMinutes(5),
                Duration.ofSeconds(10));
    }
}
