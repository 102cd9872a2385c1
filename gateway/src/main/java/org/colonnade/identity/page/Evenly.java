package org.colonnade.identity.page;

import java.time.Duration;

/** Makes answers take the same time, so that they do not tell whether an address is known. */
final class Evenly {

    /** Longer than the slower of the two ways takes. Waiting costs a virtual thread next to nothing. */
    private static final Duration FLOOR = Duration.ofMillis(300);

    private Evenly() {}

    static void run(Runnable work) {
        long start = System.nanoTime();
        try {
            work.run();
        } finally {
            long left = FLOOR.toNanos() - (System.nanoTime() - start);
            if (left > 0) {
                try {
                    Thread.sleep(Duration.ofNanos(left));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
