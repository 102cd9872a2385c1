package org.colonnade.execution.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.colonnade.execution.place.Trial.contents;
import static org.colonnade.execution.place.Trial.limits;
import static org.colonnade.execution.place.Trial.shell;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.colonnade.benchmarks.clusters.FaultyNetwork;
import org.colonnade.execution.ClusterAccounts;
import org.colonnade.execution.Clusters;
import org.colonnade.execution.Command;
import org.colonnade.execution.Ending;
import org.colonnade.execution.Limits;
import org.colonnade.execution.Step;
import org.colonnade.execution.place.LooseDesk;
import org.colonnade.execution.place.OpenDoor;
import org.colonnade.execution.place.RecordingContext;
import org.colonnade.execution.place.Trial;
import org.colonnade.execution.ssh.SshLink;
import org.colonnade.execution.ssh.UnreachableException;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.Owner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SlurmPlaceTest {

    /** Slurm counts time limits in whole minutes: this one begins before the other tests, and is looked at after them. */
    private static final RecordingContext TOO_LONG = new RecordingContext();

    private static OneNodeSlurm slurm;
    private static Path tooLong;

    @TempDir
    Path work;

    private SlurmPlace place;
    private final RecordingContext job = new RecordingContext();
    private final OpenDoor door = new OpenDoor();

    @BeforeAll
    static void startCluster() throws Exception {
        slurm = OneNodeSlurm.start();
        tooLong = Files.createTempDirectory("colonnade-too-long-");
        try (var place = newPlace(slurm.properties(), tooLong, new OpenDoor())) {
            place.advance(TOO_LONG, tooLong());
        }
    }

    @AfterAll
    static void stopCluster() {
        slurm.close();
        FileSystemUtils.deleteRecursively(tooLong.toFile());
    }

    @BeforeEach
    void open() throws IOException {
        place = newPlace();
    }

    @AfterEach
    void close() {
        place.close();
    }

    private SlurmPlace newPlace() throws IOException {
        return newPlace(slurm.properties());
    }

    private SlurmPlace newPlace(SlurmProperties.Cluster properties) throws IOException {
        return newPlace(properties, work, door);
    }

    private static SlurmPlace newPlace(SlurmProperties.Cluster properties, Path work, OpenDoor door) {
        return new SlurmPlace("test", properties, work, InstantSource.system(), new LooseDesk(), door, KeyRing.EMPTY);
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
        assertThat(contents(ended)).containsEntry("sum.txt", "42\n").containsEntry("numbers.txt", "14\n28\n");
        assertThat(job.logged()).contains("42", "noted");
    }

    @Test
    @Tag("A.5")
    void whatUsersWriteReachesTheCommandByteForByteAndNothingElse() throws Exception {
        // given
        String nasty = "a b\t'q' \"d\" $HOME `id` $(touch injected) \\ * ? ; | & > < \n line ü 水 -x";
        Command command = new Command(
                List.of("/usr/bin/env", "python3", "-c", """
                    import os, sys
                    open('argument', 'w').write(sys.argv[1])
                    open('variable', 'w').write(os.environ['NASTY'])
                    """, nasty),
                Map.of(),
                Map.of(),
                Map.of("PATH", "/usr/bin:/bin", "NASTY", nasty, "LC_ALL", "C.UTF-8"),
                limits(Duration.ofMinutes(5)));
        // when
        Step.Ended ended = runToEnd(command);
        // then
        assertThat(contents(ended)).isEqualTo(Map.of("argument", nasty, "variable", nasty));
    }

    @Test
    @Tag("A.6")
    void theExitStatusOfTheCommandIsTheEnding() throws Exception {
        assertThat(runToEnd(shell("echo half > half.txt; exit 3")).ending()).isEqualTo(new Ending.Exited(3));
    }

    @Test
    void aSubmissionWhoseAnswerWasLostIsFoundAgain() throws Exception {
        // given a gateway that died after sbatch and before it wrote the number down
        place.advance(job, shell("sleep 1; echo once >> runs.txt"));
        String number = job.recorded("slurm.id.1").orElseThrow();
        job.lose("slurm.id.1");
        place.close();
        place = newPlace();
        // when
        Step.Ended ended = runToEnd(shell("sleep 1; echo once >> runs.txt"));
        // then
        assertThat(job.recorded("slurm.id.1")).contains(number);
        assertThat(contents(ended)).containsEntry("runs.txt", "once\n");
        assertThat(jobsNamed()).containsExactly(number);
    }

    @Test
    @Tag("A.9")
    void aCancelledJobIsGoneFromTheCluster() throws Exception {
        // given
        place.advance(job, shell("sleep 300"));
        String number = job.recorded("slurm.id.1").orElseThrow();
        // when
        place.abandon(job);
        place.abandon(job);
        // then
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(slurm.command("squeue", "-h", "-t", "all", "-j", number, "-o", "%T"))
                        .isEqualTo("CANCELLED"));
    }

    @Test
    @Tag("A.9")
    void aJobIsCancelledBeforeItsTurnWhileItIsSentAndWhileSlurmHoldsIt() throws Exception {
        // given one that never had its turn, and one that Slurm holds back
        var early = new RecordingContext();
        slurm.command("scontrol", "update", "PartitionName=main", "State=DOWN");
        try {
            place.advance(job, shell("touch started"));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> jobsNamed("PENDING").size() == 1);
            // when
            place.abandon(early);
            place.abandon(job);
            // then
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> jobsNamed("CANCELLED").size() == 1);
        } finally {
            slurm.command("scontrol", "update", "PartitionName=main", "State=UP");
        }
        assertThat(slurm.root().resolve("colonnade-" + job.job().id() + "-1/work/started"))
                .doesNotExist();
        assertThat(slurm.root().resolve("colonnade-" + early.job().id() + "-1")).doesNotExist();
        // and one whose files are under way
        var sent = new RecordingContext();
        Path large = Files.createFile(work.resolve("large"));
        try (var file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(1L << 30);
        }
        var command = new Command(
                List.of("/bin/true"), Map.of("large", large), Map.of(), Map.of(), limits(Duration.ofMinutes(1)));
        Path part = slurm.root().resolve("colonnade-" + sent.job().id() + "-1/work/large.part");
        Thread sending = Thread.ofVirtual().start(() -> advance(sent, command));
        await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(part));
        sending.interrupt();
        sending.join();
        place.abandon(sent);
        assertThat(sent.recorded("slurm.id.1")).isEmpty();
        assertThat(jobsNamed(sent, "all")).isEmpty();
    }

    private void advance(RecordingContext context, Command command) {
        try {
            place.advance(context, command);
        } catch (InterruptedException cancelled) {
            // As the job engine does it.
        }
    }

    @Test
    @Tag("A.11")
    void aLoginNodeThatDoesNotAnswerDecidesNothing() throws Exception {
        // given
        place.advance(job, shell("sleep 2; echo done > done.txt"));
        slurm.stop("sshd");
        Step during;
        try {
            place.close();
            place = newPlace();
            // when
            RecordingContext other = new RecordingContext();
            during = place.advance(other, shell("true"));
        } finally {
            slurm.start("sshd");
        }
        // then
        assertThat(during).isInstanceOf(Step.Unreachable.class);
        assertThat(contents(runToEnd(shell("sleep 2; echo done > done.txt")))).containsEntry("done.txt", "done\n");
    }

    @Test
    void aControllerThatIsDownDecidesNothing() throws Exception {
        // given
        Command command = shell("sleep 2; echo done > done.txt");
        place.advance(job, command);
        slurm.stop("slurmctld");
        try {
            // when
            Step submission = place.advance(new RecordingContext(), shell("true"));
            Step look = place.advance(job, command);
            // then
            assertThat(submission).isInstanceOf(Step.Unreachable.class);
            assertThat(look).isNotInstanceOf(Step.Ended.class);
        } finally {
            slurm.start("slurmctld");
        }
        assertThat(contents(runToEnd(command))).containsEntry("done.txt", "done\n");
    }

    @Test
    @Tag("A.14")
    void aHostWithAnotherKeyGetsNoCredential() throws Exception {
        // given
        String other = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIO2U7X3QURR7ahmziVN0dRfc8KeSYwTY1TfIgWoKlS43";
        try (var wary = newPlace(slurm.properties(Duration.ofDays(7), other))) {
            // when
            Step step = wary.advance(job, shell("true"));
            // then
            assertThat(step).isInstanceOf(Step.Unreachable.class);
            assertThat(wary.place().unavailable()).contains("No answer since", "another host key");
        }
    }

    @Test
    @Tag("A.17")
    void whatTheOperatorDoesNotAllowIsRefusedBeforeSubmission() throws Exception {
        Step step = place.advance(job, shell("true", limits(Duration.ofHours(2))));
        assertThat(step).isInstanceOf(Step.Ended.class);
        assertThat(((Step.Ended) step).ending()).isInstanceOf(Ending.NotStarted.class);
        assertThat(jobsNamed()).isEmpty();
    }

    @Test
    void unitsOfAFanOutGoTogetherAsOneJobArray() throws Exception {
        // given units that fill their folders at the same time, over connections that stand
        place.advance(job, shell("true"));
        JobId parent = JobId.random();
        List<RecordingContext> units = IntStream.range(0, 5)
                .mapToObj(n -> new RecordingContext(parent))
                .toList();
        // when
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var unit : units) {
                threads.submit(() -> place.advance(unit, shell("pwd > where.txt; exit 4")));
            }
        }
        // then
        List<String> numbers = units.stream()
                .map(unit -> unit.recorded("slurm.id.1").orElseThrow())
                .toList();
        assertThat(numbers).doesNotHaveDuplicates().allMatch(number -> number.contains("_"));
        assertThat(numbers.stream().map(number -> number.split("_")[0]).distinct())
                .hasSize(1);
        for (var unit : units) {
            Step.Ended ended = runToEnd(unit, shell("pwd > where.txt; exit 4"));
            assertThat(ended.ending()).isEqualTo(new Ending.Exited(4));
            assertThat(contents(ended).get("where.txt"))
                    .contains(unit.job().id().toString());
        }
    }

    @Test
    void anArrayWhoseAnswerWasLostIsFoundAgainByEachOfItsUnits() throws Exception {
        // given
        var unit = new RecordingContext(JobId.random());
        place.advance(unit, shell("echo once >> runs.txt"));
        String number = unit.recorded("slurm.id.1").orElseThrow();
        unit.lose("slurm.id.1");
        place.close();
        place = newPlace();
        // when
        Step.Ended ended = runToEnd(unit, shell("echo once >> runs.txt"));
        // then
        assertThat(unit.recorded("slurm.id.1")).contains(number);
        assertThat(contents(ended)).containsEntry("runs.txt", "once\n");
    }

    @Test
    void theConnectionTestWalksThroughEveryStep() throws Exception {
        assertThat(place.test())
                .allSatisfy(check -> assertThat(check.failure()).isNull())
                .extracting(Clusters.Check::step)
                .containsExactly(
                        "log in",
                        "ask when a job would start",
                        "write",
                        "submit",
                        "look at the queue until it ended",
                        "read",
                        "clean");
    }

    @Test
    @Tag("A.25")
    void muchOutputIsAFileAndOnlyItsEndIsInTheLog() throws Exception {
        // given
        Command command = shell(
                "head -c 200000000 /dev/zero | tr '\\0' 'x'; echo; echo last words; echo own > stdout.mine",
                new Limits(
                        Duration.ofMinutes(5), Duration.ofMinutes(5), 1L << 30, 64, 1L << 30, 2L << 30, 300L << 20, 1));
        long before = usedMemory();
        // when
        Step.Ended ended = runToEnd(command);
        // then
        assertThat(ended.ending()).isEqualTo(new Ending.Exited(0));
        Path output = ended.files().stream()
                .filter(file -> file.endsWith("stdout.txt"))
                .findFirst()
                .orElseThrow();
        assertThat(Files.size(output)).isEqualTo(200_000_012L);
        assertThat(job.logged()).contains("the end of stdout, which is the file stdout.txt", "last words");
        assertThat(job.logged().length()).isLessThan(70_000);
        assertThat(usedMemory() - before).as("bytes held").isLessThan(50L << 20);
    }

    @Test
    void largeFilesTravelAloneAndWhatIsThereIsNotSentAgain() throws Exception {
        // given
        Path nine = Files.write(work.resolve("nine"), new byte[9 << 20]);
        Path twenty = Files.write(work.resolve("twenty"), new byte[20 << 20]);
        String folder = slurm.root() + "/staging";
        try (var link = new SshLink(slurm.endpoint(), 2, InstantSource.system())) {
            var staging = new Staging(link);
            // when
            staging.upload(folder, Map.of("large", twenty));
            staging.upload(folder, Map.of("a", nine, "b", nine));
            staging.upload(folder, Map.of("a", nine, "b", nine));
            // then
            assertThat(staging.list(folder))
                    .extracting(RemoteFile::name, RemoteFile::size)
                    .containsExactlyInAnyOrder(tuple("large", 20L << 20), tuple("a", 9L << 20), tuple("b", 9L << 20));
        }
    }

    @Test
    void whatAnotherTransferStillAppendsIsNoticed() throws Exception {
        // given a file of which the far end got more than there is, as from a transfer that was given up too early
        Path twenty = Files.write(work.resolve("twenty"), new byte[20 << 20]);
        Path folder = Files.createDirectories(slurm.root().resolve("appended"));
        try (var link = new SshLink(slurm.endpoint(), 2, InstantSource.system())) {
            var staging = new Staging(link);
            Files.write(folder.resolve("large.part"), new byte[21 << 20]);
            // when
            assertThatThrownBy(() -> staging.upload(folder.toString(), Map.of("large", twenty)))
                    .hasMessageContaining("did not arrive whole");
            staging.upload(folder.toString(), Map.of("large", twenty));
            // then
            assertThat(folder.resolve("large")).hasSameBinaryContentAs(twenty);
            try (var left = Files.list(folder)) {
                assertThat(left).containsExactly(folder.resolve("large"));
            }
        }
    }

    @Test
    void aHostThatFellSilentIsGivenUpAfterThreeHeartbeats() throws Exception {
        try (var network = new FaultyNetwork(slurm.port());
                var link =
                        new SshLink(slurm.endpoint(network.port()), 2, InstantSource.system(), Duration.ofSeconds(1));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // given a command under way, and nobody who sends anything
            var waiting = threads.submit(() -> link.run("sleep 120", 100, Duration.ofMinutes(2)));
            await().atMost(Duration.ofSeconds(20)).until(() -> link.commands() == 1 && link.isOpen());
            await().during(Duration.ofSeconds(4)).atMost(Duration.ofSeconds(20)).until(link::isOpen);
            // when nothing passes any more, and neither side hears of an end
            network.mood(FaultyNetwork.Mood.SILENT);
            // then
            await().atMost(Duration.ofSeconds(20)).until(() -> !link.isOpen());
            assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(UnreachableException.class);
            network.mood(FaultyNetwork.Mood.FINE);
            link.hurry();
            assertThat(link.run("echo there", 100, Duration.ofSeconds(20)).out())
                    .isEqualTo("there\n");
        }
    }

    @Test
    void aJobThatTheClusterStartsAgainIsOneRunAndSaysSo() throws Exception {
        // given
        Command command = shell("echo begun >> runs.txt; [ $(wc -l < runs.txt) = 2 ] || sleep 300");
        place.advance(job, command);
        String number = job.recorded("slurm.id.1").orElseThrow();
        // when
        requeue(number, folder().resolve("work/runs.txt"), command);
        startSoon(number);
        Step.Ended ended = runToEnd(command);
        assertThat(ended.ending()).isEqualTo(new Ending.Exited(0));
        assertThat(contents(ended)).containsEntry("runs.txt", "begun\nbegun\n");
        assertThat(jobsNamed()).containsExactly(number);
        assertThat(job.recorded("slurm.id.1")).contains(number);
        assertThat(job.recorded("slurm.id.2")).isEmpty();
    }

    @Test
    void howAnEarlierStartEndedIsNotHowTheLastOneDid() throws Exception {
        // given a command that ended well just as its node was lost, and a second start that does not come about
        Command command = shell("touch begun; sleep 300");
        place.advance(job, command);
        String number = job.recorded("slurm.id.1").orElseThrow();
        requeue(number, folder().resolve("work/begun"), command);
        Files.writeString(folder().resolve("ended"), "0 2026-01-01T00:00:00Z 0\n");
        Files.delete(folder().resolve("scheduler.log"));
        Files.createDirectory(folder().resolve("scheduler.log"));
        // when
        startSoon(number);
        // then
        assertThat(runToEnd(command).ending()).isEqualTo(new Ending.Exited(1));
    }

    /** Has a job that began taken back, and waits until it is said to be queued again. */
    private void requeue(String number, Path begun, Command command) throws Exception {
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(begun));
        slurm.command("scontrol", "update", "JobId=" + number, "Requeue=1");
        slurm.command("scontrol", "requeue", number);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> place.advance(job, command) instanceof Step.Pending pending
                        && pending.why().contains("is queued")
                        && pending.why().contains("started again by the cluster 1 time"));
    }

    /**
     * Shortens the two minutes that Slurm lets pass before it starts a job again. Some of them it needs: a node counts in
     * seconds, and takes a start in the second in which it ended the run before for a part of that one ("Job credential
     * revoked"), which ends the job as failed.
     */
    private static void startSoon(String number) throws Exception {
        slurm.command("scontrol", "update", "JobId=" + number, "StartTime=now+2");
    }

    private Path folder() {
        return slurm.root().resolve("colonnade-" + job.job().id() + "-1");
    }

    @Test
    void moreOutputThanAllowedIsALimit() throws Exception {
        assertThat(runToEnd(shell("head -c 3000000 /dev/zero | tr '\\0' 'x'")).ending())
                .isEqualTo(new Ending.LimitReached(Ending.Limit.OUTPUT, "It printed more than 1048576 bytes"));
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    @Tag("A.8")
    @Order(Integer.MAX_VALUE)
    void aCommandThatRunsTooLongIsEndedByTheCluster() throws Exception {
        Step.Ended ended = Trial.runToEnd(place, TOO_LONG, tooLong(), Duration.ofMinutes(3));
        assertThat(ended.ending())
                .isEqualTo(
                        new Ending.LimitReached(Ending.Limit.WALL_TIME, "The cluster ended the job at its time limit"));
        assertThat(contents(ended)).isEqualTo(Map.of("early.txt", "early\n"));
    }

    @Test
    @Tag("A.23")
    void thirtyJobsCostOneCommandPerIntervalAndTwoConnections() throws Exception {
        // given
        List<RecordingContext> jobs =
                IntStream.range(0, 30).mapToObj(n -> new RecordingContext()).toList();
        for (var one : jobs) {
            place.advance(one, shell("sleep 600"));
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> place.status().polls().watched() == 30);
        // when
        Clusters.Status before = place.status();
        Thread.sleep(8_000);
        Clusters.Status after = place.status();
        // then
        long looks = after.polls().looks() - before.polls().looks();
        assertThat(looks).isBetween(2L, 17L);
        assertThat(after.commands() - before.commands()).isLessThanOrEqualTo(looks + 1);
        assertThat(after.connections()).isLessThanOrEqualTo(2);
        for (var one : jobs) {
            place.abandon(one);
        }
    }

    @Test
    @Tag("A.18")
    void onlyThoseWhoMayUseTheClusterAreWelcome() throws Exception {
        try (var choosy = newPlace(slurm.properties(Set.of("user:1", "user:2"), Set.of("user:2")))) {
            assertThat(choosy.welcomes(new Owner("user:1"))).isTrue();
            assertThat(choosy.welcomes(new Owner("user:2"))).isFalse();
            assertThat(choosy.welcomes(new Owner("user:3"))).isFalse();
        }
        assertThat(place.welcomes(new Owner("user:3"))).isTrue();
    }

    @Test
    void anOwnersAccountRunsThatOwnersJobsInAFolderOfItsOwn() throws Exception {
        // given
        Path root = Files.createDirectories(slurm.root().resolve("own"));
        var account = new ClusterAccounts.Account(
                UUID.randomUUID(), "test", slurm.user(), root.toString(), "ssh-ed25519 …", Instant.now());
        place.close();
        place = new SlurmPlace(
                "test",
                slurm.ownAccounts(),
                work,
                InstantSource.system(),
                new LooseDesk(),
                door,
                OneAccount.of(job.job().owner(), account, Files.readString(slurm.privateKey())));
        // when
        Step.Ended ended = runToEnd(shell("pwd > where.txt"));
        // then
        assertThat(contents(ended).get("where.txt")).startsWith(root.toString());
        assertThat(place.placeFor(job.job().owner()).title()).isEqualTo("Test cluster (your account)");
        assertThat(place.welcomes(new Owner("user:3")))
                .as("there is no shared account")
                .isFalse();
        assertThat(place.test(account))
                .allSatisfy(check -> assertThat(check.failure()).isNull());
    }

    @Test
    void aLoginNodeBehindAnotherHostIsReachedThroughIt() throws Exception {
        try (var behind = newPlace(slurm.behindItself())) {
            Step.Ended ended = Trial.runToEnd(behind, job, shell("echo through > through.txt"), Duration.ofSeconds(60));
            assertThat(contents(ended)).isEqualTo(Map.of("through.txt", "through\n"));
        }
    }

    @Test
    void releasedFoldersAreGoneHereAndThere() throws Exception {
        place.close();
        place = newPlace(slurm.properties(Duration.ZERO, slurm.hostKey()));
        runToEnd(shell("echo x > x.txt"));
        place.release(job);
        place.release(job);
        assertThat(slurm.root().resolve("colonnade-" + job.job().id() + "-1")).doesNotExist();
        try (var left = Files.list(work)) {
            assertThat(left).isEmpty();
        }
    }

    private static Command tooLong() {
        return shell("echo early > early.txt; sleep 300", limits(Duration.ofMinutes(1)));
    }

    private Step.Ended runToEnd(Command command) {
        return runToEnd(job, command);
    }

    private Step.Ended runToEnd(RecordingContext job, Command command) {
        return Trial.runToEnd(place, job, command, Duration.ofSeconds(60));
    }

    private List<String> jobsNamed() throws Exception {
        return jobsNamed("all");
    }

    private List<String> jobsNamed(String state) throws Exception {
        return jobsNamed(job, state);
    }

    private List<String> jobsNamed(RecordingContext context, String state) throws Exception {
        return slurm.command(
                        "squeue",
                        "-h",
                        "-t",
                        state,
                        "--name=colonnade-" + context.job().id() + "-1",
                        "-o",
                        "%A")
                .lines()
                .toList();
    }
}
