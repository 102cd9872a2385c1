package org.colonnade.execution.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.colonnade.execution.place.Trial.shell;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.colonnade.execution.Command;
import org.colonnade.execution.Ending;
import org.colonnade.execution.Step;
import org.colonnade.execution.place.LooseDesk;
import org.colonnade.execution.place.OpenDoor;
import org.colonnade.execution.place.RecordingContext;
import org.colonnade.execution.place.Trial;
import org.colonnade.execution.ssh.SshLink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same place on a Slurm that keeps accounts, forgets jobs soon, and shows its queue over slurmrestd. */
class AccountingTest {

    private static OneNodeSlurm slurm;

    @TempDir
    Path work;

    private final RecordingContext job = new RecordingContext();
    private final OpenDoor door = new OpenDoor();
    private SlurmPlace place;

    @BeforeAll
    static void startCluster() throws Exception {
        slurm = OneNodeSlurm.start("--accounting", "--min-job-age", "3", "--rest");
    }

    @AfterAll
    static void stopCluster() {
        slurm.close();
    }

    @BeforeEach
    void open() {
        place = newPlace();
    }

    @AfterEach
    void close() {
        place.close();
    }

    private SlurmPlace newPlace() {
        return new SlurmPlace(
                "test", slurm.properties(), work, InstantSource.system(), new LooseDesk(), door, KeyRing.EMPTY);
    }

    @Test
    void theQueueIsReadOverSlurmrestdAndBySqueueWhereThatDoesNotAnswer() throws Exception {
        // given
        place.advance(job, shell("exit 5"));
        String number = job.recorded("slurm.id.1").orElseThrow();
        var there = new Slurm.RestSocket(slurm.restSocket(), "v0.0.38");
        var nowhere = new Slurm.RestSocket("/nowhere", "v0.0.38");
        try (var link = new SshLink(slurm.endpoint(), 2, InstantSource.system())) {
            // when
            var answer = link.run(there.jobs(), 16 << 20, Duration.ofSeconds(30));
            var silence = link.run(nowhere.jobs(), 16 << 20, Duration.ofSeconds(30));
            // then
            assertThat(answer.status()).isZero();
            assertThat(JobReports.fromSqueue(answer.out()))
                    .filteredOn(report -> report.id().equals(number))
                    .singleElement()
                    .extracting(JobReport::name)
                    .isEqualTo("colonnade-" + job.job().id() + "-1");
            assertThat(silence.status()).isNotZero();
            assertThat(new Slurm(link, nowhere).queue())
                    .extracting(JobReport::id)
                    .contains(number);
        }
        assertThat(runToEnd(shell("exit 5")).ending()).isEqualTo(new Ending.Exited(5));
    }

    @Test
    void whatAJobUsedIsKeptWithItAndSaidInItsLog() throws Exception {
        runToEnd(shell("sleep 1"));
        assertThat(job.logged()).contains("Used on test: 1 core for ");
        assertThat(door.usage(job.job().id())).contains("\"elapsedSeconds\":", "\"cores\":1");
    }

    @Test
    @Tag("A.13")
    void ofAJobThatTheControllerForgotTheAccountingTellsTheEnd() throws Exception {
        // given a job that ended and was purged while nobody looked, and whose own note of its end is lost
        Command command = shell("echo half > half.txt; exit 3");
        place.advance(job, command);
        String number = job.recorded("slurm.id.1").orElseThrow();
        place.close();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !slurm.command("squeue", "-h", "-t", "all", "-o", "%A")
                        .lines()
                        .toList()
                        .contains(number));
        Files.delete(slurm.root().resolve("colonnade-" + job.job().id() + "-1").resolve("ended"));
        place = newPlace();
        // when
        Step.Ended ended = runToEnd(command);
        // then
        assertThat(ended.ending()).isEqualTo(new Ending.Exited(3));
        assertThat(ended.files()).extracting(Path::getFileName).containsExactly(Path.of("half.txt"));
    }

    private Step.Ended runToEnd(Command command) {
        return Trial.runToEnd(place, job, command, Duration.ofSeconds(90));
    }
}
