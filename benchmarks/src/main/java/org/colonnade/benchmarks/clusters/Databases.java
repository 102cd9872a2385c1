package org.colonnade.benchmarks.clusters;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;

/** A PostgreSQL with the tables that jobs on clusters need. */
final class Databases {

    private Databases() {}

    static EmbeddedPostgres start(Path folder) throws IOException {
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setRegisterShutdownHook(false)
                .setServerConfig("max_connections", "100")
                .start();
        for (String room : new String[] {"jobs", "execution"}) {
            Flyway.configure()
                    .dataSource(server.getPostgresDatabase())
                    .locations("classpath:db/migration/" + room)
                    .table("history_" + room)
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load()
                    .migrate();
        }
        return server;
    }

    static HikariDataSource pool(String url, int size) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(size);
        pool.setConnectionTimeout(5_000);
        return pool;
    }
}
