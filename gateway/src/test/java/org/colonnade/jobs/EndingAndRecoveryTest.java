package org.colonnade.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.colonnade.jobs.engine.JobEngine;
import org.colonnade.jobs.engine.JobsProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Deadlines, cancellation, gateways that come and go, and what is kept for how long. */
@Execution(ExecutionMode.CONCURRENT)
class EndingAndRecoveryTest {

    private static final Owner ANNA = new Owner("user:anna");

    private final List<String> abandoned = new CopyOnWriteArrayList<>();
    private JobsRoom room;

    /** Starts something elsewhere and waits for it. */
    private final class Remote implements JobHandler {

        private final AtomicInteger tries = new AtomicInteger();

        @Override
        public JobKind kind() {
            return JobKind.named("remote");
        }

        @Override
        public Outcome run(JobContext context) throws InterruptedException {
            context.record("cluster id", "4711");
            return Outcome.waiting("queued at cluster keeling", Duration.ofHours(1));
        }

        @Override
        public void abandon(JobContext context) {
            if (tries.incrementAndGet() < 3) {
                throw new IllegalStateException("the cluster does not answer");
            }
            abandoned.add(context.recorded("cluster id").orElseThrow());
        }
    }

    private static final Kind SLEEPER = Kind.of("sleeper", context -> {
        context.progress(Double.NaN, "asleep");
        Thread.sleep(Duration.ofMinutes(5));
        return Outcome.completed("{}");
    });

    @BeforeEach
    void open() {
        room = new JobsRoom();
    }

    @AfterEach
    void close() throws Exception {
        room.close();
    }

    @Test
    void aParkedJobThatIsCancelledEndsAtOnceAndWhatItLeftElsewhereIsEndedUntilThatSucceeds() {
        // given
        Jobs jobs = room.started(new Remote()).jobs();
        JobId id = jobs.submit(JobRequest.of("remote", ANNA, "Remote", "{}"));
        JobsRoom.awaitState(jobs, id, JobState.WAITING);
        // when
        jobs.cancel(id, "user:anna", "enough");
        // then
        assertThat(jobs.find(id).orElseThrow().state()).isEqualTo(JobState.CANCELLED);
        Awaitility.await().until(() -> abandoned.equals(List.of("4711")));
        assertThat(room.ended)
                .filteredOn(e -> e.id().equals(id))
                .extracting(JobEnded::state)
                .containsExactly(JobState.CANCELLED);
    }

    @Test
    void aJobPastItsDeadlineTimesOutWhetherItRunsOrIsParked() {
        Jobs jobs = room.started(new Remote(), SLEEPER).jobs();
        JobId running =
                jobs.submit(JobRequest.of("sleeper", ANNA, "Sleep", "{}").withDeadline(Duration.ofMillis(500)));
        JobId parked = jobs.submit(JobRequest.of("remote", ANNA, "Remote", "{}").withDeadline(Duration.ofMillis(500)));
        for (JobId id : List.of(running, parked)) {
            Job job = JobsRoom.awaitEnd(jobs, id);
            assertThat(job.state()).isEqualTo(JobState.TIMED_OUT);
            assertThat(job.sentence()).isEqualTo("It did not end before its deadline");
        }
        Awaitility.await().until(() -> !abandoned.isEmpty());
    }

    @Test
    void aCancelledHandlerIsInterruptedOnceAndMayCleanUp() {
        // given
        Kind careful = Kind.of("careful", context -> {
            context.progress(Double.NaN, "at work");
            try {
                Thread.sleep(Duration.ofMinutes(5));
            } finally {
                Thread.sleep(Duration.ofMillis(700));
                abandoned.add("cleaned up");
            }
            return Outcome.completed("{}");
        });
        Jobs jobs = room.started(careful).jobs();
        JobId id = jobs.submit(JobRequest.of("careful", ANNA, "x", "{}"));
        JobsRoom.await(jobs, id, job -> "at work".equals(job.sentence()));
        // when
        jobs.cancel(id, "user:anna", "enough");
        // then
        assertThat(JobsRoom.awaitEnd(jobs, id).state()).isEqualTo(JobState.CANCELLED);
        assertThat(abandoned).containsExactly("cleaned up");
    }

    @Test
    void aHandlerThatIgnoresItsInterruptionIsLeftBehindAndCanChangeNothing() {
        // given
        var let = new CountDownLatch(1);
        Kind deaf = Kind.of("deaf", context -> {
            context.progress(Double.NaN, "deaf");
            while (true) {
                try {
                    let.await();
                    return Outcome.completed("\"too late\"");
                } catch (InterruptedException ignored) {
                    // That is what this handler is for.
                }
            }
        });
        Jobs jobs = room.started(deaf).jobs();
        JobId id = jobs.submit(JobRequest.of("deaf", ANNA, "Deaf", "{}"));
        JobsRoom.await(jobs, id, job -> "deaf".equals(job.sentence()));
        // when
        jobs.cancel(id, "user:anna", "enough");
        Job job = JobsRoom.awaitEnd(jobs, id);
        let.countDown();
        // then
        assertThat(job.state()).isEqualTo(JobState.CANCELLED);
        Awaitility.await()
                .during(Duration.ofMillis(300))
                .until(() -> jobs.find(id).orElseThrow().equals(job));
    }

