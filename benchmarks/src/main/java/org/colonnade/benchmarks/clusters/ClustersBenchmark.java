package org.colonnade.benchmarks.clusters;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.colonnade.benchmarks.Benchmark;
import org.colonnade.benchmarks.Measure;
import org.colonnade.benchmarks.Report;
import org.colonnade.execution.Clusters;
import org.colonnade.jobs.Job;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.JobRequest;
import org.colonnade.jobs.JobState;
import org.colonnade.jobs.Owner;

/** How fast and how quietly jobs go to a real Slurm and come back, and files beside OpenSSH's own tools. */
public final class ClustersBenchmark implements Benchmark {

    private static final Duration POLL = Duration.ofSeconds(3);
    private static final int JOBS = Integer.getInteger("clusters.jobs", 1_000);
    private static final int SINGLES = Integer.getInteger("clusters.singles", 60);

    /** The queue is looked at three times as often while a job is younger than two minutes. */
    private static final Duration GROWN_UP = Duration.ofSeconds(Integer.getInteger("clusters.settle", 125));

    private static final Duration WATCHED = Duration.ofSeconds(Integer.getInteger("clusters.seconds", 60));

    @Override
    public String name() {
        return "clusters";
    }

    @Override
    public String title() {
        return "jobs on a real Slurm over SSH, and files beside sftp and scp";
    }

    @Override
    public void run(Report report, Path scratch) throws Exception {
        if (!OneNode.isPossible()) {
            throw new IllegalStateException("Needs the packages slurmctld slurmd slurm-client munge openssh-server");
        }
        Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwx--x--x"));
        Path input = Files.writeString(scratch.resolve("input"), "14\n");
        try (EmbeddedPostgres database = Databases.start(scratch.resolve("postgres"));
                OneNode node = OneNode.start(scratch.resolve("cluster"));
                FaultyNetwork network = new FaultyNetwork(node.port())) {
            try (var worker = new ClusterWorker(
                    database.getJdbcUrl("postgres", "postgres"),
                    node.configuration(network.port(), node.root(), POLL, 100_000),
                    scratch.resolve("work"),
                    input)) {
                singles(report, worker);
                many(report, worker, network);
            }
            try (var transfers = new Transfers(node, scratch)) {
                transfers.measure(report);
            }
        }
    }

    private static void singles(Report report, ClusterWorker worker) throws InterruptedException {
        awaitEnd(worker, submit(worker, "true"));
        List<Double> submission = new ArrayList<>();
        List<Double> collection = new ArrayList<>();
        for (int i = 0; i < SINGLES; i++) {
            JobId id = submit(worker, "echo some >file; date +%s%N >result");
            Job parked = await(
                    worker, id, job -> job.waitingSince() != null || job.state().isFinal());
            Instant waiting = parked.waitingSince();
            if (waiting != null) {
                submission.add(millis(parked.submittedAt(), waiting));
            }
            Job ended = awaitEnd(worker, id);
            long nanos = Long.parseLong(String.valueOf(ended.result()).replace("\"", ""));
            Instant end = Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000);
            collection.add(millis(end, Objects.requireNonNull(ended.endedAt())));
        }
        report.add(Measure.atMost("job accepted to sbatch accepted, connection open, p95", p95(submission), "ms", 500));
        report.add(Measure.atMost(
                "end of a Slurm job to completed with files here, p95 (poll " + POLL.toSeconds() + " s)",
                p95(collection),
                "ms",
                POLL.toMillis() + 1_000));
    }

    private static void many(Report report, ClusterWorker worker, FaultyNetwork network) throws InterruptedException {
        List<JobId> ids = new ArrayList<>();
        for (int i = 0; i < JOBS; i++) {
            ids.add(submit(worker, "sleep 600"));
        }
        for (JobId id : ids) {
            await(worker, id, job -> job.state() == JobState.WAITING);
        }
        // A job also waits for its turn to be submitted; submissions are commands of their own.
        Instant latest = Instant.now().plus(GROWN_UP);
        while (worker.place().status().polls().watched() < JOBS && Instant.now().isBefore(latest)) {
            Thread.sleep(200);
        }
        Thread.sleep(GROWN_UP.toMillis());
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        Clusters.Status before = worker.place().status();
        long cpu = system.getProcessCpuTime();
        long began = System.nanoTime();
        Thread.sleep(WATCHED.toMillis());
        Clusters.Status after = worker.place().status();
        double seconds = (System.nanoTime() - began) / 1e9;
        double share = (system.getProcessCpuTime() - cpu) / 1e9 / seconds * 100;
        double intervals = seconds / POLL.toSeconds();
        report.note("%d jobs on the cluster, watched for %.0f s"
                .formatted(after.polls().watched(), seconds));
        report.add(Measure.atMost(
                "commands per poll interval", (after.commands() - before.commands()) / intervals, "commands", 1.05));
        report.add(Measure.atMost("SSH connections, transfers included", network.connections(), "connections", 2));
        report.add(Measure.atMost("processor time of the gateway", share, "% of a core", 5));
        for (JobId id : ids) {
            worker.jobs().cancel(id, "bench", "measured");
        }
    }

    private interface Condition {
        boolean holds(Job job);
    }

    private static JobId submit(ClusterWorker worker, String script) {
        return worker.jobs().submit(JobRequest.of(ClusterWorker.KIND, Owner.SYSTEM, "Bench", script));
    }

    private static Job awaitEnd(ClusterWorker worker, JobId id) throws InterruptedException {
        Job job = await(worker, id, one -> one.state().isFinal());
        if (job.state() != JobState.COMPLETED) {
            throw new IllegalStateException("A job ended as " + job.state() + ": " + job.sentence());
        }
        return job;
    }

    private static Job await(ClusterWorker worker, JobId id, Condition condition) throws InterruptedException {
        while (true) {
            Job job = worker.jobs().find(id).orElseThrow();
            if (condition.holds(job)) {
                return job;
            }
            Thread.sleep(20);
        }
    }

    private static double millis(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e6;
    }

    private static double p95(List<Double> values) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get((int) Math.ceil(sorted.size() * 0.95) - 1);
    }
}
