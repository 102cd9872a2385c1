package org.colonnade.web.work;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.colonnade.jobs.Owner;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.colonnade.web.WebProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** The live connections of this gateway: bounded for each person, and ended before the server stops. */
@Component
class Streams implements SmartLifecycle {

    private final int perPerson;
    private final Map<Owner, Integer> counts = new ConcurrentHashMap<>();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private volatile boolean open;

    Streams(WebProperties properties) {
        perPerson = properties.streamsPerPerson();
    }

    /**
     * Runs a stream on a thread of its own, which is interrupted when the gateway stops.
     *
     * @throws ProblemException if the person has too many already
     */
    void start(Owner person, Runnable stream) {
        int count = counts.merge(person, 1, Integer::sum);
        if (count > perPerson || !open) {
            release(person);
            throw ProblemException.retryLater(
                    ProblemType.TOO_MANY_REQUESTS,
                    "You already have " + perPerson + " live connections open; close another page first",
                    Duration.ofSeconds(30));
        }
        Thread.ofVirtual().name("live").start(() -> {
            threads.add(Thread.currentThread());
            try {
                stream.run();
            } finally {
                threads.remove(Thread.currentThread());
                release(person);
            }
        });
    }

    private void release(Owner person) {
        counts.computeIfPresent(person, (key, count) -> count == 1 ? null : count - 1);
    }

    @Override
    public void start() {
        open = true;
    }

    @Override
    public void stop() {
        open = false;
        threads.forEach(Thread::interrupt);
    }

    @Override
    public boolean isRunning() {
        return open;
    }
}
