package org.colonnade.execution.slurm;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.colonnade.execution.place.ClusterRun;
import org.colonnade.execution.place.Desk;
import org.colonnade.execution.place.Reachability;
import org.colonnade.jobs.JobId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at one cluster's queue once per interval, whatever the number of jobs, and wakes a job when something about it
 * changed. A job counts as ended only when somebody says so: the controller, else the accounting database, else the marker
 * that its batch script left, else the site's log of ended jobs. One that all of them are silent about for long is given up.
 */
final class QueueWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QueueWatch.class);

    /** Jobs that began lately are looked at more often: many end soon. */
    private static final Duration YOUNG = Duration.ofMinutes(2);

    private static final Duration SHORTEST = Duration.ofMillis(500);

    private final Slurm slurm;
    private final SlurmProperties.Cluster cluster;
    private final Reachability reachability;
    private final InstantSource clock;
    private final Desk desk;
    private final Supplier<List<JobId>> there;
    private final Map<String, Watched> watched = new ConcurrentHashMap<>();

    private final AtomicLong looks = new AtomicLong();

    private volatile @Nullable Instant lastLook;
    private volatile Duration lookTook = Duration.ZERO;
    private volatile @Nullable Thread thread;
    private volatile boolean closed;
    private volatile boolean suspicious = true;

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
    private record Watched(JobId job, String folder, Instant since, Instant latestEnd, Sight sight) {

        Watched with(Sight newSight) {
            return new Watched(job, folder, since, latestEnd, newSight);
        }
    }

    /** @param there the jobs that are at the cluster, over all gateways */
    QueueWatch(
            Slurm slurm,
            SlurmProperties.Cluster cluster,
            Reachability reachability,
            InstantSource clock,
            Desk desk,
            Supplier<List<JobId>> there) {
        this.slurm = slurm;
        this.cluster = cluster;
        this.reachability = reachability;
        this.clock = clock;
        this.desk = desk;
        this.there = there;
        reachability.whenChanged(() -> watched.values().forEach(job -> desk.wake(job.job())));
    }

    /** Follows a job until {@link #forget}; repeated calls change nothing. */
    void follow(String id, JobId job, String folder, Duration longest) {
        Instant now = clock.instant();
        watched.putIfAbsent(id, new Watched(job, folder, now, now.plus(longest), new Sight.NotYet()));
        start();
    }

    void forget(String id) {
        watched.remove(id);
    }

    /** There may be a job of ours on the cluster whose job here is over: the next look ends such jobs. */
    void suspect() {
        suspicious = true;
        start();
    }

    Sight sight(String id) {
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

    /** How long the last look took. */
    Duration lookTook() {
        return lookTook;
    }

    /** Whether a silent job was silent for so long after its time limit that it will never be heard of again. */
    boolean isLost(String id) {
        Watched job = watched.get(id);
        return job != null
                && job.sight() instanceof Sight.Silent silent
                && clock.instant()
                        .isAfter(later(silent.since(), job.latestEnd()).plus(cluster.silence()));
    }

    private synchronized void start() {
        Thread running = thread;
        if (!closed && (running == null || !running.isAlive())) {
            thread = Thread.ofVirtual().name("slurm-watch").start(this::watch);
        }
    }

    /** Ends when nothing is left to watch, under the lock of {@link #start}. */
    private synchronized boolean isIdle() {
        if (closed || (watched.isEmpty() && !suspicious)) {
            thread = null;
            return true;
        }
        return false;
    }

    private void watch() {
        while (!isIdle()) {
            try {
                look();
                reachability.answered();
            } catch (InterruptedException e) {
                return;
            } catch (IOException | RuntimeException e) {
                reachability.failed(e);
            }
            try {
                Thread.sleep(pause());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private Duration pause() {
        Instant young = clock.instant().minus(YOUNG);
        Duration third = cluster.poll().dividedBy(3);
        Duration pause =
                watched.values().stream().anyMatch(job -> job.since().isAfter(young)) && third.compareTo(SHORTEST) > 0
                        ? third
                        : cluster.poll();
        return pause.plusMillis(ThreadLocalRandom.current().nextLong(pause.toMillis() / 10 + 1));
    }

    /** One look: one command, and more only when the controller forgot a job. */
    void look() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        boolean strangers = suspicious;
        suspicious = false;
        try {
            Map<String, Watched> asked = Map.copyOf(watched);
            Map<String, Sight> sights = new HashMap<>();
            List<JobReport> queue = slurm.queue();
            queue.forEach(report -> sights.put(report.id(), new Sight.Seen(report)));
            addForgotten(missing(asked, sights), sights);
            asked.forEach((id, job) -> update(id, job, sights.get(id)));
            if (strangers) {
                endOrphans(queue);
                resume();
            }
            forgetOver();
            strangers = false;
        } finally {
            suspicious |= strangers;
            looks.incrementAndGet();
            lastLook = clock.instant();
            lookTook = Duration.ofNanos(System.nanoTime() - begun);
        }
    }

    /** Jobs of ours whose job here was cancelled in the very moment of their submission. */
    private void endOrphans(List<JobReport> queue) throws IOException, InterruptedException {
        for (JobReport report : queue) {
            String name = report.name();
            Optional<ClusterRun> run =
                    report.ended() || name == null ? Optional.empty() : ClusterRun.parse(SlurmPlace.ENGINE, name);
            if (run.isPresent()
                    && !watched.containsKey(report.id())
                    && desk.isOver(run.get().job())) {
                LOG.info(
                        "Ends job {} on {}: its job {} is over",
                        report.id(),
                        cluster.host(),
                        run.get().job());
                slurm.cancel(report.id());
            }
        }
    }

    /** Jobs that a gateway before this one brought there: their handlers look after them from now on. */
    private void resume() {
        List<JobId> followed = watched.values().stream().map(Watched::job).toList();
        there.get().stream().filter(job -> !followed.contains(job)).forEach(desk::wake);
    }

    /** Another gateway may have collected what this one watched. */
    private void forgetOver() {
        watched.forEach((id, job) -> {
            boolean ended = job.sight() instanceof Sight.Marked
                    || (job.sight() instanceof Sight.Seen seen && seen.report().ended());
            if (ended && desk.isOver(job.job())) {
                watched.remove(id);
            }
        });
    }

    private void addForgotten(Map<String, Watched> missing, Map<String, Sight> sights)
            throws IOException, InterruptedException {
        if (missing.isEmpty()) {
            return;
        }
        seeEnded(slurm.accounted(missing.keySet()), sights);
        Map<String, Watched> unaccounted = missing(missing, sights);
        if (unaccounted.isEmpty()) {
            return;
        }
        Map<String, Integer> markers =
                slurm.markers(unaccounted.values().stream().map(Watched::folder).toList());
        unaccounted.forEach((id, job) -> {
            Integer status = markers.get(job.folder());
            if (status != null) {
                sights.put(id, new Sight.Marked(status));
            }
        });
        String log = cluster.completionLog();
        Map<String, Watched> unmarked = missing(unaccounted, sights);
        if (log != null && !unmarked.isEmpty()) {
            seeEnded(slurm.completed(log, unmarked.keySet()), sights);
        }
    }

    /** What the controller forgot does not run any more, whatever an old record says. */
    private static void seeEnded(List<JobReport> reports, Map<String, Sight> sights) {
        reports.stream().filter(JobReport::ended).forEach(report -> sights.put(report.id(), new Sight.Seen(report)));
    }

    private static Map<String, Watched> missing(Map<String, Watched> asked, Map<String, Sight> sights) {
        Map<String, Watched> missing = new HashMap<>(asked);
        missing.keySet().removeAll(sights.keySet());
        return missing;
    }

    private void update(String id, Watched before, @Nullable Sight found) {
        Sight now = found != null ? found : silent(before.sight());
        if (!now.equals(before.sight())) {
            watched.computeIfPresent(id, (key, job) -> job.with(now));
            desk.wake(before.job());
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
