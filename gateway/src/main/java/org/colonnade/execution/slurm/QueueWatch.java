package org.colonnade.execution.slurm;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.colonnade.jobs.JobId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at one cluster's queue once per interval, whatever the number of jobs, and wakes a job when something about it
 * changed. A job counts as ended only when somebody says so: the controller, else the accounting database, else the marker
 * that its batch script left. One that all of them are silent about for long is given up.
 */
final class QueueWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QueueWatch.class);

    private final Slurm slurm;
    private final Duration interval;
    private final Duration silence;
    private final Reachability reachability;
    private final InstantSource clock;
    private final Consumer<JobId> wake;
    private final Map<Long, Watched> watched = new ConcurrentHashMap<>();

    private final AtomicLong looks = new AtomicLong();

    private volatile @Nullable Instant lastLook;
    private volatile @Nullable Thread thread;
    private volatile boolean closed;

    /** What is known about a job. */
    sealed interface Sight {

        /** Nobody was asked yet. */
        record NotYet() implements Sight {}

        record Seen(JobReport report) implements Sight {}

        /** The scheduler forgot the job, but its batch script wrote down how the command ended. */
        record Marked(int status) implements Sight {}

        /** Nobody knows the job any more, since the given moment. */
        record Silent(Instant since) implements Sight {}
    }

    /** @param latestEnd when the cluster would have ended the job at the latest */
    private record Watched(JobId job, String folder, Instant latestEnd, Sight sight) {

        Watched with(Sight newSight) {
            return new Watched(job, folder, latestEnd, newSight);
        }
    }

    /** @param wake called when a job's sight changed */
    QueueWatch(
            Slurm slurm,
            Duration interval,
            Duration silence,
            Reachability reachability,
            InstantSource clock,
            Consumer<JobId> wake) {
        this.slurm = slurm;
        this.interval = interval;
        this.silence = silence;
        this.reachability = reachability;
        this.clock = clock;
        this.wake = wake;
    }

    /** Follows a job until {@link #forget}; repeated calls change nothing. */
    void follow(long id, JobId job, String folder, Instant latestEnd) {
        watched.putIfAbsent(id, new Watched(job, folder, latestEnd, new Sight.NotYet()));
        start();
    }

    void forget(long id) {
        watched.remove(id);
    }

    Sight sight(long id) {
        return Optional.ofNullable(watched.get(id)).map(Watched::sight).orElseGet(Sight.NotYet::new);
    }

    int size() {
        return watched.size();
    }

    long looks() {
        return looks.get();
    }

    @Nullable
    Instant lastLook() {
        return lastLook;
    }

    /** Whether a silent job was silent for so long after its time limit that it will never be heard of again. */
    boolean isLost(long id) {
        Watched job = watched.get(id);
        return job != null
                && job.sight() instanceof Sight.Silent silent
                && clock.instant()
                        .isAfter(later(silent.since(), job.latestEnd()).plus(silence));
    }

    private synchronized void start() {
        Thread running = thread;
        if (!closed && (running == null || !running.isAlive())) {
            thread = Thread.ofVirtual().name("slurm-watch").start(this::watch);
        }
    }

    private void watch() {
        while (!closed && !watched.isEmpty()) {
            try {
                look();
                reachability.answered();
                long jitter = ThreadLocalRandom.current().nextLong(interval.toMillis() / 10 + 1);
                Thread.sleep(interval.plusMillis(jitter));
            } catch (InterruptedException e) {
                return;
            } catch (IOException | RuntimeException e) {
                LOG.info(
                        "The queue could not be looked at: {}",
                        reachability.failed(e).why());
                if (!pauseAfterFailure()) {
                    return;
                }
            }
        }
    }

    private boolean pauseAfterFailure() {
        try {
            Thread.sleep(interval);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** One look: one command, and two more only when the controller forgot a job. */
    void look() throws IOException, InterruptedException {
        Map<Long, Watched> asked = Map.copyOf(watched);
        Map<Long, Sight> sights = new HashMap<>();
        slurm.queue().forEach(report -> sights.put(report.id(), new Sight.Seen(report)));
        addForgotten(missing(asked, sights), sights);
        looks.incrementAndGet();
        lastLook = clock.instant();
        asked.forEach((id, job) -> update(id, job, sights.get(id)));
    }

    private void addForgotten(Map<Long, Watched> missing, Map<Long, Sight> sights)
            throws IOException, InterruptedException {
        if (missing.isEmpty()) {
            return;
        }
        Map<String, Integer> markers =
                slurm.markers(missing.values().stream().map(Watched::folder).toList());
        missing.forEach((id, job) -> {
            Integer status = markers.get(job.folder());
            if (status != null) {
                sights.put(id, new Sight.Marked(status));
            }
        });
        Collection<Long> unmarked = missing(missing, sights).keySet();
        if (!unmarked.isEmpty()) {
            List<JobReport> accounted = slurm.accounted(unmarked);
            accounted.forEach(report -> sights.put(report.id(), new Sight.Seen(report)));
        }
    }

    private static Map<Long, Watched> missing(Map<Long, Watched> asked, Map<Long, Sight> sights) {
        Map<Long, Watched> missing = new HashMap<>(asked);
        missing.keySet().removeAll(sights.keySet());
        return missing;
    }

    private void update(long id, Watched before, @Nullable Sight found) {
        Sight now = found != null ? found : silent(before.sight());
        if (!now.equals(before.sight())) {
            watched.computeIfPresent(id, (key, job) -> job.with(now));
            wake.accept(before.job());
        }
    }

    private Sight silent(Sight before) {
        return before instanceof Sight.Silent ? before : new Sight.Silent(clock.instant());
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    @Override
    public void close() {
        closed = true;
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }
}
