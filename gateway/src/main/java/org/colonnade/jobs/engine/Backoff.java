package org.colonnade.jobs.engine;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Pauses between attempts: doubling, bounded, and scattered so that jobs that failed together do not return together. */
record Backoff(Duration first, Duration longest) {

    /** How often a handler is asked to look after what a cancelled job left running elsewhere. */
    static final int ABANDON_ATTEMPTS = 20;

    /** @param attempt the one that failed, from 1 */
    Duration pause(int attempt) {
        long millis = first.toMillis() << Math.min(Math.max(attempt - 1, 0), 30);
        long bounded = Math.min(millis, longest.toMillis());
        return Duration.ofMillis(bounded + ThreadLocalRandom.current().nextLong(bounded / 4 + 1));
    }
}
