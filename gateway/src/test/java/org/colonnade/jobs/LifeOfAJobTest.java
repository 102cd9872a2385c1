package org.colonnade.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What somebody sees who submits one job and follows it. */
class LifeOfAJobTest {

    private static final Owner ANNA = new Owner("user:anna");
    private static final CountDownLatch GATE = new CountDownLatch(1);
    private static final AtomicInteger TRIES = new AtomicInteger();

    private static JobsRoom room;
    private static Jobs jobs;

    @BeforeAll
    static void open() {
        room = new JobsRoom();
        jobs = room.started(
                        Kind.of("echo", context -> {
                            context.progress(0.5, "half way");
                            context.log("first line\nsecond line");
                            context.log("nul \0 in a line");
                            return Outcome.completed(context.job().input());
                        }),
                        Kind.of("sleeper", context -> {
                            context.progress(0.1, "asleep");
                            Thread.sleep(Duration.ofMinutes(5));
                            return Outcome.completed("{}");
                        }),
                        Kind.of("flaky", context -> {
                            if (TRIES.incrementAndGet() < 3) {
                                throw new IllegalStateException("try " + TRIES.get() + " failed");
                            }
                            return Outcome.completed("{}");
                        }),
                        Kind.of("wrong", context -> Outcome.failed("the input makes no sense")),
                        Kind.of("hopeless", context -> Outcome.retry("the disk is full")),
                        Kind.of("parked", context -> {
                            if (context.recorded("cluster id").isEmpty()) {
                                context.record("cluster id", "4711");
                                return Outcome.waiting("queued at cluster keeling", Duration.ofHours(1));
                            }
                            return Outcome.completed(
                                    "\"" + context.recorded("cluster id").get() + "\"");
                        }))
                .jobs();
    }

    @AfterAll
    static void close() throws Exception {
        GATE.countDown();
        room.close();
    }

    @Test
    void aJobIsQueuedRunAndCompletedAndEveryStepIsOnRecord() {
        // given
        JobId id = jobs.submit(JobRequest.of("echo", ANNA, "Say it again", "{\"word\":\"hello\"}"));
        // when
        Job job = JobsRoom.awaitEnd(jobs, id);
        // then
        assertThat(job.state()).isEqualTo(JobState.COMPLETED);
        assertThat(job.result()).isEqualTo("{\"word\":\"hello\"}");
        assertThat(job.fraction()).isEqualTo(1.0);
        assertThat(job.attempt()).isEqualTo(1);
        assertThat(job.startedAt()).isBetween(job.submittedAt(), job.endedAt());
        assertThat(jobs.events(id))
                .extracting(JobEvent::to)
                .containsExactly(JobState.QUEUED, JobState.RUNNING, JobState.COMPLETED);
        assertThat(jobs.log(id, 0, 10))
                .extracting(LogLine::text)
                .containsExactly("first line", "second line", "nul \uFFFD in a line");
        assertThat(room.ended).contains(new JobEnded(id, "echo", ANNA, JobState.COMPLETED));
    }

    @Test
    void aReaderOfTheLogResumesAfterTheLastLineItSaw() {
        JobId id = jobs.submit(JobRequest.of("echo", ANNA, "Say it again", "{}"));
        JobsRoom.awaitEnd(jobs, id);
        LogLine first = jobs.log(id, 0, 1).getFirst();
        assertThat(jobs.log(id, first.sequence(), 10)).extracting(LogLine::text).startsWith("second line");
    }

