package org.colonnade.execution.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.colonnade.execution.Clusters;
import org.colonnade.execution.Command;
import org.colonnade.execution.Ending;
import org.colonnade.execution.Place;
import org.colonnade.execution.Step;
import org.colonnade.execution.admission.Admission;
import org.colonnade.execution.place.Ceiling;
import org.colonnade.execution.place.Cleaning;
import org.colonnade.execution.place.ClusterAdapter;
import org.colonnade.execution.place.ClusterRun;
import org.colonnade.execution.place.Desk;
import org.colonnade.execution.place.Guests;
import org.colonnade.execution.place.Line;
import org.colonnade.execution.place.Reachability;
import org.colonnade.execution.place.Usage;
import org.colonnade.jobs.JobContext;
import org.colonnade.jobs.Owner;
import org.colonnade.storage.StorageProperties;
import org.jspecify.annotations.Nullable;

/**
 * One namespace of a Kubernetes cluster. A command passes through five steps, each of which may be repeated at any time: it waits
 * for its turn, its bundle is put into the object store, its Job is created, it is watched, its results are fetched. What is
 * recorded with the job says which step comes next.
 */
final class KubernetesPlace implements ClusterAdapter {

    static final String ENGINE = "kubernetes";

    /** Recorded once the Job is there. */
    private static final String JOB = "job";

    /** Recorded before a Job that will never start is removed: why. */
    private static final String GIVEN_UP = "given-up";

    /** Recorded once the log and the usage are with the job. */
    private static final String COLLECTED = "collected";

    /** The watch wakes a job when there is news; this is for what nobody thought of. */
    private static final Duration RECHECK = Duration.ofMinutes(5);

    private static final Duration QUOTA_RECHECK = Duration.ofSeconds(30);
    private static final Duration AWAY_RECHECK = Duration.ofSeconds(15);

    private final String name;
    private final KubernetesProperties.Cluster cluster;
    private final InstantSource clock;
    private final Line line;
    private final Guests guests;
    private final Ceiling ceiling;
    private final Api api;
    private final Bundles bundles;
    private final Submission submission;
    private final Reachability reachability;
    private final Reachability store;
    private final ClusterView view;
    private final PodLogs logs;
    private final WorkFolder work;
    private final Cleaning cleaning;

    /** @param folder of this machine in which bundles and results are put together */
    KubernetesPlace(
            String name,
            KubernetesProperties.Cluster cluster,
            StorageProperties.S3 bucket,
            Path folder,
            InstantSource clock,
            Desk desk,
            Admission admission) {
        this.name = name;
        this.cluster = cluster;
        this.clock = clock;
        this.line =
                new Line(name, new Admission.Capacity(cluster.capacity(), cluster.capacityPerOwner()), admission, desk);
        this.guests = new Guests(cluster.allowed(), cluster.denied());
        this.ceiling = new Ceiling(name, cluster.maxCores(), cluster.maxWallTime(), cluster.maxMemory());
        this.api = new Api(cluster);
        this.bundles = new Bundles(bucket, name);
        this.reachability = new Reachability("The API server of " + name, clock);
        this.store = new Reachability("The object store of " + name, clock);
        this.work = new WorkFolder(folder);
        this.submission = new Submission(cluster, api, bundles, work);
        this.view = new ClusterView(api, reachability, clock, desk, line::there);
        this.logs = new PodLogs(api, desk);
        this.cleaning = new Cleaning(ENGINE, cluster.retention(), () -> clean(desk));
    }

    /** Begins to watch; looks for what earlier gateways may have left. */
    KubernetesPlace open() {
        view.start();
        cleaning.start();
        return this;
    }

    private void clean(Desk desk) throws IOException {
        for (String old : bundles.olderThan(clock.instant().minus(cluster.retention()))) {
            boolean due = ClusterRun.parse(ENGINE, old)
                    .filter(run -> Cleaning.isDue(run, desk, cluster.retention(), clock))
                    .isPresent();
            if (due) {
                bundles.remove(old);
            }
        }
    }

