package org.colonnade.certification.certify;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Asks another system in regular intervals while the gateway runs, and less often while that fails. */
public final class Regularly implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Regularly.class);
    private static final int MAX_BACKOFF = 16;

    private final String name;
    private final Duration interval;
    private final BooleanSupplier look;
    private volatile @Nullable Thread thread;

    /**
     * @param name of the other system, for the log
     * @param interval zero to ask never
     * @param look returns whether it succeeded, or throws
     */
    public Regularly(String name, Duration interval, BooleanSupplier look) {
        this.name = name;
        this.interval = interval;
        this.look = look;
    }

    @Override
    public void start() {
        if (interval.isPositive()) {
            thread = Thread.ofVirtual().name("certification " + name).start(this::run);
        }
    }

    private void run() {
        int factor = 1;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                factor = succeeds() ? 1 : Math.min(MAX_BACKOFF, 2 * factor);
                Thread.sleep(interval.multipliedBy(factor));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean succeeds() {
        try {
            return look.getAsBoolean();
        } catch (RuntimeException e) {
            LOG.warn("The {} was not read: {}", name, e.getMessage());
            return false;
        }
    }

    @Override
    public void stop() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
            thread = null;
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
