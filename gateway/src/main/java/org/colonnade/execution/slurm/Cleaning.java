package org.colonnade.execution.slurm;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.colonnade.jobs.Job;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes folders of jobs from a cluster some time after they ended. The cluster's folders are the list, so nothing is
 * forgotten, whatever happened when a job ended.
 */
final class Cleaning implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Cleaning.class);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(6);

    /** An element of an array may wait so long for its start, and reads the list of its folder only then. */
    private static final Duration LONGEST_QUEUE = Duration.ofDays(60);

    private static final Duration SHORTEST_PAUSE = Duration.ofMinutes(1);

    private final Connections connections;
    private final Duration retention;
    private final Desk desk;
    private final InstantSource clock;
    private volatile @Nullable Thread thread;

    Cleaning(Connections connections, Duration retention, Desk desk, InstantSource clock) {
        this.connections = connections;
        this.retention = retention;
        this.desk = desk;
        this.clock = clock;
    }

    void start() {
        thread = Thread.ofVirtual().name("slurm-cleaning").start(this::run);
    }

    private void run() {
        Duration pause = retention.compareTo(LONGEST_PAUSE) > 0
                ? LONGEST_PAUSE
                : retention.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : retention;
        try {
            while (true) {
                Thread.sleep(pause);
                try {
                    clean();
                } catch (IOException | RuntimeException e) {
                    LOG.info("Old folders are removed later: {}", e.getMessage());
                }
            }
        } catch (InterruptedException stopped) {
            // The gateway stops.
        }
    }

    /** @return how many folders were removed */
    int clean() throws IOException, InterruptedException {
        int removed = 0;
        for (Connection connection : connections.all()) {
            List<String> unusedArrays = connection.staging.untouched(connection.root, retention.plus(LONGEST_QUEUE));
            for (String folder : connection.staging.untouched(connection.root, retention)) {
                if (SlurmRun.parse(folder).map(this::isDue).orElse(false)
                        || (folder.startsWith(JobArrays.PREFIX) && unusedArrays.contains(folder))) {
                    connection.staging.remove(connection.root + "/" + folder);
                    removed++;
                }
            }
        }
        return removed;
    }

    /** A job that is not known any more was removed from the history, long after its end. */
    private boolean isDue(SlurmRun run) {
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