    @Override
    public Place place() {
        String why = outage().map(outage -> Step.Unreachable.sinceInWords(outage.since()) + ". " + outage.why())
                .orElse(null);
        return new Place(name, title(), why, true);
    }

    private Optional<Reachability.Outage> outage() {
        return Stream.of(reachability, store)
                .map(Reachability::outage)
                .filter(Objects::nonNull)
                .findFirst();
    }

    private String title() {
        return Objects.requireNonNullElse(cluster.title(), name);
    }

    @Override
    public boolean accepts(String jobKind) {
        return cluster.kinds().contains(jobKind);
    }

    @Override
    public boolean welcomes(Owner owner) {
        return guests.welcome(owner);
    }

    @Override
    public Clusters.Status status() {
        return new Clusters.Status(
                name,
                title(),
                "Kubernetes",
                cluster.server() + ", namespace " + cluster.namespace(),
                outage().map(Reachability.Outage::since).orElse(null),
                outage().map(Reachability.Outage::why).orElse(null),
                line.there().size(),
                line.waiting(),
                line.capacity().jobs(),
                line.capacity().perOwner(),
                new Clusters.Polls(ResourceWatch.LENGTH, view.size(), view.looks(), view.lastAnswer(), Duration.ZERO),
                view.watches(),
                api.calls(),
                Stream.concat(reachability.troubles().stream(), store.troubles().stream())
                        .sorted(Comparator.comparing(Clusters.Trouble::at).reversed())
                        .toList());
    }

    @Override
    public List<Clusters.Stay> stays(int limit) {
        return line.stays(limit);
    }

    @Override
    public List<Clusters.Check> test() throws InterruptedException {
        List<Clusters.Check> checks = new ConnectionTest(api, bundles, submission, work).run();
        String failure = checks.getLast().failure();
        if (failure == null) {
            reachability.answered();
            store.answered();
        } else {
            reachability.remember("Connection test, " + checks.getLast().step() + ": " + failure);
        }
        return checks;
    }

    @Override
    public Step advance(JobContext context, Command command) throws InterruptedException {
        ClusterRun run = ClusterRun.of(context, ENGINE);
        try {
            Optional<String> givenUp = run.recorded(context, GIVEN_UP);
            if (givenUp.isPresent()) {
                return new Step.Ended(new Ending.NotStarted(givenUp.get()), List.of());
            }
            return run.recorded(context, JOB).isEmpty() ? begin(context, run, command) : look(context, run, command);
        } catch (Api.RefusedException e) {
            return refused(context, name + " refused the job: " + e.getMessage());
        } catch (Api.QuotaException e) {
            return new Step.Pending(name + " has no room for the job yet: " + e.getMessage(), QUOTA_RECHECK);
        } catch (Api.UnreachableException e) {
            return unreachable(reachability.failed(e));
        } catch (Bundles.StoreException e) {
            return unreachable(store.failed(e));
        } catch (IOException e) {
            throw new IllegalStateException("A file on the gateway's own disk: " + e.getMessage(), e);
        }
    }

    private static Step unreachable(Reachability.Outage outage) {
        return new Step.Unreachable(outage.why(), outage.since(), AWAY_RECHECK);
    }

    private Step refused(JobContext context, String why) {
        line.leave(context.job().id(), null);
        reachability.remember(why);
        return new Step.Ended(new Ending.NotStarted(why), List.of());
    }

