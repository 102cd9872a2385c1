package org.colonnade.benchmarks.clusters;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.colonnade.benchmarks.Measure;
import org.colonnade.benchmarks.Report;
import org.colonnade.jobs.Job;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.JobRequest;
import org.colonnade.jobs.JobState;
import org.colonnade.jobs.Jobs;
import org.colonnade.jobs.Owner;
import org.springframework.util.FileSystemUtils;

/**
 * Inflicts one fault after the other on jobs that run on a real Slurm, and counts how often each job really ran. The gateway is
 * a process of its own that is killed; it reaches the login node through a network of ours.
 */
public final class ClusterFaults implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int PURGE_SECONDS = 5;
    private static final long TRANSFER = 24L << 20;

    /** What is done to the gateway, the cluster, or the network between them. */
    public enum Fault {
        KILLED_BEFORE_SBATCH("gateway killed before sbatch"),
        KILLED_AFTER_SBATCH("gateway killed after sbatch, before the number was written down"),
        KILLED_WHILE_RUNNING("gateway killed while the job ran"),
        KILLED_WHILE_COLLECTING("gateway killed while it fetched the results"),
        PURGED_WHILE_DOWN("job ended and purged by Slurm while the gateway was down"),
        SSHD_STOPPED("sshd stopped and started"),
        CONTROLLER_STOPPED("slurmctld stopped and started"),
        NETWORK_SILENT("network that swallows everything, for a while"),
        NETWORK_SLOW("network that delays every block"),
        CUT_IN_TRANSFER("network cut in the middle of a transfer"),
        HOST_KEY_CHANGED("login node with another host key, for a while"),
        DISK_FULL("disk full at the far end");

        public final String words;

        Fault(String words) {
            this.words = words;
        }
    }

    /**
     * What came of it.
     *
     * @param strikes how often the fault was inflicted
     * @param ran how often the jobs' commands ran, all together; the cluster must have had each job once
     * @param wrong what is not as it should be, in words; empty if all is well
     */
    public record Outcome(int strikes, int jobs, int completed, int failed, int ran, List<String> wrong) {

        public boolean holds() {
            return wrong.isEmpty();
        }

        String counts() {
            return "jobs %d, completed %d, failed %d, commands run %d".formatted(jobs, completed, failed, ran)
                    + (wrong.isEmpty() ? "" : ", wrong: " + String.join("; ", wrong));
        }
    }

    private final Path scratch;
    private final EmbeddedPostgres database;
    private final OneNode cluster;
    private final FaultyNetwork network;
    private final ClusterWorker submitter;
    private final Path input;
    private final Path effects;
    private Process gateway;
    private Path root;
    private int generation;

    /** @param scratch an empty folder */
    public ClusterFaults(Path scratch) throws IOException, InterruptedException {
        this.scratch = scratch;
        // Daemons and jobs of other users pass through it.
        Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwx--x--x"));
        database = Databases.start(scratch.resolve("postgres"));
        cluster =
                OneNode.start(scratch.resolve("cluster"), "--faults", "--min-job-age", Integer.toString(PURGE_SECONDS));
        network = new FaultyNetwork(cluster.port());
        root = cluster.root();
        effects = Files.createDirectory(scratch.resolve("effects"));
        input = Files.createFile(scratch.resolve("input"));
        // Submits and looks on; it runs nothing, because the other gateways alone know the kind's cluster.
        submitter = ClusterWorker.submitter(database.getJdbcUrl("postgres", "postgres"));
        gateway = spawn();
    }

    /**
     * Inflicts all faults one after the other.
     *
     * @param jobs how often each
     * @return a section for the fault report
     */
    public static String section(Report report, Path scratch, int jobs) throws Exception {
        if (!OneNode.isPossible()) {
            report.note("Faults of clusters need the packages slurmctld slurmd slurm-client munge openssh-server");
            return "";
        }
        Files.createDirectory(scratch);
        var text = new StringBuilder("""

            # What jobs on a Slurm cluster do under faults

            A real Slurm of one node behind a real OpenSSH; the gateway is a process of its own and reaches the login node through a TCP
            proxy. Each command counts itself outside of its job's folder: it must have run once, and its job must have ended
            as it really ended; with a full disk it must not have run, and the job must say why.

            | fault | inflicted | what came of it | holds |
            |---|---:|---|---|
            """);
        try (var faults = new ClusterFaults(scratch)) {
            for (Fault fault : Fault.values()) {
                Outcome outcome = faults.inflict(fault, jobs);
                report.note(fault.words + ": " + outcome.counts());
                report.add(new Measure(
                        fault.words, outcome.strikes(), "times", null, null, "one run per job", outcome.holds()));
                text.append("| %s | %d | %s | %s |%n"
                        .formatted(
                                fault.words, outcome.strikes(), outcome.counts(), outcome.holds() ? "yes" : "**no**"));
            }
        }
        return text.toString();
    }

    private Jobs jobs() {
        return submitter.jobs();
    }

    /** @param jobs how many jobs suffer it */
    public Outcome inflict(Fault fault, int jobs) throws Exception {
        List<JobId> ids = new ArrayList<>();
        int strikes = 0;
        switch (fault) {
            case KILLED_BEFORE_SBATCH -> strikes = killAt("sbatch", "before", ids, jobs);
            case KILLED_AFTER_SBATCH -> strikes = killAt("sbatch", "after", ids, jobs);
            case KILLED_WHILE_COLLECTING -> strikes = killCollecting(ids, jobs);
            case KILLED_WHILE_RUNNING -> {
                for (int i = 0; i < jobs; i++) {
                    JobId id = submit(2, ids);
                    await("it runs", () -> hasRun(id));
                    kill();
                    gateway = spawn();
                    strikes++;
                }
            }
            case PURGED_WHILE_DOWN -> {
                // Slurm forgets once a minute: all jobs suffer the same absence.
                for (int i = 0; i < jobs; i++) {
                    submit(3, ids);
                }
                ids.forEach(id -> await("it runs", () -> hasRun(id)));
                kill();
                ids.forEach(id -> await("Slurm forgot it", () -> slurmJobs(id).isEmpty()));
                gateway = spawn();
                strikes = 1;
            }
            case SSHD_STOPPED, CONTROLLER_STOPPED -> {
                String service = fault == Fault.SSHD_STOPPED ? "sshd" : "slurmctld";
                for (int i = 0; i < jobs; i++) {
                    JobId id = submit(2, ids);
                    await("it runs", () -> hasRun(id));
                    cluster.service("stop", service);
                    try {
                        if (service.equals("sshd")) {
                            network.retarget(cluster.port());
                        }
                        submit(0, ids);
                        await("the outage shows", () -> says(id, "No answer since"));
                    } finally {
                        cluster.service("start", service);
                    }
                    strikes++;
                }
            }
            case NETWORK_SILENT, NETWORK_SLOW -> {
                for (int i = 0; i < jobs; i++) {
                    submit(1, ids);
                    submit(0, ids);
                    network.mood(fault == Fault.NETWORK_SILENT ? FaultyNetwork.Mood.SILENT : FaultyNetwork.Mood.SLOW);
                    Thread.sleep(4_000);
                    network.mood(FaultyNetwork.Mood.FINE);
                    if (fault == Fault.NETWORK_SILENT) {
                        network.retarget(cluster.port());
                    }
                    strikes++;
                }
            }
            case CUT_IN_TRANSFER -> {
                fillInput(TRANSFER);
                for (int i = 0; i < jobs; i++) {
                    network.cutAfter(TRANSFER / 2);
                    JobId id = submit(0, ids);
                    await("it ended", () -> job(id).state().isFinal());
                    strikes++;
                }
                fillInput(0);
            }
            case HOST_KEY_CHANGED -> {
                try (var impostor = Impostor.start(cluster)) {
                    JobId before = submit(8, ids);
                    await("it runs", () -> hasRun(before));
                    await("it is seen", () -> says(before, "is running"));
                    network.retarget(impostor.port());
                    submit(0, ids);
                    await("the key is refused", () -> says(before, "another host key"));
                    strikes = 1;
                }
                network.retarget(cluster.port());
            }
            case DISK_FULL -> strikes = fillDisk(ids, jobs);
        }
        ids.forEach(
                id -> await(fault + ": " + id + " ended", () -> job(id).state().isFinal()));
        return verdict(fault, strikes, ids);
    }

    private int killAt(String command, String when, List<JobId> ids, int jobs) throws Exception {
        for (int i = 0; i < jobs; i++) {
            Files.writeString(cluster.base().resolve("faults").resolve(command), when + " " + gateway.pid() + "\n");
            submit(1, ids);
            await("it was killed", () -> !gateway.isAlive());
            gateway = spawn();
        }
        return jobs;
    }

    private int killCollecting(List<JobId> ids, int jobs) throws Exception {
        for (int i = 0; i < jobs; i++) {
            JobId id = submit(2, ids);
            await("it runs", () -> hasRun(id));
            Files.writeString(cluster.base().resolve("faults").resolve("tar"), "before " + gateway.pid() + "\n");
            await("it was killed", () -> !gateway.isAlive());
            gateway = spawn();
        }
        return jobs;
    }

    /** A root of its own on two megabytes of memory; an input of four does not fit. */
    private int fillDisk(List<JobId> ids, int jobs) throws Exception {
        Path small = Files.createDirectory(scratch.resolve("small" + generation));
        execute("mount", "-t", "tmpfs", "-o", "size=2m,mode=711", "tmpfs", small.toString());
        Path before = root;
        try {
            kill();
            root = small;
            fillInput(4 << 20);
            gateway = spawn();
            for (int i = 0; i < jobs; i++) {
                submit(0, ids);
            }
            ids.forEach(id -> await("it ended", () -> job(id).state().isFinal()));
        } finally {
            kill();
            root = before;
            fillInput(0);
            gateway = spawn();
            execute("umount", small.toString());
        }
        return jobs;
    }

    private void fillInput(long size) throws IOException {
        try (var file = new RandomAccessFile(input.toFile(), "rw")) {
            file.setLength(size);
        }
    }

    /** The script counts itself outside of all folders of jobs, sleeps, and leaves a result. */
    private JobId submit(int seconds, List<JobId> ids) {
        String script = "echo ran >>" + effects + "/$0; sleep " + seconds + "; wc -c <input >result";
        JobId id = jobs().submit(JobRequest.of(ClusterWorker.KIND, Owner.SYSTEM, "Fault", script));
        ids.add(id);
        return id;
    }

    private Outcome verdict(Fault fault, int strikes, List<JobId> ids) throws IOException {
        Map<JobState, Integer> states = new HashMap<>();
        List<String> wrong = new ArrayList<>();
        int ran = 0;
        JobState expected = fault == Fault.DISK_FULL ? JobState.FAILED : JobState.COMPLETED;
        for (JobId id : ids) {
            Job job = job(id);
            states.merge(job.state(), 1, Integer::sum);
            int times = runs(id);
            ran += times;
            if (job.state() != expected) {
                wrong.add(id + " is " + job.state() + " (" + job.sentence() + ")");
            }
            if (times != (fault == Fault.DISK_FULL ? 0 : 1)) {
                wrong.add(id + " ran " + times + " times");
            }
            long submitted = submissions(id);
            if (submitted > 1) {
                wrong.add(id + " was " + submitted + " jobs on the cluster");
            }
            if (fault == Fault.DISK_FULL && !String.valueOf(job.sentence()).contains("no room left")) {
                wrong.add(id + " says " + job.sentence());
            }
        }
        return new Outcome(
                strikes,
                ids.size(),
                states.getOrDefault(JobState.COMPLETED, 0),
                states.getOrDefault(JobState.FAILED, 0),
                ran,
                wrong);
    }

    private Job job(JobId id) {
        return jobs().find(id).orElseThrow();
    }

    private boolean says(JobId id, String words) {
        return String.valueOf(job(id).sentence()).contains(words);
    }

    private boolean hasRun(JobId id) {
        return Files.exists(effects.resolve(id.toString()));
    }

    private int runs(JobId id) throws IOException {
        return hasRun(id) ? Files.readAllLines(effects.resolve(id.toString())).size() : 0;
    }

    /** As the cluster's own log of ended jobs counts them. */
    private long submissions(JobId id) throws IOException {
        Path log = cluster.base().resolve("log").resolve("jobs-ended.txt");
        if (Files.notExists(log)) {
            return 0;
        }
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("Name=colonnade-" + id + "-"))
                    .count();
        }
    }

    private String slurmJobs(JobId id) {
        try {
            return cluster.command("squeue", "-h", "-t", "all", "--name=colonnade-" + id + "-1", "-o", "%A");
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        long latest = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > latest) {
                throw new IllegalStateException("Waited in vain until " + what);
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void kill() throws InterruptedException {
        gateway.destroyForcibly().waitFor();
    }

    private Process spawn() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx192m",
                        "-Dlogging.level.root=WARN",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClusterWorker.class.getName(),
                        database.getJdbcUrl("postgres", "postgres"),
                        cluster.base().toString(),
                        Integer.toString(network.port()),
                        root.toString(),
                        Long.toString(POLL.toMillis()),
                        scratch.resolve("work").toString(),
                        input.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(
                        scratch.resolve("gateway" + ++generation + ".log").toFile()))
                .start();
    }

    private static void execute(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(String.join(" ", words) + ": " + output);
        }
    }

    /** A second sshd of the same login node with a host key of its own. */
    private record Impostor(Path folder, int port) implements AutoCloseable {

        static Impostor start(OneNode cluster) throws IOException, InterruptedException {
            Path folder = Files.createDirectory(cluster.base().resolve("impostor"));
            execute(
                    "ssh-keygen",
                    "-q",
                    "-t",
                    "ed25519",
                    "-N",
                    "",
                    "-f",
                    folder.resolve("key").toString());
            int port;
            try (var socket = new ServerSocket(0)) {
                port = socket.getLocalPort();
            }
            String configuration = Files.readString(cluster.base().resolve("ssh/sshd_config"))
                    .replaceAll("(?m)^Port .*", "Port " + port)
                    .replaceAll("(?m)^HostKey .*", "HostKey " + folder.resolve("key"))
                    .replaceAll("(?m)^PidFile .*", "PidFile " + folder.resolve("pid"));
            Files.writeString(folder.resolve("sshd_config"), configuration);
            execute("/usr/sbin/sshd", "-f", folder.resolve("sshd_config").toString());
            return new Impostor(folder, port);
        }

        @Override
        public void close() throws IOException {
            ProcessHandle.of(Long.parseLong(
                            Files.readString(folder.resolve("pid")).strip()))
                    .ifPresent(ProcessHandle::destroy);
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    @Override
    public void close() throws IOException {
        gateway.destroyForcibly();
        submitter.close();
        network.close();
        cluster.close();
        database.close();
    }
}
