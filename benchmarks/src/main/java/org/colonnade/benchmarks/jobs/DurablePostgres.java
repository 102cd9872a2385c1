package org.colonnade.benchmarks.jobs;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;

/** A PostgreSQL that keeps what it acknowledged: fsync, full_page_writes and synchronous_commit are on. */
final class DurablePostgres implements AutoCloseable {

    private final EmbeddedPostgres server;

    DurablePostgres(Path folder) throws IOException {
        server = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("cluster"))
                .setRegisterShutdownHook(false)
                .setServerConfig("max_connections", "200")
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    HikariDataSource pool(int size) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(server.getJdbcUrl("postgres", "postgres"));
        pool.setMaximumPoolSize(size);
        pool.setMinimumIdle(size);
        pool.addDataSourceProperty("reWriteBatchedInserts", "true");
        return pool;
    }

    static void migrate(HikariDataSource pool) {
        Flyway.configure()
                .dataSource(pool)
                .locations("classpath:db/migration/jobs")
                .load()
                .migrate();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
