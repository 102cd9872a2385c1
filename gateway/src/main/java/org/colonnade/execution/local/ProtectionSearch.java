package org.colonnade.execution.local;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The protection that this machine has now. While something is missing it is looked for again, so that nobody need
 * restart the gateway after installing it; seconds apart, because each search may start a process.
 */
final class ProtectionSearch {

    static final Duration PAUSE = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(ProtectionSearch.class);

    /** Looks once. */
    @FunctionalInterface
    interface Look {

        Protection find() throws InterruptedException;
    }

    private final Look look;
    private final InstantSource clock;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile Protection last;
    private volatile Instant next;

    ProtectionSearch(Look look, InstantSource clock) throws InterruptedException {
        this.look = look;
        this.clock = clock;
        this.last = look.find();
        this.next = clock.instant().plus(PAUSE);
        report(last);
    }

    /** Whoever finds another looking already takes what was found before. */
    Protection now() {
        if (last.missing() != null && !clock.instant().isBefore(next) && looking.tryLock()) {
            try {
                Protection found = look.find();
                if (!found.equals(last)) {
                    report(found);
                }
                last = found;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                next = clock.instant().plus(PAUSE);
                looking.unlock();
            }
        }
        return last;
    }

    private static void report(Protection found) {
        if (found.missing() == null) {
            log.info("Commands on this server run in a sandbox");
        } else if (found.sandbox() == null) {
            log.warn("No command can run on this server: {}", found.missing());
        } else {
            log.warn("Commands run WITHOUT a sandbox, as colonnade.execution.unsafe says: {}", found.missing());
        }
    }
}