    @Test
    void aGatewayThatStopsHandsItsJobsBackWithoutCountingAnAttempt() throws Exception {
        // given
        JobEngine first = room.engine(JobsRoom.FAST, SLEEPER);
        first.start();
        JobId id = first.jobs().submit(JobRequest.of("sleeper", ANNA, "Sleep", "{}"));
        JobsRoom.await(first.jobs(), id, job -> "asleep".equals(job.sentence()));
        assertThat(first.jobs().gateways())
                .singleElement()
                .satisfies(gateway -> assertThat(gateway.running())
                        .extracting(Gateway.Running::id)
                        .containsExactly(id));
        // when
        first.stop();
        // then
        assertThat(first.jobs().gateways()).isEmpty();
        assertThat(first.jobs().find(id).orElseThrow().state()).isEqualTo(JobState.QUEUED);
        Jobs second = room.started(SLEEPER).jobs();
        Job job = JobsRoom.awaitState(second, id, JobState.RUNNING);
        assertThat(job.attempt()).isEqualTo(1);
        assertThat(second.events(id)).extracting(JobEvent::why).contains("The gateway stopped");
    }

    @Test
    void everyGatewayShowsWithWhatItRuns() {
        // given
        Jobs jobs = room.started(SLEEPER).jobs();
        JobId first = jobs.submit(JobRequest.of("sleeper", ANNA, "Sleep", "{}"));
        JobsRoom.awaitState(jobs, first, JobState.RUNNING);
        Kind other = Kind.of("other", context -> {
            Thread.sleep(Duration.ofMinutes(5));
            return Outcome.completed("{}");
        });
        Jobs elsewhere = room.started(other).jobs();
        JobId second = elsewhere.submit(JobRequest.of("other", ANNA, "Sleep", "{}"));
        JobsRoom.awaitState(jobs, second, JobState.RUNNING);
        // then
        assertThat(jobs.gateways())
                .extracting(gateway ->
                        gateway.running().stream().map(Gateway.Running::id).toList())
                .containsExactly(List.of(first), List.of(second));
        assertThat(jobs.gateways()).allSatisfy(gateway -> {
            assertThat(gateway.workers()).isEqualTo(16);
            assertThat(gateway.seenAt()).isAfterOrEqualTo(gateway.startedAt());
        });
    }

    @Test
    void newsReachesAGatewayThatCameLater() {
        // given: a gateway that was alone, and so told nobody
        JobEngine first = room.started(SLEEPER);
        JobId id = first.jobs().submit(JobRequest.of("sleeper", ANNA, "Sleep", "{}"));
        JobsRoom.awaitState(first.jobs(), id, JobState.RUNNING);
        Jobs later = room.started(JobsRoom.FAST).jobs();
        var heard = new AtomicInteger();
        later.follow(id, heard::incrementAndGet);
        int before = heard.get();
        // when
        first.jobs().cancel(id, "user:anna", "enough");
        // then
        JobsRoom.awaitEnd(later, id);
        Awaitility.await().until(() -> heard.get() > before);
    }

    @Test
    void aJobThatAGatewayHoldsWithoutKnowingIsGivenBack() {
        // given: a claim whose transaction committed while its connection broke
        Jobs jobs = room.started(Kind.of("quick", context -> Outcome.completed("{}")))
                .jobs();
        JobId id = JobsRoomSql.claimedByNobody(room, "quick", ANNA);
        // then
        Job job = JobsRoom.awaitEnd(jobs, id);
        assertThat(job.state()).isEqualTo(JobState.COMPLETED);
        assertThat(job.attempt()).isEqualTo(1);
    }

