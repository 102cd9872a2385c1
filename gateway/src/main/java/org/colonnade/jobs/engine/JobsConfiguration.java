package org.colonnade.jobs.engine;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.colonnade.jobs.JobHandler;
import org.colonnade.jobs.Jobs;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
class JobsConfiguration {

    @Bean(destroyMethod = "close")
    GatewayEngine jobEngine(
            HikariDataSource database,
            PlatformTransactionManager transactions,
            ObjectProvider<JobHandler> handlers,
            ApplicationEventPublisher publisher,
            ObjectProvider<MeterRegistry> meters,
            JobsProperties properties) {
        var reserved = reserved(database);
        return new GatewayEngine(
                new JobEngine(
                        database,
                        reserved,
                        transactions,
                        () -> handlers.stream().toList(),
                        publisher,
                        meters.getIfAvailable(SimpleMeterRegistry::new),
                        properties),
                reserved);
    }

    @Bean
    Jobs jobs(GatewayEngine engine) {
        return engine.engine().jobs();
    }

    /** A small pool beside the gateway's own, which is no bean: nobody else may use it. */
    private static HikariDataSource reserved(HikariDataSource database) {
        var config = new HikariConfig();
        config.setPoolName("colonnade-jobs");
        config.setJdbcUrl(database.getJdbcUrl());
        config.setUsername(database.getUsername());
        config.setPassword(database.getPassword());
        config.setDataSourceProperties(database.getDataSourceProperties());
        config.setMaximumPoolSize(JobEngine.RESERVED_CONNECTIONS);
        config.setConnectionTimeout(5_000);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }
}
