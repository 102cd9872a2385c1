package org.colonnade.execution.slurm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.colonnade.execution.ClusterAccounts;
import org.colonnade.execution.Clusters;
import org.colonnade.execution.Command;
import org.colonnade.execution.Ending;
import org.colonnade.execution.Limits;
import org.colonnade.execution.Place;
import org.colonnade.execution.Step;
import org.colonnade.execution.admission.Admission;
import org.colonnade.execution.place.Cleaning;
import org.colonnade.execution.place.ClusterAdapter;
import org.colonnade.execution.place.ClusterRun;
import org.colonnade.execution.place.Desk;
import org.colonnade.execution.place.Guests;
import org.colonnade.execution.place.Line;
import org.colonnade.execution.place.Reachability;
import org.colonnade.execution.ssh.SshLink.LocalException;
import org.colonnade.jobs.JobContext;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.Owner;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * One Slurm cluster. A command passes through five steps, each of which may be repeated at any time: it waits for its turn, its
 * folder is filled, it is submitted, it is watched, its results are fetched. What is recorded with the job says which step
 * comes next.
 */
final class SlurmPlace implements ClusterAdapter {

    static final String ENGINE = "slurm";

    /** Recorded before anything is sent: under which account. */
    private static final String ACCOUNT = "account";

    /** Recorded once the cluster gave the job a number. */
    private static final String ID = "id";

    /** The watch wakes a job when there is news; this is for what nobody thought of. */
    private static final Duration RECHECK = Duration.ofMinutes(5);

    private final String name;
    private final SlurmProperties.Cluster cluster;
    private final Path work;
    private final InstantSource clock;
    private final Line line;
    private final Guests guests;
    private final Collector collector;
    private final Connections connections;
    private final Batch batch;
    private final ClusterLimits limits;
    private final Cleaning cleaning;

    /** @param work folder of this machine in which results are put together */
    SlurmPlace(
            String name,
            SlurmProperties.Cluster cluster,
            Path work,
            InstantSource clock,
            Desk desk,
            Admission admission,
            KeyRing keys) {
        this.name = name;
        this.cluster = cluster;
        this.work = work;
        this.clock = clock;
        this.line =
                new Line(name, new Admission.Capacity(cluster.capacity(), cluster.capacityPerOwner()), admission, desk);
        this.guests = new Guests(cluster.allowed(), cluster.denied());
        this.collector = new Collector(name, work, line, clock);
        this.connections = new Connections(name, cluster, keys, clock, desk, line::there);
        this.batch = new Batch(cluster);
        this.limits = new ClusterLimits(name, cluster, clock);
        this.cleaning =
                new Cleaning(ENGINE, cluster.retention(), new Leftovers(connections, cluster.retention(), desk, clock));
    }

    /** Looks for what earlier gateways may have left, and whether the cluster answers. */
    SlurmPlace open() {
        connections.shared().ifPresent(connection -> connection.watch.suspect());
        cleaning.start();
        return this;
    }

    @Override
    public Place place() {
        return place(connections.shared().orElse(null), title());
    }

    private String title() {
        return Objects.requireNonNullElse(cluster.title(), name);
    }

    private Place place(@Nullable Connection connection, String title) {
        if (connection == null) {
            String why = cluster.user() == null
                    ? "You need an account of your own there"
                    : "Its operator has not given it a key yet";
            return new Place(name, title, why, false);
        }
        Reachability.Outage outage = connection.reachability.outage();
        String why = outage == null ? null : Step.Unreachable.sinceInWords(outage.since()) + ". " + outage.why();
        return new Place(name, title, why, true);
    }

    @Override
    public Place placeFor(Owner owner) {
        return connections
                .of(owner)
                .map(entry -> place(
                        entry.getValue(),
                        entry.getKey().equals(Connection.SHARED) ? title() : title() + " (your account)"))
                .orElseGet(this::place);
    }

    /** What users who bring an account are told; empty if they may not. */
    Optional<ClusterAccounts.Offer> offer() {
        return cluster.ownAccounts()
                ? Optional.of(new ClusterAccounts.Offer(name, title(), cluster.host(), cluster.user() != null))
                : Optional.empty();
    }

    void forget(UUID account) {
        connections.forget(account);
    }

    /** Whether the key of the shared account is in the secret store. */
    boolean keepsKeyHere() {
        return cluster.user() != null && cluster.privateKey() == null && cluster.password() == null;
    }

    void renewKey() {
        connections.renew();
    }

    @Override
    public boolean accepts(String jobKind) {
        return cluster.kinds().contains(jobKind);
    }

    @Override
    public boolean welcomes(Owner owner) {
        return guests.welcome(owner)
                && (cluster.user() != null || connections.of(owner).isPresent());
    }

    @Override
    public Clusters.Status status() {
        return SlurmStatus.of(place(), cluster, line, connections.all());
    }

    @Override
    public List<Clusters.Stay> stays(int limit) {
        return line.stays(limit);
    }

