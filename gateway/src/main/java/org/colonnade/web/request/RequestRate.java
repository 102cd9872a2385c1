package org.colonnade.web.request;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * A token bucket for each caller, kept as one number: the time at which the bucket will be full again (the generic cell
 * rate algorithm, ATM Forum TM 4.1, 1999).
 */
final class RequestRate {

    private static final int PRUNE_ABOVE = 10_000;

    private final Map<String, Long> fullAt = new ConcurrentHashMap<>();
    private final long nanosPerRequest;
    private final long tolerance;
    private final LongSupplier nanoTime;

    RequestRate(int perSecond, int burst, LongSupplier nanoTime) {
        this.nanosPerRequest = 1_000_000_000L / perSecond;
        this.tolerance = nanosPerRequest * burst;
        this.nanoTime = nanoTime;
    }

    /** @return 0 if the request may go on, else after how many nanoseconds the next may */
    long take(String caller) {
        long now = nanoTime.getAsLong();
        if (fullAt.size() > PRUNE_ABOVE) {
            fullAt.values().removeIf(time -> time - now <= 0);
        }
        long[] wait = {0};
        fullAt.compute(caller, (key, stored) -> {
            long full = stored == null || stored - now < 0 ? now : stored;
            long next = full + nanosPerRequest;
            if (next - now > tolerance) {
                wait[0] = next - now - tolerance;
                return full;
            }
            return next;
        });
        return wait[0];
    }

    int callers() {
        return fullAt.size();
    }
}