    private Step begin(JobContext context, ClusterRun run, Command command)
            throws IOException, InterruptedException, Api.RefusedException, Api.QuotaException {
        Optional<String> objection = ceiling.objection(command.limits());
        if (objection.isPresent()) {
            return new Step.Ended(new Ending.NotStarted(objection.get()), List.of());
        }
        Optional<Step> turn = line.ask(context, command.limits());
        if (turn.isPresent()) {
            return turn.get();
        }
        context.progress(Double.NaN, "Copying files to " + name);
        Job job = submission.submit(run.name(), command);
        reachability.answered();
        store.answered();
        run.record(context, JOB, job.getMetadata().getUid());
        context.log("Submitted to " + name + " as job " + run.name());
        view.see(job);
        // It may have ended before anybody could be told of it.
        return look(context, run, command);
    }

    private Step look(JobContext context, ClusterRun run, Command command) throws IOException, InterruptedException {
        view.follow(run);
        Optional<Standing> standing = standing(run);
        if (standing.isEmpty()) {
            return gone(context, run, command);
        }
        return switch (standing.get()) {
            case Standing.Queued queued ->
                await(context, run, queued.why(), queued.since().plus(cluster.queueTime()));
            case Standing.Stuck stuck ->
                await(
                        context,
                        run,
                        "cannot start: " + stuck.why(),
                        stuck.hopeless() ? Instant.EPOCH : stuck.since().plus(cluster.startTime()));
            case Standing.Running running -> {
                logs.follow(context, run, view.podsOf(run.name()));
                yield pending(run, "is running", RECHECK);
            }
            case Standing.Ended ended -> collect(context, run, command, ended.ending());
        };
    }

    /** Asks the cluster itself where the watch may not have heard enough to judge by. */
    private Optional<Standing> standing(ClusterRun run) throws IOException, InterruptedException {
        Optional<Standing> standing = view.standing(run.name());
        if (standing.isEmpty()) {
            api.find(run.name()).ifPresent(view::see);
            standing = view.standing(run.name());
        }
        if (standing.filter(Standing.Ended.class::isInstance).isPresent()
                && view.podsOf(run.name()).isEmpty()) {
            api.podsOf(run.name()).forEach(view::see);
            standing = view.standing(run.name());
        }
        return standing;
    }

    private Step pending(ClusterRun run, String what, Duration recheck) {
        Reachability.Outage outage = reachability.outage();
        return outage != null
                ? unreachable(outage)
                : new Step.Pending("Job " + run.name() + " on " + name + " " + what, recheck);
    }

    /** @param latest from then on it is in vain */
    private Step await(JobContext context, ClusterRun run, String what, Instant latest)
            throws IOException, InterruptedException {
        Duration left = Duration.between(clock.instant(), latest).plusMillis(100);
        if (left.isPositive()) {
            return pending(run, what, left.compareTo(RECHECK) < 0 ? left : RECHECK);
        }
        if (hasBegun(run)) {
            return pending(run, "is running", AWAY_RECHECK);
        }
        String why = "Job " + run.name() + " could not start on " + name + ": it " + what;
        run.record(context, GIVEN_UP, why);
        api.delete(run.name());
        view.forget(run.name());
        return refused(context, why);
    }

    /** Asks the cluster itself: the watch may be behind. */
    private boolean hasBegun(ClusterRun run) throws IOException, InterruptedException {
        Optional<Job> job = api.find(run.name());
        if (job.isEmpty()) {
            return false;
        }
        Standing now = Standing.of(job.get(), api.podsOf(run.name()));
        return now instanceof Standing.Running || now instanceof Standing.Ended;
    }

    /** The Job is not there any more: it was removed after its time, or somebody removed it. */
    private Step gone(JobContext context, ClusterRun run, Command command) throws IOException, InterruptedException {
        Optional<SentResults> results = fetch(run, command);
        Ending ending = results.flatMap(SentResults::ending)
                .orElseGet(() -> new Ending.Killed(
                        "The job is not on " + name + " any more, was not removed from here, and left no files",
                        false));
        return ended(context, run, ending, results);
    }

