package org.colonnade.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** One call that asks for many units of work. */
@Execution(ExecutionMode.CONCURRENT)
class FanOutTest {

    private static final Owner ANNA = new Owner("user:anna");

    private final AtomicBoolean sound = new AtomicBoolean();
    private final AtomicInteger runs = new AtomicInteger();
    private final Semaphore gate = new Semaphore(0);
    private JobsRoom room;
    private Jobs jobs;

    @BeforeEach
    void open() {
        room = new JobsRoom();
        jobs = room.started(
                        Kind.of("unit", context -> {
                            runs.incrementAndGet();
                            int number = Integer.parseInt(context.job().input());
                            return number % 10 == 0 && !sound.get()
                                    ? Outcome.failed("unit " + number + " is broken")
                                    : Outcome.completed(context.job().input());
                        }),
                        Kind.of("gated", context -> {
                            gate.acquire();
                            return Outcome.completed("{}");
                        }))
                .jobs();
    }

    @AfterEach
    void close() throws Exception {
        room.close();
    }

    private JobId submit(String unitKind, int units) {
        return jobs.submitAll(
                JobRequest.of("sweep", ANNA, "A sweep", "{}"),
                unitKind,
                IntStream.range(0, units).mapToObj(Integer::toString));
    }

    @Test
    void theParentCompletesWithTheCountsOfItsUnitsAndReDrivesOnlyWhatFailed() {
        // given
        JobId parent = submit("unit", 100);
        Job first = JobsRoom.awaitEnd(jobs, parent);
        assertThat(first.state()).isEqualTo(JobState.COMPLETED);
        assertThat(first.result()).contains("\"completed\": 90", "\"failed\": 10", "\"units\": 100");
        assertThat(jobs.units(parent, JobState.FAILED, null, 100)).hasSize(10).allSatisfy(unit -> {
            assertThat(unit.parent()).isEqualTo(parent);
            assertThat(unit.sentence()).endsWith("is broken");
        });
        // when
        sound.set(true);
        int again = jobs.redrive(parent, "user:anna");
        Job second = JobsRoom.await(
                jobs, parent, job -> job.result() != null && job.result().contains("\"completed\": 100"));
        // then
        assertThat(again).isEqualTo(10);
        assertThat(runs).hasValue(110);
        assertThat(second.state()).isEqualTo(JobState.COMPLETED);
        assertThat(jobs.redrive(parent, "user:anna")).as("nothing failed").isZero();
        assertThat(jobs.list(ANNA, null, null, null, 10))
                .as("a person's list shows what the person submitted")
                .extracting(Job::id)
                .containsExactly(parent);
    }

    @Test
    void theParentTellsHowFarItIs() {
        JobId parent = submit("gated", 10);
        gate.release(4);
        Job job = JobsRoom.await(jobs, parent, j -> "4 of 10 units have ended".equals(j.sentence()));
        assertThat(job.state()).isEqualTo(JobState.WAITING);
        assertThat(job.fraction()).isEqualTo(0.4);
        gate.release(6);
        JobsRoom.awaitEnd(jobs, parent);
    }

    @Test
    void cancellingTheParentEndsEveryUnitThatHasNotEnded() {
        JobId parent = submit("gated", 40);
        Awaitility.await()
                .until(() -> !jobs.units(parent, JobState.RUNNING, null, 1).isEmpty());
        assertThat(jobs.cancel(parent, "user:anna", "a mistake")).isTrue();
        assertThat(jobs.find(parent).orElseThrow().state()).isEqualTo(JobState.CANCELLED);
        Awaitility.await()
                .until(() -> jobs.units(parent, JobState.CANCELLED, null, 100).size() == 40);
        Awaitility.await().until(() -> jobs.countUnfinished(ANNA) == 0);
    }

    @Test
    void aFanOutWithoutUnitsEndsAtOnce() {
        assertThat(JobsRoom.awaitEnd(jobs, submit("unit", 0)).result()).contains("\"units\": 0");
    }
}
