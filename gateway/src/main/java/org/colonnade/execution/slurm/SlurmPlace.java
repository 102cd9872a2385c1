package org.colonnade.execution.slurm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.colonnade.execution.Clusters;
import org.colonnade.execution.Command;
import org.colonnade.execution.Ending;
import org.colonnade.execution.Limits;
import org.colonnade.execution.Place;
import org.colonnade.execution.Step;
import org.colonnade.execution.place.PlaceAdapter;
import org.colonnade.execution.ssh.SshEndpoint;
import org.colonnade.execution.ssh.SshLink;
import org.colonnade.jobs.JobContext;
import org.colonnade.jobs.JobId;
import org.jspecify.annotations.Nullable;

/**
 * One Slurm cluster. A command passes through four steps, each of which may be repeated at any time: its folder is filled, it
 * is submitted, it is watched, its results are fetched. What is recorded with the job says which step comes next.
 */
final class SlurmPlace implements PlaceAdapter, AutoCloseable {

    /** Recorded once the cluster gave the job a number. */
    private static final String ID = "slurm.id";

    /** Recorded once the results are here. */
    private static final String COLLECTED = "slurm.collected";

    /** A woken job is looked at at once; this is for a gateway that was started anew. */
    private static final Duration RECHECK = Duration.ofSeconds(60);

    private static final Duration CAPACITY_RECHECK = Duration.ofSeconds(5);
    private static final int LOG_LIMIT = 64 << 10;

    private final String name;
    private final SlurmProperties.Cluster cluster;
    private final Path work;
    private final InstantSource clock;
    private final SshLink control;
    private final SshLink transfers;
    private final Slurm slurm;
    private final Staging staging;
    private final Reachability reachability;
    private final QueueWatch watch;

    /**
     * @param work folder of this machine in which results are put together
     * @param wake called when a job should be looked at
     */
    SlurmPlace(
            String name,
            SlurmProperties.Cluster cluster,
            SshEndpoint endpoint,
            Path work,
            InstantSource clock,
            Consumer<JobId> wake) {
        this.name = name;
        this.cluster = cluster;
        this.work = work;
        this.clock = clock;
        this.control = new SshLink(endpoint, cluster.channels(), clock);
        this.transfers = new SshLink(endpoint, Math.min(4, cluster.channels()), clock);
        this.slurm = new Slurm(control);
        this.staging = new Staging(transfers);
        this.reachability = new Reachability(clock);
        this.watch = new QueueWatch(slurm, cluster.poll(), cluster.silence(), reachability, clock, wake);
    }

    @Override
    public Place place() {
        Reachability.Outage outage = reachability.outage();
        return new Place(name, Objects.requireNonNullElse(cluster.title(), name), outage == null ? null : outage.why());
    }

    Clusters.Status status() {
        Reachability.Outage outage = reachability.outage();
        return new Clusters.Status(
                name,
                place().title(),
                cluster.user() + "@" + cluster.host() + ":" + cluster.port(),
                outage == null ? null : outage.since(),
                outage == null ? null : outage.why(),
                watch.size(),
                cluster.capacity(),
                watch.lastLook(),
                watch.looks(),
                control.connections() + transfers.connections());
    }

    List<Clusters.Check> test() throws InterruptedException {
        var minimal = new Limits(Duration.ofMinutes(1), Duration.ofMinutes(1), 64L << 20, 1, 0, 0, 0, 1);
        return new ConnectionTest(control, slurm, staging, cluster.root()).run(resources(minimal));
    }

    @Override
    public boolean accepts(String jobKind) {
        return cluster.kinds().contains(jobKind);
    }

    @Override
    public Step advance(JobContext context, Command command) throws InterruptedException {
        Optional<Ending> refusal = refusal(command.limits());
        if (refusal.isPresent()) {
            return new Step.Ended(refusal.get(), List.of());
        }
        try {
            Optional<String> id = context.recorded(key(context, ID));
            return id.isEmpty() ? submit(context, command) : look(context, command, Long.parseLong(id.get()));
        } catch (Staging.NoSpaceException e) {
            return new Step.Ended(
                    new Ending.NotStarted("There is no room left on " + name + ": " + e.getMessage()), List.of());
        } catch (Slurm.RefusedException e) {
            return new Step.Ended(new Ending.NotStarted(name + " refused the job: " + e.getMessage()), List.of());
        } catch (IOException e) {
            return unreachable(reachability.failed(e));
        }
    }

    private static Step unreachable(Reachability.Outage outage) {
        return new Step.Unreachable(outage.why(), outage.since(), Duration.ofSeconds(15));
    }