    private Step collect(JobContext context, ClusterRun run, Command command, Ending ending)
            throws IOException, InterruptedException {
        line.leave(context.job().id(), null);
        context.progress(Double.NaN, "Fetching results from " + name);
        Optional<SentResults> results = fetch(run, command);
        // What came with the files is exact, whatever happened to the pod afterwards.
        Ending end = results.flatMap(SentResults::ending).orElse(ending);
        if (run.recorded(context, COLLECTED).isEmpty()) {
            List<Pod> pods = view.podsOf(run.name());
            logs.finish(context, run, pods);
            keepUsage(context, pods, command.limits().cores());
            run.record(context, COLLECTED, clock.instant().toString());
        }
        if (results.isEmpty() && end instanceof Ending.Exited) {
            return ended(
                    context,
                    run,
                    new Ending.Killed("The files of the job are not in the object store", false),
                    results);
        }
        long limit = command.limits().folderBytes();
        return results.filter(files -> files.bytes() > limit).isPresent()
                ? ended(
                        context,
                        run,
                        new Ending.LimitReached(
                                Ending.Limit.FOLDER_SIZE, "The files are larger than " + limit + " bytes"),
                        Optional.empty())
                : ended(context, run, end, results);
    }

    private Optional<SentResults> fetch(ClusterRun run, Command command) throws IOException {
        Optional<InputStream> archive = bundles.results(run.name());
        if (archive.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = archive.get()) {
            return Optional.of(SentResults.unpack(
                    in, work.results(run.name()), command.limits().folderBytes()));
        }
    }

    private Step ended(JobContext context, ClusterRun run, Ending ending, Optional<SentResults> results)
            throws InterruptedException {
        line.leave(context.job().id(), null);
        view.forget(run.name());
        logs.forget(run.name());
        if (ending instanceof Ending.Killed) {
            run.over(context);
        }
        return new Step.Ended(ending, results.map(SentResults::files).orElse(List.of()));
    }

    private void keepUsage(JobContext context, List<Pod> pods, int cores) throws InterruptedException {
        Optional<Usage> usage = pods.stream()
                .filter(pod -> pod.getStatus() != null)
                .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                .map(ContainerStatus::getState)
                .filter(state -> state != null && state.getTerminated() != null)
                .map(state -> time(
                        state.getTerminated().getStartedAt(),
                        state.getTerminated().getFinishedAt()))
                .filter(Objects::nonNull)
                .map(elapsed -> new Usage(1, cores, elapsed, null, null, 0))
                .findFirst();
        if (usage.isPresent()) {
            context.log("Used on " + name + ": " + usage.get().inWords());
            line.leave(context.job().id(), usage.get().toJson());
        }
    }

    private static @Nullable Duration time(@Nullable String from, @Nullable String to) {
        return from == null || to == null ? null : Duration.between(Instant.parse(from), Instant.parse(to));
    }

    @Override
    public void abandon(JobContext context) throws InterruptedException {
        ClusterRun run = ClusterRun.of(context, ENGINE);
        try {
            if (run.recorded(context, JOB).isPresent()
                    || line.there().contains(context.job().id())) {
                api.delete(run.name());
            }
        } catch (IOException e) {
            throw new IllegalStateException("The job could not be cancelled on " + name + " yet: " + e.getMessage(), e);
        } finally {
            logs.forget(run.name());
        }
        view.forget(run.name());
        line.leave(context.job().id(), null);
    }

    /** What is on the cluster and in the store stays there for its time, so that a gateway that dies now finds it again. */
    @Override
    public void release(JobContext context) throws InterruptedException {
        ClusterRun run = ClusterRun.of(context, ENGINE);
        line.leave(context.job().id(), null);
        try {
            work.remove(run.name());
            if (cluster.retention().isZero()) {
                api.delete(run.name());
                bundles.remove(run.name());
            }
        } catch (IOException e) {
            context.log("The files on " + name + " will be removed later: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        cleaning.close();
        view.close();
        logs.close();
        api.close();
    }
}
