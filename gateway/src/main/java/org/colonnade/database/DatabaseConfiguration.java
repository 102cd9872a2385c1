package org.colonnade.database;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    /** Depends on the server, so Spring closes the pool first and the server after it. */
    @Bean(destroyMethod = "close")
    HikariDataSource dataSource(DatabaseProperties properties, DatabaseServer server) {
        var pool = new HikariDataSource();
        pool.setPoolName("colonnade");
        pool.setJdbcUrl(server.url());
        pool.setUsername(server.username());
        pool.setPassword(server.password());
        pool.setMaximumPoolSize(properties.connections());
        pool.setMinimumIdle(Math.min(4, properties.connections()));
        pool.setConnectionTimeout(10_000);
        pool.addDataSourceProperty("ApplicationName", "colonnade");
        pool.addDataSourceProperty("reWriteBatchedInserts", "true");
        return pool;
    }

    @Bean(destroyMethod = "close")
    DatabaseServer databaseServer(DatabaseProperties properties) throws IOException {
        return properties.url() == null
                ? EmbeddedServer.start(properties)
                : new ExternalServer(properties.url(), properties.username(), properties.password());
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> databaseStartedListener(DatabaseServer server) {
        return ready -> server.started();
    }
}