    /** What the cluster would refuse, or what the operator does not want there. */
    private Optional<Ending> refusal(Limits limits) {
        if (limits.cores() > cluster.maxCores()) {
            return refused("cores: %d asked, at most %d".formatted(limits.cores(), cluster.maxCores()));
        }
        if (limits.wallTime().compareTo(cluster.maxWallTime()) > 0) {
            return refused("time: %s asked, at most %s".formatted(limits.wallTime(), cluster.maxWallTime()));
        }
        if (limits.memoryBytes() > cluster.maxMemory().toBytes()) {
            return refused("memory: %d MB asked, at most %d MB"
                    .formatted(limits.memoryBytes() >> 20, cluster.maxMemory().toMegabytes()));
        }
        return Optional.empty();
    }

    private Optional<Ending> refused(String what) {
        return Optional.of(new Ending.NotStarted(name + " does not allow this " + what));
    }

    private Step submit(JobContext context, Command command)
            throws IOException, InterruptedException, Slurm.RefusedException {
        if (watch.size() >= cluster.capacity()) {
            return new Step.Pending(
                    "%d jobs are on %s, the most that may be there at once".formatted(watch.size(), name),
                    CAPACITY_RECHECK);
        }
        String folder = folder(context);
        context.progress(Double.NaN, "Copying files to " + name);
        fill(context, folder, command);
        long id = slurm.submit(folder, jobName(context), options(folder, command.limits()));
        reachability.answered();
        context.record(key(context, ID), Long.toString(id));
        context.log("Submitted to %s as job %d%n".formatted(name, id));
        watch.follow(id, context.job().id(), folder, latestEnd(command.limits()));
        return new Step.Pending("submitted to " + name + " as job " + id, RECHECK);
    }

    private void fill(JobContext context, String folder, Command command) throws IOException, InterruptedException {
        Path local = Files.createDirectories(localFolder(context));
        Map<String, Path> control = new HashMap<>();
        control.put("batch.sh", Files.write(local.resolve("batch.sh"), Slurm.resource("batch.sh")));
        control.put("arguments", Files.write(local.resolve("arguments"), nulEnded(command.arguments())));
        List<String> environment = new ArrayList<>();
        command.environment().forEach((key, value) -> environment.add(key + "=" + value));
        control.put("environment", Files.write(local.resolve("environment"), nulEnded(environment)));
        staging.upload(folder, control);
        staging.upload(folder + "/work", command.inputs());
    }

