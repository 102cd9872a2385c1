package org.colonnade.jobs.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs chores, each on a thread of its own and with its pause between runs; a failing one is tried again next time. */
final class Ticker {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);

    private final List<Thread> threads = new ArrayList<>();
    private final List<Semaphore> bells = new ArrayList<>();
    private volatile boolean open = true;

    /** @return makes the next run come at once */
    Runnable every(Duration pause, String name, Runnable chore) {
        var now = new Semaphore(0);
        bells.add(now);
        threads.add(Thread.ofVirtual().name("jobs-" + name).start(() -> repeat(pause, name, chore, now)));
        return now::release;
    }

    private void repeat(Duration pause, String name, Runnable chore, Semaphore now) {
        while (open) {
            try {
                chore.run();
            } catch (RuntimeException e) {
                if (open) {
                    LOG.warn("Chore {} failed, and is tried again: {}", name, e.getMessage());
                }
            }
            try {
                if (now.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                    now.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    void stop() throws InterruptedException {
        open = false;
        bells.forEach(Semaphore::release);
        for (Thread thread : threads) {
            // Interrupting at once would break the connection of a chore that is about to end by itself.
            if (!thread.join(PATIENCE)) {
                thread.interrupt();
            }
        }
    }
}