    @Test
    void aGatewayThatWasGivenUpCannotCompleteWhatItStillRuns() {
        // given: a gateway that does not look at its lease for a while
        var fast = JobsRoom.FAST;
        var slow = new JobsProperties(
                4,
                1,
                4,
                Duration.ofSeconds(60),
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                fast.flush(),
                fast.patience(),
                fast.grace(),
                fast.firstRetry(),
                fast.longestRetry(),
                fast.prune());
        var gate = new CountDownLatch(1);
        var recorded = new CopyOnWriteArrayList<String>();
        Jobs jobs = room.started(slow, Kind.of("contested", context -> {
                    context.progress(Double.NaN, "held by the first");
                    gate.await();
                    try {
                        context.record("who", "the first");
                    } catch (InterruptedException e) {
                        recorded.add("refused");
                    }
                    return Outcome.completed("\"the first\"");
                }))
                .jobs();
        JobId id = jobs.submit(JobRequest.of("contested", ANNA, "x", "{}"));
        JobsRoom.await(jobs, id, job -> "held by the first".equals(job.sentence()));
        // when: the others give it up, and another gateway completes the job
        room.jdbc.sql("delete from jobs.gateway").update();
        room.started(Kind.of("contested", context -> Outcome.completed("\"the second\"")));
        Job job = JobsRoom.awaitEnd(jobs, id);
        gate.countDown();
        Awaitility.await().until(() -> recorded.equals(List.of("refused")));
        // then
        assertThat(job.result()).isEqualTo("\"the second\"");
        assertThat(job.attempt()).isEqualTo(2);
        Awaitility.await()
                .during(Duration.ofMillis(300))
                .until(() -> jobs.find(id).orElseThrow().equals(job));
        assertThat(room.ended).filteredOn(e -> e.id().equals(id)).hasSize(1);
    }

    @Test
    void aListenerThatKeepsAJobFromEndingMakesItFailAndHoldsUpNobodyElse() {
        Jobs jobs = room.started(Kind.of(
                        "quick", context -> Outcome.completed(context.job().input())))
                .jobs();
        room.refuse.add(JobState.COMPLETED);
        JobId id = jobs.submit(JobRequest.of("quick", ANNA, "Quick", "{}"));
        Job job = JobsRoom.awaitEnd(jobs, id);
        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.sentence()).contains("could not be recorded");
    }

    @Test
    void sixteenSubmissionsWithOneKeyMakeOneJob() throws Exception {
        // given
        var runs = new AtomicInteger();
        Jobs jobs = room.started(Kind.of("quick", context -> {
                    runs.incrementAndGet();
                    return Outcome.completed("{}");
                }))
                .jobs();
        Set<JobId> answers = Collections.synchronizedSet(new HashSet<>());
        int rounds = 20;
        var together = new CyclicBarrier(16);
        // when
        try (var threads = Executors.newFixedThreadPool(16)) {
            Callable<Void> submitter = () -> {
                for (int round = 0; round < rounds; round++) {
                    together.await();
                    answers.add(
                            jobs.submit(JobRequest.of("quick", ANNA, "x", "{}").withIdempotencyKey("key " + round)));
                }
                return null;
            };
            for (var result : threads.invokeAll(Collections.nCopies(16, submitter))) {
                result.get();
            }
        }
        // then
        assertThat(answers).hasSize(rounds);
        answers.forEach(id -> JobsRoom.awaitEnd(jobs, id));
        assertThat(runs).hasValue(rounds);
    }

    @Test
    void endedJobsAreRemovedAfterTheRetentionOfTheirKindWithAllThatBelongsToThem() {
        Jobs jobs = room.started(
                        Kind.of("brief", context -> {
                                    context.log("a line");
                                    return Outcome.completed("{}");
                                })
                                .keptFor(Duration.ofMillis(300)),
                        Kind.of("lasting", context -> Outcome.completed("{}")))
                .jobs();
        JobId brief = jobs.submit(JobRequest.of("brief", ANNA, "x", "{}"));
        JobId lasting = jobs.submit(JobRequest.of("lasting", ANNA, "x", "{}"));
        JobsRoom.awaitEnd(jobs, lasting);
        Awaitility.await().until(() -> jobs.find(brief).isEmpty());
        Awaitility.await()
                .untilAsserted(() -> assertThat(room.removed).containsExactly(new JobRemoved(brief, "brief", ANNA)));
        assertThat(jobs.find(lasting)).isPresent();
        assertThat(room.jdbc
                        .sql("select count(*) from jobs.log")
                        .query((row, n) -> row.getLong(1))
                        .single())
                .isZero();
    }

    @Test
    void jobsGoToAnotherOwnerAndAKeyOfBothKeepsNamingTheNewOwnersJob() {
        Jobs jobs = room.engine(JobsRoom.FAST, SLEEPER).jobs();
        Owner guest = new Owner("guest:1");
        JobRequest keyed = JobRequest.of("sleeper", guest, "x", "{}").withIdempotencyKey("k");
        JobId ofGuest = jobs.submit(keyed);
        JobId ofAnna = jobs.submit(JobRequest.of("sleeper", ANNA, "x", "{}").withIdempotencyKey("k"));
        jobs.transfer(guest, ANNA);
        assertThat(jobs.list(ANNA, null, null, null, 10)).extracting(Job::id).containsExactly(ofAnna, ofGuest);
        assertThat(jobs.countUnfinished(ANNA)).isEqualTo(2);
        assertThat(jobs.submit(JobRequest.of("sleeper", ANNA, "x", "{}").withIdempotencyKey("k")))
                .isEqualTo(ofAnna);
    }
}