    private static byte[] nulEnded(List<String> items) {
        var text = new StringBuilder();
        for (String item : items) {
            if (item.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("A NUL cannot be part of an argument");
            }
            text.append(item).append('\0');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private List<String> options(String folder, Limits limits) {
        List<String> options = resources(limits);
        options.addAll(List.of("--chdir=" + folder, "--output=scheduler.log", "--open-mode=append", "--no-requeue"));
        return options;
    }

    private List<String> resources(Limits limits) {
        List<String> options = new ArrayList<>(List.of(
                "--ntasks=1",
                "--cpus-per-task=" + limits.cores(),
                "--time=" + Math.max(1, limits.wallTime().plusSeconds(59).toMinutes()),
                "--mem=" + Math.max(1, limits.memoryBytes() >> 20) + "M"));
        if (cluster.partition() != null) {
            options.add("--partition=" + cluster.partition());
        }
        if (cluster.account() != null) {
            options.add("--account=" + cluster.account());
        }
        return options;
    }

    private Step look(JobContext context, Command command, long id) throws IOException, InterruptedException {
        watch.follow(id, context.job().id(), folder(context), latestEnd(command.limits()));
        return switch (watch.sight(id)) {
            case QueueWatch.Sight.NotYet notYet -> pending(id, "is being looked up");
            case QueueWatch.Sight.Seen seen ->
                seen.report().ended() ? collect(context, command, seen.report()) : pending(id, describe(seen.report()));
            case QueueWatch.Sight.Marked marked ->
                collect(context, command, new JobReport(id, SlurmState.COMPLETED, null, marked.status(), 0, 0));
            case QueueWatch.Sight.Silent silent -> unknown(id, silent.since());
        };
    }

    private Step unknown(long id, Instant since) {
        return watch.isLost(id)
                ? ended(id, new Ending.Killed(name + " lost job " + id + ": nobody knows it since " + since), List.of())
                : pending(id, "is unknown to the scheduler since " + since + "; still looking");
    }

    private Step pending(long id, String what) {
        Reachability.Outage outage = reachability.outage();
        return outage != null
                ? unreachable(outage)
                : new Step.Pending("Job " + id + " on " + name + " " + what, RECHECK);
    }

    private static String describe(JobReport report) {
        return switch (report.state().phase()) {
            case SUBMITTED -> report.reason() == null ? "is queued" : "is queued (" + report.reason() + ")";
            case RUNNING ->
                report.restarts() == 0 ? "is running" : "is running, restarted " + report.restarts() + " times";
            case ENDED -> "has ended";
        };
    }

    private Step collect(JobContext context, Command command, JobReport report)
            throws IOException, InterruptedException {
        String folder = folder(context);
        context.progress(Double.NaN, "Fetching results from " + name);
        Integer marker = slurm.markers(List.of(folder)).get(folder);
        List<RemoteFile> files = staging.list(folder + "/work");
        long total = files.stream().mapToLong(RemoteFile::size).sum();
        if (total > command.limits().folderBytes()) {
            return ended(
                    report.id(),
                    new Ending.LimitReached(
                            Ending.Limit.FOLDER_SIZE,
                            "The files are larger than " + command.limits().folderBytes() + " bytes"),
                    List.of());
        }
        Path results = localFolder(context).resolve("results");
        staging.download(folder + "/work", files, results);
        logOutput(context, folder);
        context.record(key(context, COLLECTED), clock.instant().toString());
        return ended(
                report.id(),
                ending(report, marker),
                files.stream().map(file -> results.resolve(file.name())).toList());
    }

    private Step ended(long id, Ending ending, List<Path> files) {
        watch.forget(id);
        return new Step.Ended(ending, files);
    }

    private void logOutput(JobContext context, String folder) throws IOException, InterruptedException {
        if (context.recorded(key(context, COLLECTED)).isEmpty()) {
            for (String stream : List.of("stdout", "stderr", "scheduler.log")) {
                String text = slurm.tail(folder + "/" + stream, LOG_LIMIT);
                if (!text.isBlank()) {
                    context.log(text);
                }
            }
        }
    }

    private static Ending ending(JobReport report, @Nullable Integer marker) {
        return switch (report.state()) {
            case TIMEOUT, DEADLINE ->
                new Ending.LimitReached(Ending.Limit.WALL_TIME, "The cluster ended the job at its time limit");
            case OUT_OF_MEMORY ->
                new Ending.LimitReached(Ending.Limit.MEMORY, "The cluster ended the job for want of memory");
            case CANCELLED -> new Ending.Killed("The job was cancelled on the cluster");
            case NODE_FAIL, BOOT_FAIL, PREEMPTED, REVOKED ->
                new Ending.Killed("The cluster ended the job: " + report.state());
            default -> new Ending.Exited(exitStatus(report, marker));
        };
    }

    /** The marker is exact; the scheduler's word is the fallback. */
    private static int exitStatus(JobReport report, @Nullable Integer marker) {
        if (marker != null) {
            return marker;
        }
        if (report.signal() > 0) {
            return 128 + report.signal();
        }
        if (report.exitCode() != null) {
            return report.exitCode();
        }
        return report.state() == SlurmState.COMPLETED ? 0 : 1;
    }

    @Override
    public void abandon(JobContext context) throws InterruptedException {
        try {
            Optional<String> id = context.recorded(key(context, ID));
            if (id.isPresent()) {
                slurm.cancel(Long.parseLong(id.get()));
                watch.forget(Long.parseLong(id.get()));
            } else {
                slurm.cancelByName(jobName(context));
            }
        } catch (IOException e) {
            throw new IllegalStateException("The job could not be cancelled on " + name + " yet: " + e.getMessage(), e);
        }
    }

    @Override
    public void release(JobContext context) throws InterruptedException {
        try {
            Files.createDirectories(localFolder(context));
            deleteTree(localFolder(context));
            staging.remove(folder(context));
        } catch (IOException e) {
            context.log("The folder on " + name + " will be removed later: " + e.getMessage() + "\n");
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private Instant latestEnd(Limits limits) {
        return clock.instant().plus(limits.wallTime());
    }

    private String jobName(JobContext context) {
        return "colonnade-" + context.job().id() + "-" + context.job().attempt();
    }

    private String folder(JobContext context) {
        return cluster.root() + "/" + jobName(context);
    }

    private Path localFolder(JobContext context) {
        return work.resolve(jobName(context));
    }

    /** Each attempt starts afresh, so what is recorded carries its number. */
    private static String key(JobContext context, String what) {
        return what + "." + context.job().attempt();
    }

    @Override
    public void close() {
        watch.close();
        control.close();
        transfers.close();
    }
}