    @Override
    public List<Clusters.Check> test() throws InterruptedException {
        Optional<Connection> shared = connections.shared();
        return shared.isPresent()
                ? test(shared.get())
                : List.of(new Clusters.Check("find a key", Duration.ZERO, place().unavailable()));
    }

    List<Clusters.Check> test(ClusterAccounts.Account account) throws InterruptedException {
        return test(connections.of(account));
    }

    private List<Clusters.Check> test(Connection connection) throws InterruptedException {
        var minimal = new Limits(Duration.ofMinutes(1), Duration.ofMinutes(1), 64L << 20, 1, 0, 0, 0, 1);
        List<Clusters.Check> checks = new ConnectionTest(connection).run(batch.resources(minimal));
        String failure = checks.getLast().failure();
        if (failure == null) {
            connection.reachability.answered();
        } else {
            connection.reachability.remember(
                    "Connection test, " + checks.getLast().step() + ": " + failure);
        }
        return checks;
    }

    @Override
    public Step advance(JobContext context, Command command) throws InterruptedException {
        ClusterRun run = ClusterRun.of(context, SlurmPlace.ENGINE);
        Optional<Connection> connection = connection(context, run);
        return connection.isPresent()
                ? advance(context, run, command, connection.get())
                : new Step.Ended(
                        new Ending.NotStarted("The account on " + name + " under which this job ran is gone"),
                        List.of());
    }

    /** A run stays with the account under which it began. */
    private Optional<Connection> connection(JobContext context, ClusterRun run) throws InterruptedException {
        Optional<String> account = run.recorded(context, ACCOUNT);
        if (account.isPresent()) {
            return connections.find(account.get());
        }
        Optional<Map.Entry<String, Connection>> chosen =
                connections.of(context.job().owner());
        if (chosen.isPresent()) {
            run.record(context, ACCOUNT, chosen.get().getKey());
        }
        return chosen.map(Map.Entry::getValue);
    }

    private Step advance(JobContext context, ClusterRun run, Command command, Connection connection)
            throws InterruptedException {
        try {
            Optional<String> id = run.recorded(context, ID);
            return id.isEmpty()
                    ? begin(context, run, command, connection)
                    : look(context, run, command, connection, id.get());
        } catch (Staging.NoSpaceException e) {
            return refused(context, connection, "There is no room left on " + name + ": " + e.getMessage());
        } catch (Slurm.RefusedException e) {
            return refused(context, connection, name + " refused the job: " + e.getMessage());
        } catch (LocalException e) {
            throw new IllegalStateException("A file on the gateway's own disk: " + e.getMessage(), e);
        } catch (IOException e) {
            return unreachable(connection.reachability.failed(e));
        }
    }

    private static Step unreachable(Reachability.Outage outage) {
        return new Step.Unreachable(outage.why(), outage.since(), Duration.ofSeconds(15));
    }

    private Step refused(JobContext context, Connection connection, String why) {
        line.leave(context.job().id(), null);
        connection.reachability.remember(why);
        return new Step.Ended(new Ending.NotStarted(why), List.of());
    }

    private Step begin(JobContext context, ClusterRun run, Command command, Connection connection)
            throws IOException, InterruptedException, Slurm.RefusedException {
        Optional<String> objection = limits.objection(command.limits());
        if (objection.isPresent()) {
            return new Step.Ended(new Ending.NotStarted(objection.get()), List.of());
        }
        Optional<Step> turn = line.ask(context, command.limits());
        return turn.isPresent() ? turn.get() : submit(context, run, command, connection);
    }

    private Step submit(JobContext context, ClusterRun run, Command command, Connection connection)
            throws IOException, InterruptedException, Slurm.RefusedException {
        Optional<String> objection = limits.objection(command.limits(), connection.slurm);
        if (objection.isPresent()) {
            return refused(context, connection, objection.get());
        }
        String folder = connection.folder(run);
        boolean known = false;
        try {
            context.progress(Double.NaN, "Copying files to " + name);
            String id = send(context, run, command, connection, folder);
            connection.reachability.answered();
            run.record(context, ID, id);
            known = true;
            context.log("Submitted to %s as job %s".formatted(name, id));
            connection.watch.follow(id, run.job(), folder, command.limits().wallTime());
            return new Step.Pending("submitted to " + name + " as job " + id, RECHECK);
        } finally {
            if (!known) {
                connection.watch.suspect();
            }
        }
    }

    private String send(JobContext context, ClusterRun run, Command command, Connection connection, String folder)
            throws IOException, InterruptedException, Slurm.RefusedException {
        Path local = Files.createDirectories(work.resolve(run.name()));
        JobId parent = context.job().parent();
        if (parent == null) {
            connection.staging.upload(folder, batch.files(local, connection.tools, command));
            return connection.slurm.submit(folder, run.name(), batch.options(folder, command.limits()));
        }
        try (var unit = connection.arrays.comes(parent)) {
            connection.staging.upload(folder, batch.files(local, connection.tools, command));
            return connection.arrays.submit(context, run, unit, batch.resources(command.limits()), local);
        }
    }

