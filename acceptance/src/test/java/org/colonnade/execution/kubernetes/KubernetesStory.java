package org.colonnade.execution.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.colonnade.execution.place.Trial.contents;
import static org.colonnade.execution.place.Trial.limits;
import static org.colonnade.execution.place.Trial.shell;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobList;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.ScalableResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.colonnade.benchmarks.clusters.FaultyNetwork;
import org.colonnade.execution.Clusters;
import org.colonnade.execution.Command;
import org.colonnade.execution.Ending;
import org.colonnade.execution.Step;
import org.colonnade.execution.place.LooseDesk;
import org.colonnade.execution.place.OpenDoor;
import org.colonnade.execution.place.RecordingContext;
import org.colonnade.execution.place.Trial;
import org.colonnade.jobs.JobId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** What a Kubernetes place does, whatever stands behind the API. The gateway reaches it through a network of ours. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class KubernetesStory {

    private Path shared;
    private Path work;
    private TestCluster cluster;
    private ObjectStore store;
    private FaultyNetwork network;
    private RecordingContext job;
    private OpenDoor door;
    private LooseDesk desk;
    private KubernetesPlace place;

    /** @param folder an empty one that other users may pass through */
    abstract TestCluster start(Path folder) throws Exception;

    @BeforeAll
    void startCluster(@TempDir Path folder) throws Exception {
        shared = folder;
        assertThat(shared.toFile().setExecutable(true, false)).isTrue();
        store = new ObjectStore(Files.createDirectory(shared.resolve("store")));
        cluster = start(Files.createDirectory(shared.resolve("cluster")));
        network = new FaultyNetwork(cluster.port());
    }

    @AfterAll
    void stopCluster() throws IOException {
        network.close();
        cluster.close();
        store.close();
    }

    @BeforeEach
    void open() throws IOException {
        work = Files.createTempDirectory(shared, "work-");
        job = new RecordingContext();
        door = new OpenDoor();
        desk = new LooseDesk();
        place = newPlace(settings());
    }

    @AfterEach
    void close() {
        place.close();
    }

    private KubernetesPlace newPlace(Settings settings) {
        return new KubernetesPlace(
                        "test",
                        settings.cluster(),
                        store.bucket(),
                        work.resolve("outgoing"),
                        InstantSource.system(),
                        desk,
                        door)
                .open();
    }

    private Settings settings() {
        return new Settings("local/programs:1", Map.of(), Duration.ofMinutes(10), Duration.ofMinutes(5));
    }

    private final class Settings {

        private final String image;
        private final Map<String, String> nodes;
        private final Duration queueTime;
        private final Duration startTime;

        Settings(String image, Map<String, String> nodes, Duration queueTime, Duration startTime) {
            this.image = image;
            this.nodes = nodes;
            this.queueTime = queueTime;
            this.startTime = startTime;
        }

        KubernetesProperties.Cluster cluster() {
            return new KubernetesProperties.Cluster(
                    "Test cluster",
                    Set.of("shell"),
                    cluster.scheme() + "://127.0.0.1:" + network.port(),
                    cluster.token(),
                    cluster.authority(),
                    TestCluster.NAMESPACE,
                    image,
                    null,
                    65532,
                    nodes,
                    store.bucket(),
                    List.of("127.0.0.0/8"),
                    100,
                    100,
                    64,
                    Duration.ofHours(1),
                    DataSize.ofGigabytes(2),
                    queueTime,
                    startTime,
                    Duration.ofHours(1),
                    Map.of(),
                    Set.of(),
                    Set.of());
        }
    }

    @Test
    void aCommandRunsWithItsInputsAndItsResultsComeBack() throws Exception {
        // given
        Path input = Files.writeString(work.resolve("anything"), "14\n28\n");
        Command command = new Command(
                List.of("/bin/sh", "-c", "awk '{s += $1} END {print s}' numbers.txt | tee sum.txt; echo noted >&2"),
                Map.of("numbers.txt", input),
                Map.of(),
                Map.of("PATH", "/usr/bin:/bin"),
                limits(Duration.ofMinutes(5)));
        // when
        Step.Ended ended = runToEnd(command);
        // then
        assertThat(ended.ending()).isEqualTo(new Ending.Exited(0));
        assertThat(contents(ended)).isEqualTo(Map.of("sum.txt", "42\n", "numbers.txt", "14\n28\n"));
        assertThat(job.logged()).contains("42", "noted", "Used on test: 1 core for ");
        assertThat(door.usage(job.job().id())).contains("\"elapsedSeconds\":", "\"cores\":1");
        assertThat(desk.woken()).contains(job.job().id());
    }

    @Test
    void whatUsersWriteReachesTheCommandByteForByteAndNothingElse() throws Exception {
        // given
        String nasty = "a b\t'q' \"d\" $HOME $(PATH) $$ `id` $(touch injected) \\ * ? ; | & > < \n line ü 水 -x";
        Path tool = Files.writeString(work.resolve("tool.py"), """
            import os, sys
            open('argument', 'w').write(sys.argv[1])
            open('variables', 'w').write(repr(sorted(os.environ.items())))
            """);
        Command command = new Command(
                List.of("/usr/bin/python3", "/tools/it", nasty),
                Map.of(),
                Map.of("/tools/it", tool),
                Map.of("NASTY", nasty, "LC_ALL", "C.UTF-8"),
                limits(Duration.ofMinutes(5)));
        // when
        Step.Ended ended = runToEnd(command);
        // then
        assertThat(contents(ended).keySet()).containsExactlyInAnyOrder("argument", "variables");
        assertThat(contents(ended)).containsEntry("argument", nasty);
        assertThat(contents(ended).get("variables")).contains("NASTY").doesNotContain("COLONNADE", "X-Amz");
    }

    @Test
    void theExitStatusOfTheCommandIsTheEndingAndItsFilesComeAllTheSame() throws Exception {
        Step.Ended ended = runToEnd(shell("echo half > half.txt; exit 3"));
        assertThat(ended.ending()).isEqualTo(new Ending.Exited(3));
        assertThat(contents(ended)).isEqualTo(Map.of("half.txt", "half\n"));
    }

    @Test
    void aCommandThatRunsTooLongIsEndedAndWhatItWroteComes() throws Exception {
        Step.Ended ended = runToEnd(shell("echo early > early.txt; sleep 100", limits(Duration.ofSeconds(2))));
        assertThat(ended.ending())
                .isEqualTo(new Ending.LimitReached(Ending.Limit.WALL_TIME, "The job was ended at its time limit"));
        assertThat(contents(ended)).isEqualTo(Map.of("early.txt", "early\n"));
    }

    @Test
    void theDeadlineOfTheClusterEndsAJobToo() throws Exception {
        // given
        place.advance(job, shell("sleep 100"));
        awaitRunning();
        // when
        jobs().withName(name()).edit(found -> {
            found.getSpec().setActiveDeadlineSeconds(1L);
            return found;
        });
        // then
        assertThat(runToEnd(shell("sleep 100")).ending())
                .isEqualTo(
                        new Ending.LimitReached(Ending.Limit.WALL_TIME, "The cluster ended the job at its deadline"));
    }

    @Test
    void aJobThatNoNodeTakesSaysWhyAndIsGivenUpInTime() throws Exception {
        // given
        place.close();
        place = newPlace(new Settings("local/programs:1", Map.of(), Duration.ofSeconds(6), Duration.ofMinutes(1)));
        Command command = shell("true", limits(Duration.ofMinutes(1), 60));
        // when
        Step waits = place.advance(job, command);
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(((Step.Pending) place.advance(job, command)).why())
                        .contains("waits for a node", "Insufficient cpu"));
        // then
        assertThat(waits).isInstanceOf(Step.Pending.class);
        assertThat(((Ending.NotStarted) runToEnd(command).ending()).why())
                .contains("test", "waits for a node", "Insufficient cpu");
        await().untilAsserted(() -> assertThat(jobs().list().getItems())
                .extracting(one -> one.getMetadata().getName())
                .doesNotContain(name()));
        // and a gateway that died before it could say so says the same
        assertThat(runToEnd(command).ending()).isInstanceOf(Ending.NotStarted.class);
    }

    @Test
    void anImageThatCannotBeHadIsNamed() throws Exception {
        // given
        place.close();
        place = newPlace(new Settings(Kubelet.MISSING, Map.of(), Duration.ofMinutes(1), Duration.ofSeconds(3)));
        // when
        Step.Ended ended = runToEnd(shell("true"));
        // then
        assertThat(((Ending.NotStarted) ended.ending()).why()).contains("ImagePullBackOff", Kubelet.MISSING);
    }

    @Test
    void anInvalidJobIsRefusedWithItsCause() throws Exception {
        // given
        place.close();
        place = newPlace(new Settings(
                "local/programs:1", Map.of("no such label!", "x"), Duration.ofMinutes(1), Duration.ofMinutes(1)));
        // when
        Step step = place.advance(job, shell("true"));
        // then
        assertThat(((Ending.NotStarted) ((Step.Ended) step).ending()).why())
                .contains("test refused the job", "nodeSelector", "Invalid value");
        assertThat(door.there("test")).isEmpty();
    }

    @Test
    void whatTheOperatorDoesNotAllowIsRefusedBeforeSubmission() throws Exception {
        Step step = place.advance(job, shell("true", limits(Duration.ofHours(2))));
        assertThat(((Step.Ended) step).ending()).isInstanceOf(Ending.NotStarted.class);
        assertThat(ours()).isEmpty();
    }

    @Test
    void aCancelledJobIsGoneWithItsPodWhetherItWaitsOrRuns() throws Exception {
        // given
        var waiting = new RecordingContext();
        place.advance(waiting, shell("true", limits(Duration.ofMinutes(1), 60)));
        place.advance(job, shell("sleep 300"));
        awaitRunning();
        // when
        for (var context : List.of(waiting, job, waiting, job)) {
            place.abandon(context);
        }
        // then
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(jobs().list().getItems())
                    .extracting(one -> one.getMetadata().getName())
                    .doesNotContain(name(), "colonnade-" + waiting.job().id() + "-1");
            assertThat(podsOf(name())).isEmpty();
        });
        assertThat(cluster.admin()
                        .secrets()
                        .inNamespace(TestCluster.NAMESPACE)
                        .withName(name())
                        .get())
                .isNull();
        assertThat(door.there("test")).isEmpty();
    }

    @Test
    void aJobThatWasCancelledInTheMomentOfItsSubmissionIsRemoved() throws Exception {
        // given a job here that was over before its Job was there, and a gateway that does not follow it
        place.advance(job, shell("sleep 300"));
        place.close();
        desk.put(job.cancelled());
        // when
        place = newPlace(settings());
        // then
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(ours()).isEmpty());
    }

    @Test
    void aSubmissionWhoseAnswerWasLostIsFoundAgain() throws Exception {
        // given a gateway that died after the Job was created and before that was written down
        Command command = shell("sleep 1; echo once >> runs.txt");
        place.advance(job, command);
        String uid = job.recorded("kubernetes.job.1").orElseThrow();
        job.lose("kubernetes.job.1");
        place.close();
        place = newPlace(settings());
        // when
        Step.Ended ended = runToEnd(command);
        // then
        assertThat(job.recorded("kubernetes.job.1")).contains(uid);
        assertThat(contents(ended)).containsEntry("runs.txt", "once\n");
        assertThat(ours()).extracting(one -> one.getMetadata().getUid()).containsExactly(uid);
        assertThat(podsOf(name())).hasSize(1);
    }

    @Test
    void aJobThatEndedWhileNoGatewayWasThereIsCollected() throws Exception {
        // given
        Command command = shell("echo done > done.txt; exit 4");
        place.advance(job, command);
        place.close();
        await().atMost(Duration.ofSeconds(30)).until(this::isOver);
        // when
        place = newPlace(settings());
        Step.Ended ended = runToEnd(command);
        // then
        assertThat(ended.ending()).isEqualTo(new Ending.Exited(4));
        assertThat(contents(ended)).isEqualTo(Map.of("done.txt", "done\n"));
    }

    @Test
    void ofAJobThatTheClusterForgotTheStoreTellsTheEnd() throws Exception {
        // given a job whose time after its end was over before anybody looked
        Command command = shell("echo done > done.txt; exit 5");
        place.advance(job, command);
        place.close();
        await().atMost(Duration.ofSeconds(30)).until(this::isOver);
        jobs().withName(name()).delete();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(ours()).isEmpty());
        // when
        place = newPlace(settings());
        Step.Ended ended = runToEnd(command);
        // then
        assertThat(ended.ending()).isEqualTo(new Ending.Exited(5));
        assertThat(contents(ended)).isEqualTo(Map.of("done.txt", "done\n"));
    }

    @Test
    void aJobThatSomebodyElseRemovedIsNotRunAgain() throws Exception {
        // given
        place.advance(job, shell("sleep 300"));
        awaitRunning();
        // when
        jobs().withName(name()).delete();
        // then
        assertThat(runToEnd(shell("sleep 300")).ending())
                .isInstanceOfSatisfying(
                        Ending.Killed.class,
                        killed -> assertThat(killed.again()).isFalse());
    }

    @Test
    void whatAJobPrintsComesWhileItRunsAndEachLineOnce() throws Exception {
        // given
        Command command = shell("echo first; sleep 4; echo second");
        place.advance(job, command);
        // when
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            assertThat(place.advance(job, command)).isInstanceOf(Step.Pending.class);
            return job.logged().contains("first");
        });
        // then
        assertThat(job.logged()).doesNotContain("second");
        runToEnd(command);
        assertThat(job.logged()).containsOnlyOnce("first").containsOnlyOnce("second");
    }

    @Test
    void ofMuchOutputTheBeginningIsKeptAndTheRestIsSaidToBeLeftOut() throws Exception {
        runToEnd(shell("for n in $(seq 12000); do echo \"line $n of many, many lines of output\"; done"));
        assertThat(job.logged())
                .contains("line 1 of", "the rest of the output is left out")
                .doesNotContain("line 12000 of");
        assertThat(job.logged().length()).isLessThan(PodLog.LIMIT + 2_000);
    }

    @Test
    void aWatchThatWasCutGoesOn() throws Exception {
        // given
        Command command = shell("sleep 4; echo x > x.txt");
        place.advance(job, command);
        awaitRunning();
        long watches = place.status().connections();
        // when
        network.retarget(cluster.port());
        await().atMost(Duration.ofSeconds(20)).until(() -> place.status().connections() >= watches + 2);
        // then
        assertThat(contents(runToEnd(command))).isEqualTo(Map.of("x.txt", "x\n"));
        assertThat(place.place().unavailable()).isNull();
    }

    @Test
    void anApiServerThatIsDownDecidesNothing() throws Exception {
        // given
        Command command = shell("sleep 2; echo done > done.txt");
        var other = new RecordingContext();
        place.advance(job, command);
        awaitRunning();
        cluster.stopApiServer();
        network.retarget(cluster.port());
        try {
            // when
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(place.place().unavailable()).contains("No answer since"));
            Step submission = place.advance(other, shell("echo other > other.txt"));
            Step look = place.advance(job, command);
            Thread.sleep(2_500);
            // then
            assertThat(submission).isInstanceOf(Step.Unreachable.class);
            assertThat(look).isInstanceOf(Step.Unreachable.class);
            assertThat(place.place().open()).isTrue();
            assertThat(place.status().unreachableSince()).isNotNull();
        } finally {
            cluster.startApiServer();
        }
        assertThat(contents(runToEnd(command))).isEqualTo(Map.of("done.txt", "done\n"));
        assertThat(contents(runToEnd(other, shell("echo other > other.txt"))))
                .isEqualTo(Map.of("other.txt", "other\n"));
        await().atMost(Duration.ofSeconds(30)).until(() -> place.place().unavailable() == null);
        assertThat(podsOf(name())).hasSize(1);
    }

    @Test
    void unitsOfAFanOutAreJobsOfTheirOwnUnderOneWatch() throws Exception {
        // given
        await().until(() -> place.status().connections() >= 2);
        long watches = place.status().connections();
        JobId parent = JobId.random();
        List<RecordingContext> units = IntStream.range(0, 6)
                .mapToObj(n -> new RecordingContext(parent))
                .toList();
        // when
        for (var unit : units) {
            place.advance(unit, shell("echo " + unit.job().id() + " > who.txt"));
        }
        // then
        for (var unit : units) {
            assertThat(contents(runToEnd(unit, shell("true"))))
                    .isEqualTo(Map.of("who.txt", unit.job().id() + "\n"));
        }
        assertThat(place.status().connections()).isLessThanOrEqualTo(watches + 2);
    }

    @Test
    void theConnectionTestWalksThroughEveryStep() throws Exception {
        assertThat(place.test())
                .allSatisfy(check -> assertThat(check.failure()).isNull())
                .extracting(Clusters.Check::step)
                .containsExactly(
                        "reach the API server",
                        "ask what the account may do",
                        "close the network to pods",
                        "write to the object store and submit",
                        "watch until it ended",
                        "read",
                        "clean");
        assertThat(jobs().list().getItems())
                .noneMatch(one -> one.getMetadata().getName().startsWith("colonnade-test-"));
        assertThat(cluster.admin()
                        .network()
                        .v1()
                        .networkPolicies()
                        .inNamespace(TestCluster.NAMESPACE)
                        .withName(Manifests.POLICY)
                        .get()
                        .getSpec()
                        .getPolicyTypes())
                .containsExactly("Ingress", "Egress");
    }

    @Test
    void releasedFilesAreGoneHere() throws Exception {
        runToEnd(shell("echo x > x.txt"));
        place.release(job);
        place.release(job);
        try (var left = Files.list(work.resolve("outgoing"))) {
            assertThat(left).isEmpty();
        }
    }

    private void awaitRunning() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> podsOf(name()).stream()
                        .anyMatch(pod -> "Running".equals(pod.getStatus().getPhase())));
    }

    private boolean isOver() {
        return ours().stream()
                .anyMatch(one -> one.getStatus() != null
                        && one.getStatus().getConditions().stream()
                                .anyMatch(condition ->
                                        Set.of("Complete", "Failed").contains(condition.getType())));
    }

    private String name() {
        return "colonnade-" + job.job().id() + "-1";
    }

    private List<Job> ours() {
        return jobs().list().getItems().stream()
                .filter(one -> one.getMetadata().getName().equals(name()))
                .toList();
    }

    private NonNamespaceOperation<Job, JobList, ScalableResource<Job>> jobs() {
        return cluster.admin().batch().v1().jobs().inNamespace(TestCluster.NAMESPACE);
    }

    private List<Pod> podsOf(String name) {
        return cluster.admin()
                .pods()
                .inNamespace(TestCluster.NAMESPACE)
                .withLabel("batch.kubernetes.io/job-name", name)
                .list()
                .getItems();
    }

    private Step.Ended runToEnd(Command command) {
        return runToEnd(job, command);
    }

    private Step.Ended runToEnd(RecordingContext context, Command command) {
        return Trial.runToEnd(place, context, command, Duration.ofSeconds(60));
    }
}
