package org.colonnade.execution.place;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.colonnade.jobs.Job;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what ended runs left at a cluster, some time after their end. What is there is the list, so nothing is forgotten,
 * whatever happened when a job ended.
 */
public final class Cleaning implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Cleaning.class);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(6);
    private static final Duration SHORTEST_PAUSE = Duration.ofMinutes(1);

    private final String engine;
    private final Duration pause;
    private final Round round;
    private volatile @Nullable Thread thread;

    /** One look at what is there. */
    @FunctionalInterface
    public interface Round {

        void clean() throws IOException, InterruptedException;
    }

    /** @param retention how long things stay; rounds come as often, but not more than once a minute */
    public Cleaning(String engine, Duration retention, Round round) {
        this.engine = engine;
        this.pause = retention.compareTo(LONGEST_PAUSE) > 0
                ? LONGEST_PAUSE
                : retention.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : retention;
        this.round = round;
    }

    public void start() {
        thread = Thread.ofVirtual().name(engine + "-cleaning").start(this::run);
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(pause);
                try {
                    round.clean();
                } catch (IOException | RuntimeException e) {
                    LOG.info("What ended jobs left is removed later: {}", e.getMessage());
                }
            }
        } catch (InterruptedException stopped) {
            // The gateway stops.
        }
    }

    /** Whether the job ended so long ago. One that is not known any more was removed from the history, long after its end. */
    public static boolean isDue(ClusterRun run, Desk desk, Duration retention, InstantSource clock) {
        Optional<Job> job = desk.find(run.job());
        if (job.isEmpty()) {
            return true;
        }
        Instant end = job.get().endedAt();
        return end != null && end.plus(retention).isBefore(clock.instant());
    }

    @Override
    public void close() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }
}
