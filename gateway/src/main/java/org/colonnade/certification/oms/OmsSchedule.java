package org.colonnade.certification.oms;

import java.time.Duration;
import org.colonnade.certification.CertificationProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Looks for new runs in regular intervals, and less often while that fails. */
@Component
class OmsSchedule implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(OmsSchedule.class);
    private static final int MAX_BACKOFF = 16;

    private final OmsPoll poll;
    private final Duration interval;
    private final boolean wanted;
    private volatile @Nullable Thread thread;

    OmsSchedule(OmsPoll poll, OmsAddress address, CertificationProperties properties) {
        this.poll = poll;
        this.interval = properties.oms().interval();
        this.wanted = address.isConfigured() && interval.isPositive();
    }

    @Override
    public void start() {
        if (wanted) {
            thread = Thread.ofVirtual().name("certification-oms").start(this::run);
        }
    }

    private void run() {
        int factor = 1;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                factor = look() ? 1 : Math.min(MAX_BACKOFF, 2 * factor);
                Thread.sleep(interval.multipliedBy(factor));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean look() {
        try {
            return poll.tick().map(t -> t.failed() == 0).orElse(true);
        } catch (RuntimeException e) {
            LOG.warn("The monitoring system was not read: {}", e.getMessage());
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
