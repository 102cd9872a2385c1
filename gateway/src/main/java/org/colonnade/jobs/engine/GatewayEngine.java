package org.colonnade.jobs.engine;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.context.SmartLifecycle;

/** Ties the engine to the application's life: it starts after and stops before everything else. */
final class GatewayEngine implements SmartLifecycle, AutoCloseable {

    private final JobEngine engine;
    private final HikariDataSource reserved;
    private volatile boolean running;

    GatewayEngine(JobEngine engine, HikariDataSource reserved) {
        this.engine = engine;
        this.reserved = reserved;
    }

    JobEngine engine() {
        return engine;
    }

    @Override
    public void start() {
        engine.start();
        running = true;
    }

    @Override
    public void stop() {
        try {
            engine.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public void close() {
        reserved.close();
    }
}