    private Step look(JobContext context, ClusterRun run, Command command, Connection connection, String id)
            throws IOException, InterruptedException {
        connection.watch.follow(
                id, run.job(), connection.folder(run), command.limits().wallTime());
        return switch (connection.watch.sight(id)) {
            case QueueWatch.Sight.NotYet notYet -> pending(connection, id, "is being looked up");
            case QueueWatch.Sight.Seen seen ->
                seen.report().ended()
                        ? collect(context, run, command, connection, seen.report())
                        : pending(connection, id, describe(seen.report()));
            case QueueWatch.Sight.Marked marked ->
                collect(
                        context,
                        run,
                        command,
                        connection,
                        new JobReport(id, null, SlurmState.COMPLETED, null, marked.status(), 0, 0, null));
            case QueueWatch.Sight.Silent silent -> unknown(context, run, connection, id, silent.since());
        };
    }

    private Step unknown(JobContext context, ClusterRun run, Connection connection, String id, Instant since)
            throws InterruptedException {
        if (!connection.watch.isLost(id)) {
            return pending(connection, id, "is unknown to the scheduler since " + since + "; still looking");
        }
        line.leave(context.job().id(), null);
        return ended(
                context,
                run,
                connection,
                id,
                new Ending.Killed(name + " lost job " + id + ": nobody knows it since " + since, true),
                List.of());
    }

    private static String job(String id, String name) {
        return "Job " + id + " on " + name + " ";
    }

    private Step pending(Connection connection, String id, String what) {
        Reachability.Outage outage = connection.reachability.outage();
        return outage != null ? unreachable(outage) : new Step.Pending(job(id, name) + what, RECHECK);
    }

    private String describe(JobReport report) {
        String restarts = report.restarts() == 0
                ? ""
                : ", started again by the cluster " + report.restarts() + (report.restarts() == 1 ? " time" : " times");
        return switch (report.state().phase()) {
            case SUBMITTED -> "is queued" + reason(report) + expected(report.start()) + restarts;
            case RUNNING -> "is running" + restarts;
            case SUSPENDED -> "is suspended by the cluster" + restarts;
            case ENDED -> "has ended";
        };
    }

    private static String reason(JobReport report) {
        return report.reason() == null ? "" : " (" + report.reason() + ")";
    }

    private String expected(@Nullable Instant start) {
        return start == null || start.isBefore(clock.instant())
                ? ""
                : ", expected to start at " + start.truncatedTo(ChronoUnit.MINUTES);
    }

    private Step collect(JobContext context, ClusterRun run, Command command, Connection connection, JobReport report)
            throws IOException, InterruptedException {
        line.leave(context.job().id(), null);
        Step.Ended end = collector.collect(context, run, command, connection, report);
        return ended(context, run, connection, report.id(), end.ending(), end.files());
    }

    private Step ended(
            JobContext context, ClusterRun run, Connection connection, String id, Ending ending, List<Path> files)
            throws InterruptedException {
        connection.watch.forget(id);
        if (ending instanceof Ending.Killed) {
            run.over(context);
        }
        return new Step.Ended(ending, files);
    }

    @Override
    public void abandon(JobContext context) throws InterruptedException {
        ClusterRun run = ClusterRun.of(context, SlurmPlace.ENGINE);
        Optional<Connection> connection = run.recorded(context, ACCOUNT).flatMap(connections::find);
        if (connection.isPresent()) {
            abandon(context, run, connection.get());
        }
        line.leave(context.job().id(), null);
    }

    private void abandon(JobContext context, ClusterRun run, Connection connection) throws InterruptedException {
        try {
            Optional<String> id = run.recorded(context, ID);
            if (id.isPresent()) {
                connection.slurm.cancel(id.get());
                connection.watch.forget(id.get());
            } else if (line.there().contains(run.job())) {
                connection.slurm.forbid(connection.folder(run));
                connection.slurm.cancelByName(run.name());
            }
        } catch (IOException e) {
            connection.watch.suspect();
            throw new IllegalStateException("The job could not be cancelled on " + name + " yet: " + e.getMessage(), e);
        }
    }

    /** What is on the cluster stays there for its time, so that a gateway that dies now finds it again. */
    @Override
    public void release(JobContext context) throws InterruptedException {
        ClusterRun run = ClusterRun.of(context, SlurmPlace.ENGINE);
        line.leave(context.job().id(), null);
        try {
            FileSystemUtils.deleteRecursively(work.resolve(run.name()));
            Optional<Connection> connection = run.recorded(context, ACCOUNT).flatMap(connections::find);
            if (cluster.retention().isZero() && connection.isPresent()) {
                connection.get().staging.remove(connection.get().folder(run));
            }
        } catch (IOException e) {
            context.log("The folder on " + name + " will be removed later: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        cleaning.close();
        connections.close();
    }
}
