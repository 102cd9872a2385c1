package org.colonnade.execution.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.colonnade.execution.admission.Admission.Admitted;
import org.colonnade.execution.admission.Admission.Answer;
import org.colonnade.execution.admission.Admission.Capacity;
import org.colonnade.execution.admission.Admission.Waits;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.Owner;
import org.colonnade.testing.GatewayTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@GatewayTest
class AdmissionTest {

    private static final Owner ADA = new Owner("user:ada");
    private static final Owner BEN = new Owner("user:ben");
    private static final Capacity TWO = new Capacity(2, 2);

    @Autowired
    Admission admission;

    @Autowired
    JdbcClient jdbc;

    private final String place = "place-" + UUID.randomUUID();

    @Test
    @Tag("A.10")
    void sixJobsOfOneOwnerPassTwoAtATimeInTheOrderTheyCame() {
        // given
        List<JobId> jobs = IntStream.range(0, 6).mapToObj(n -> JobId.random()).toList();
        jobs.forEach(job -> ask(job, ADA, TWO));
        List<JobId> admitted = new ArrayList<>(admission.there(place));
        assertThat(admitted).containsExactlyElementsOf(jobs.subList(0, 2));
        // when each that is there leaves, and all the others ask again, the last first
        while (!admission.there(place).isEmpty()) {
            admission.leave(place, admission.there(place).getFirst(), null);
            jobs.reversed().stream()
                    .filter(job -> !admitted.contains(job))
                    .toList()
                    .forEach(job -> {
                        if (ask(job, ADA, TWO) instanceof Admitted) {
                            admitted.add(job);
                        }
                    });
            assertThat(admission.there(place)).hasSizeLessThanOrEqualTo(2);
        }
        // then
        assertThat(admitted).containsExactlyElementsOf(jobs);
    }

    @Test
    void aNewcomerGoesBeforeTheThirdWaitingJobOfABusyOwner() {
        // given
        List<JobId> many = IntStream.range(0, 20).mapToObj(n -> JobId.random()).toList();
        many.forEach(job -> ask(job, ADA, TWO));
        JobId one = JobId.random();
        // when
        Answer answer = ask(one, BEN, TWO);
        // then
        assertThat(answer).isEqualTo(new Waits(1, 2, false));
        admission.leave(place, many.getFirst(), null);
        assertThat(admission.next(place, TWO)).containsExactly(one);
        assertThat(ask(many.get(2), ADA, TWO)).isInstanceOf(Waits.class);
        assertThat(ask(one, BEN, TWO)).isEqualTo(new Admitted());
    }

    @Test
    void whoUsedMuchLatelyWaitsLongerAndUsageHalvesInADay() {
        // given Ada used 32 core hours that ended two days ago: 8 are left of them; Ben used 12 just now
        past(ADA, 32, Duration.ofDays(2));
        past(BEN, 12, Duration.ZERO);
        JobId blocker = JobId.random();
        ask(blocker, new Owner("user:eve"), new Capacity(1, 1));
        JobId ben = JobId.random();
        JobId ada = JobId.random();
        ask(ben, BEN, new Capacity(1, 1));
        ask(ada, ADA, new Capacity(1, 1));
        // when
        admission.leave(place, blocker, null);
        // then
        assertThat(admission.next(place, new Capacity(1, 1))).containsExactly(ada);
        // and when Ben has waited for five hours
        jdbc.sql("update execution.stay set asked_at = now() - interval '5 hours' where job = :job")
                .param("job", ben.value())
                .update();
        assertThat(admission.next(place, new Capacity(1, 1))).containsExactly(ben);
    }

    @Test
    void anOwnersLimitHoldsNobodyElseUp() {
        Capacity narrow = new Capacity(10, 1);
        assertThat(ask(JobId.random(), ADA, narrow)).isEqualTo(new Admitted());
        assertThat(ask(JobId.random(), ADA, narrow)).isEqualTo(new Waits(1, 1, true));
        assertThat(ask(JobId.random(), BEN, narrow)).isEqualTo(new Admitted());
    }

    @Test
    void whoDoesNotAskAgainHoldsNobodyUp() {
        // given
        Capacity one = new Capacity(1, 1);
        JobId first = JobId.random();
        ask(first, ADA, one);
        ask(JobId.random(), BEN, one);
        jdbc.sql(
                        "update execution.stay set seen_at = now() - interval '6 minutes' where place = :place and owner = :owner")
                .param("place", place)
                .param("owner", BEN.value())
                .update();
        JobId last = JobId.random();
        ask(last, new Owner("user:eve"), one);
        // when
        admission.leave(place, first, null);
        // then
        assertThat(admission.next(place, one)).containsExactly(last);
        assertThat(admission.waiting(place)).isOne();
    }

    @Test
    @Tag("A.10")
    void capacityHoldsHoweverManyAskAtOnce() throws Exception {
        // given
        List<Callable<Answer>> asking = IntStream.range(0, 40)
                .<Callable<Answer>>mapToObj(n -> () -> ask(JobId.random(), new Owner("user:" + n), new Capacity(5, 5)))
                .toList();
        // when
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(asking)) {
                answer.get();
            }
        }
        // then
        assertThat(admission.there(place)).hasSize(5);
    }

    @Test
    void whatAJobUsedStaysWithIt() {
        JobId job = JobId.random();
        ask(job, ADA, TWO);
        admission.leave(place, job, null);
        admission.leave(place, job, "{\"words\": \"1 core for 3 s\"}");
        assertThat(admission.stays(place, 5)).singleElement().satisfies(stay -> {
            assertThat(stay.usage()).isEqualTo("1 core for 3 s");
            assertThat(stay.leftAt()).isNotNull();
        });
    }

    private Answer ask(JobId job, Owner owner, Capacity capacity) {
        return admission.ask(place, job, owner, 1, capacity);
    }

    /** A stay of one hour with so many cores. */
    private void past(Owner owner, int cores, Duration ago) {
        jdbc.sql("""
                        insert into execution.stay (place, job, owner, cores, asked_at, admitted_at, left_at)
                        select :place, gen_random_uuid(), :owner, :cores, e - interval '1 hour', e - interval '1 hour', e
                        from (select now() - make_interval(secs => :ago) as e)
                        """)
                .param("place", place)
                .param("owner", owner.value())
                .param("cores", cores)
                .param("ago", ago.toSeconds())
                .update();
    }
}
