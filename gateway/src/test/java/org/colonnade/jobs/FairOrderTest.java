package org.colonnade.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.colonnade.jobs.engine.JobEngine;
import org.colonnade.jobs.engine.JobsProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Who is next, and who has to wait. */
@Execution(ExecutionMode.CONCURRENT)
class FairOrderTest {

    private static final Owner ANNA = new Owner("user:anna");
    private static final Owner BERT = new Owner("user:bert");

    private final List<String> order = new CopyOnWriteArrayList<>();
    private final Kind noting = Kind.of("noting", context -> {
        order.add(context.job().title());
        return Outcome.completed("{}");
    });
    private JobsRoom room;

    @BeforeEach
    void open() {
        room = new JobsRoom();
    }

    @AfterEach
    void close() throws Exception {
        room.close();
    }

    private static JobsProperties oneAtATime() {
        var fast = JobsRoom.FAST;
        return new JobsProperties(
                1,
                1,
                1,
                fast.lease(),
                fast.heartbeat(),
                fast.poll(),
                fast.flush(),
                fast.patience(),
                fast.grace(),
                fast.firstRetry(),
                fast.longestRetry(),
                fast.prune());
    }

    private void runAll(JobEngine engine, int jobs) throws InterruptedException {
        engine.start();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> order.size() == jobs);
        engine.stop();
    }

    @Test
    void anOwnerWithOneJobDoesNotStandBehindAnOwnerWithAHundred() throws Exception {
        // given
        JobEngine engine = room.engine(oneAtATime(), noting);
        for (int i = 0; i < 100; i++) {
            engine.jobs().submit(JobRequest.of("noting", ANNA, "anna " + i, "{}"));
        }
        engine.jobs().submit(JobRequest.of("noting", BERT, "bert", "{}"));
        // when
        runAll(engine, 101);
        // then
        assertThat(order.indexOf("bert")).isLessThanOrEqualTo(1);
        assertThat(order.stream().filter(title -> title.startsWith("anna")))
                .containsExactlyElementsOf(
                        IntStream.range(0, 100).mapToObj(i -> "anna " + i).toList());
    }

    @Test
    void anUrgentJobGoesBeforeItsOwnersOthersButNotBeforeThoseOfSomebodyElse() throws Exception {
        // given
        JobEngine engine = room.engine(oneAtATime(), noting);
        for (int i = 0; i < 4; i++) {
            engine.jobs().submit(JobRequest.of("noting", ANNA, "anna " + i, "{}"));
        }
        engine.jobs().submit(JobRequest.of("noting", BERT, "bert 0", "{}"));
        engine.jobs().submit(JobRequest.of("noting", BERT, "bert 1", "{}"));
        engine.jobs().submit(JobRequest.of("noting", ANNA, "anna urgent", "{}").withPriority(5));
        engine.jobs()
                .submit(JobRequest.of("noting", ANNA, "anna most urgent", "{}").withPriority(9));
        // when
        runAll(engine, 8);
        // then
        assertThat(order.stream().filter(title -> title.startsWith("anna")))
                .containsExactly("anna most urgent", "anna urgent", "anna 0", "anna 1", "anna 2", "anna 3");
        assertThat(order.indexOf("bert 1")).isLessThanOrEqualTo(4);
    }

    @Test
    void anOwnersLimitHoldsOverAllGatewaysAndTheOutlookSaysSo() throws Exception {
        // given
        var gate = new Semaphore(0);
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        Kind limited = Kind.of("limited", context -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    gate.acquire();
                    running.decrementAndGet();
                    return Outcome.completed("{}");
                })
                .perOwner(2, 5);
        Jobs jobs = room.started(limited).jobs();
        room.started(limited);
        // when
        List<JobId> ids = IntStream.range(0, 5)
                .mapToObj(i -> jobs.submit(JobRequest.of("limited", ANNA, "job " + i, "{}")))
                .toList();
        JobsRoom.awaitState(jobs, ids.get(1), JobState.RUNNING);
        Outlook outlook = jobs.outlook(ids.get(4)).orElseThrow();
        // then
        assertThat(outlook.position()).isEqualTo(3);
        assertThat(outlook.reason()).isEqualTo("You have 2 jobs under way, the most that may be at once");
        assertThat(outlook.expectedStart()).as("there is no history yet").isNull();
        assertThat(jobs.outlook(ids.get(0))).as("it runs already").isEmpty();
        gate.release(5);
        ids.forEach(id -> JobsRoom.awaitEnd(jobs, id));
        assertThat(most).hasValue(2);
    }

    @Test
    void anOwnerWhoseQueueIsFullIsRefusedButGetsTheSameAnswerForTheSameKey() throws Exception {
        Kind limited = Kind.of("limited", context -> Outcome.completed("{}")).perOwner(1, 2);
        Jobs jobs = room.engine(JobsRoom.FAST, limited).jobs();
        JobRequest keyed = JobRequest.of("limited", ANNA, "x", "{}").withIdempotencyKey("k");
        JobId first = jobs.submit(keyed);
        jobs.submit(JobRequest.of("limited", ANNA, "x", "{}"));
        assertThatThrownBy(() -> jobs.submit(JobRequest.of("limited", ANNA, "x", "{}")))
                .isInstanceOf(TooManyJobsException.class);
        assertThat(jobs.submit(keyed)).isEqualTo(first);
        assertThat(jobs.submit(JobRequest.of("limited", BERT, "x", "{}"))).isNotNull();
    }

    @Test
    void aKindsLimitHoldsOverAllGateways() throws Exception {
        // given
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var done = new CountDownLatch(30);
        Kind single = Kind.of("single", context -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    Thread.sleep(2);
                    running.decrementAndGet();
                    done.countDown();
                    return Outcome.completed("{}");
                })
                .atOnce(3);
        Jobs jobs = room.started(single).jobs();
        room.started(single);
        // when
        for (int i = 0; i < 30; i++) {
            jobs.submit(JobRequest.of("single", new Owner("user:" + i), "x", "{}"));
        }
        // then
        done.await();
        assertThat(most.get()).isBetween(2, 3);
    }

    @Test
    void anExpectedStartComesFromWhatRanBefore() throws Exception {
        // given
        var gate = new Semaphore(0);
        Kind slow = Kind.of("slow", context -> {
                    if (context.job().title().equals("stuck")) {
                        gate.acquire();
                    } else {
                        Thread.sleep(20);
                    }
                    return Outcome.completed("{}");
                })
                .atOnce(1);
        Jobs jobs = room.started(slow).jobs();
        for (int i = 0; i < 6; i++) {
            JobsRoom.awaitEnd(jobs, jobs.submit(JobRequest.of("slow", ANNA, "x", "{}")));
        }
        Awaitility.await()
                .until(() -> room.jdbc
                                .sql("select coalesce(sum(ended), 0) from jobs.history")
                                .query((row, n) -> row.getLong(1))
                                .single()
                        == 6);
        JobId stuck = jobs.submit(JobRequest.of("slow", ANNA, "stuck", "{}"));
        JobsRoom.awaitState(jobs, stuck, JobState.RUNNING);
        // when
        JobId next = jobs.submit(JobRequest.of("slow", ANNA, "x", "{}"));
        Outlook outlook = jobs.outlook(next).orElseThrow();
        // then
        assertThat(outlook.position()).isEqualTo(1);
        assertThat(outlook.reason()).isEqualTo("Another slow job is running, and only one may at once");
        assertThat(outlook.expectedStart()).isNotNull();
        gate.release();
        JobsRoom.awaitEnd(jobs, next);
    }

    @Test
    void aJobThatCouldRunSaysWhatItWaitsFor() throws Exception {
        // given: nobody works
        var gate = new Semaphore(0);
        Kind gated = Kind.of("gated", context -> {
            gate.acquire();
            return Outcome.completed("{}");
        });
        Jobs jobs = room.engine(JobsRoom.FAST, gated).jobs();
        JobId first = jobs.submit(JobRequest.of("gated", ANNA, "x", "{}"));
        JobId second = jobs.submit(JobRequest.of("gated", ANNA, "x", "{}"));
        assertThat(jobs.outlook(second).orElseThrow())
                .isEqualTo(new Outlook(2, "No gateway that runs jobs is up", null));
        // when: one works, and can do one thing at a time
        room.started(oneAtATime(), gated);
        JobsRoom.awaitState(jobs, first, JobState.RUNNING);
        // then
        assertThat(jobs.outlook(second).orElseThrow()).isEqualTo(new Outlook(1, "The only worker is busy", null));
        gate.release(2);
        JobsRoom.awaitEnd(jobs, second);
    }

    @Test
    void aJobThatIsTriedAgainSaysWhy() {
        Kind failing = Kind.of("failing", context -> Outcome.retry("the licence server is down"));
        var fast = JobsRoom.FAST;
        var slowRetry = new JobsProperties(
                4,
                1,
                4,
                fast.lease(),
                fast.heartbeat(),
                fast.poll(),
                fast.flush(),
                fast.patience(),
                fast.grace(),
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                fast.prune());
        Jobs jobs = room.started(slowRetry, failing).jobs();
        JobId id = jobs.submit(JobRequest.of("failing", ANNA, "x", "{}"));
        Awaitility.await()
                .untilAsserted(() -> assertThat(jobs.outlook(id))
                        .hasValueSatisfying(outlook -> assertThat(outlook.reason())
                                .isEqualTo("It is tried again after a pause: the licence server is down")));
    }

    @Test
    void aClaimWalksTheIndexHoweverLongTheQueueIs() {
        room.engine(JobsRoom.FAST, noting)
                .jobs()
                .submitAll(
                        JobRequest.of("batch", ANNA, "many", "{}"),
                        "noting",
                        IntStream.range(0, 20_000).mapToObj(i -> "{}"));
        String plan = String.join(
                "\n", room.jdbc.sql("""
                                explain select number
                                from jobs.queue t
                                where t.kind = 'noting' and t.stage in ('ready', 'recheck', 'abandon')
                                order by t.kind, t.vtime, t.number
                                limit 32
                                for update skip locked
                                """).query((row, n) -> row.getString(1)).list());
        assertThat(plan).contains("queue_in_turn").doesNotContain("Sort").doesNotContain("Seq Scan");
    }
}