    @Test
    void aRunningJobShowsItsProgressAndIsCancelledWithinASecond() {
        // given
        JobId id = jobs.submit(JobRequest.of("sleeper", ANNA, "Sleep", "{}"));
        JobsRoom.await(jobs, id, job -> "asleep".equals(job.sentence()));
        long asked = System.nanoTime();
        // when
        boolean accepted = jobs.cancel(id, "user:anna", "no longer needed");
        Job job = JobsRoom.awaitEnd(jobs, id);
        // then
        assertThat(accepted).isTrue();
        assertThat(job.state()).isEqualTo(JobState.CANCELLED);
        assertThat(job.sentence()).isEqualTo("no longer needed");
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(1));
        assertThat(jobs.events(id).getLast().who()).isEqualTo("user:anna");
        assertThat(jobs.cancel(id, "user:anna", "again"))
                .as("it has ended already")
                .isFalse();
    }

    @Test
    void aFailedAttemptIsRepeatedUpToTheLimitOfItsKind() {
        JobId flaky = jobs.submit(JobRequest.of("flaky", ANNA, "Try", "{}"));
        JobId hopeless = jobs.submit(JobRequest.of("hopeless", ANNA, "Try", "{}"));
        Job third = JobsRoom.awaitEnd(jobs, flaky);
        assertThat(third.state()).isEqualTo(JobState.COMPLETED);
        assertThat(third.attempt()).isEqualTo(3);
        assertThat(jobs.events(flaky)).extracting(JobEvent::why).contains("try 1 failed", "try 2 failed");
        Job given = JobsRoom.awaitEnd(jobs, hopeless);
        assertThat(given.state()).isEqualTo(JobState.FAILED);
        assertThat(given.attempt()).isEqualTo(3);
        assertThat(given.sentence()).isEqualTo("the disk is full");
    }

    @Test
    void workThatIsWrongInItselfFailsAtOnce() {
        JobId id = jobs.submit(JobRequest.of("wrong", ANNA, "Nonsense", "{}"));
        Job job = JobsRoom.awaitEnd(jobs, id);
        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.attempt()).isEqualTo(1);
        assertThat(job.sentence()).isEqualTo("the input makes no sense");
    }

    @Test
    void aParkedJobHoldsNoWorkerAndGoesOnWhenWoken() {
        // given
        JobId id = jobs.submit(JobRequest.of("parked", ANNA, "Remote", "{}"));
        Job parked = JobsRoom.awaitState(jobs, id, JobState.WAITING);
        assertThat(parked.sentence()).isEqualTo("queued at cluster keeling");
        assertThat(parked.waitingSince()).isNotNull();
        // when
        jobs.wake(id);
        // then
        Job job = JobsRoom.awaitEnd(jobs, id);
        assertThat(job.result()).isEqualTo("\"4711\"");
        assertThat(job.attempt()).isEqualTo(1);
        assertThat(jobs.events(id))
                .extracting(JobEvent::to)
                .containsExactly(JobState.QUEUED, JobState.RUNNING, JobState.WAITING, JobState.COMPLETED);
    }

    @Test
    void aSubmissionLivesAndDiesWithTheCallersTransaction() {
        var id = new JobId[1];
        assertThatThrownBy(() -> room.transaction.executeWithoutResult(status -> {
                    id[0] = jobs.submit(JobRequest.of("echo", ANNA, "Never", "{}"));
                    throw new IllegalStateException("the caller changed its mind");
                }))
                .hasMessage("the caller changed its mind");
        assertThat(jobs.find(id[0])).isEmpty();
    }

    @Test
    void anUnknownKindAndAnInputThatIsTooLargeAreRefused() {
        assertThatThrownBy(() -> jobs.submit(JobRequest.of("no such kind", ANNA, "x", "{}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no such kind");
        assertThatThrownBy(() -> jobs.submit(JobRequest.of("echo", ANNA, "x", "x".repeat((1 << 20) + 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 MB");
    }

    @Test
    void aListenerHearsOfStateProgressAndLogUntilItIsClosed() throws Exception {
        var heard = new AtomicInteger();
        JobId id = jobs.submit(JobRequest.of("sleeper", ANNA, "Sleep", "{}"));
        try (AutoCloseable following = jobs.follow(id, heard::incrementAndGet)) {
            JobsRoom.await(jobs, id, job -> "asleep".equals(job.sentence()));
            assertThat(following).isNotNull();
            Awaitility.await().until(() -> heard.get() > 0);
            int before = heard.get();
            jobs.cancel(id, "user:anna", "enough");
            Awaitility.await().until(() -> heard.get() > before);
        }
    }
}
