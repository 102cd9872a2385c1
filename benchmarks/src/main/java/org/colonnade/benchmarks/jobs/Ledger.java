package org.colonnade.benchmarks.jobs;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.colonnade.jobs.Job;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.JobRequest;
import org.colonnade.jobs.JobState;
import org.colonnade.jobs.Jobs;
import org.colonnade.jobs.Owner;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The client's side of a fault test: what was asked, what was answered, and whether the database agrees at the end. */
final class Ledger {

    private static final List<String> INPUTS = List.of("plain", "plain", "plain", "park", "stumble");

    private final Jobs jobs;
    private final JdbcClient jdbc;
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final ConcurrentMap<JobId, String> acknowledged = new ConcurrentHashMap<>();
    private final ConcurrentMap<JobId, Told> told = new ConcurrentHashMap<>();
    private final ConcurrentMap<JobId, Boolean> cancelAnswers = new ConcurrentHashMap<>();

    private record Told(JobState state, String result) {}

    /**
     * @param submitted jobs whose submission was acknowledged
     * @param repeated submissions that got no answer and were asked again under their key
     * @param ended jobs that have ended
     * @param lost acknowledged jobs that do not exist or have not ended
     * @param doubled jobs with more than one effect, or more than one job under one key
     * @param contradicted answers that the database does not bear out at the end
     * @param broken jobs whose events are no unbroken chain with one end
     * @param attempts runs that handlers were started for
     */
    record Verdict(
            int submitted,
            int repeated,
            int ended,
            int lost,
            int doubled,
            int contradicted,
            int broken,
            long attempts) {
        boolean holds() {
            return submitted > 0 && lost == 0 && doubled == 0 && contradicted == 0 && broken == 0;
        }
    }

    Ledger(Jobs jobs, HikariDataSource pool) {
        this.jobs = jobs;
        this.jdbc = JdbcClient.create(pool);
    }

    static void createTables(HikariDataSource pool) {
        var jdbc = JdbcClient.create(pool);
        jdbc.sql("create schema if not exists faults").update();
        jdbc.sql(
                        "create table if not exists faults.effect (job uuid not null, worker text not null, state text not null)")
                .update();
    }

    /** Asks until it is answered, as a client does that gives its key again. */
    JobId submit() throws InterruptedException {
        int number = asked.incrementAndGet();
        return submit("key " + number, INPUTS.get(number % INPUTS.size()));
    }

    JobId submit(String key, String input) throws InterruptedException {
        var request = JobRequest.of(LedgerHandler.KIND, new Owner("user:faults"), "Ledger", input)
                .withIdempotencyKey(key);
        while (true) {
            try {
                JobId id = jobs.submit(request);
                acknowledged.put(id, key);
                return id;
            } catch (RuntimeException e) {
                unanswered.incrementAndGet();
                Thread.sleep(20);
            }
        }
    }

    void cancel(JobId id) throws InterruptedException {
        while (true) {
            try {
                cancelAnswers.put(id, jobs.cancel(id, "user:faults", "a change of mind"));
                return;
            } catch (RuntimeException e) {
                Thread.sleep(20);
            }
        }
    }

    /** Looks at every job that has not been seen ended. @return how many have not */
    int look() {
        int open = 0;
        for (JobId id : acknowledged.keySet()) {
            if (!told.containsKey(id)) {
                Job job = jobs.find(id).orElse(null);
                if (job != null && job.state().isFinal()) {
                    told.put(id, new Told(job.state(), String.valueOf(job.result())));
                } else {
                    open++;
                }
            }
        }
        return open;
    }

    void awaitEnds(Duration patience) throws InterruptedException {
        Instant until = Instant.now().plus(patience);
        int open = Integer.MAX_VALUE;
        while (open > 0 && Instant.now().isBefore(until)) {
            try {
                open = look();
            } catch (RuntimeException e) {
                // The server may just be starting again.
            }
            Thread.sleep(100);
        }
    }

    Verdict judge() {
        int lost = 0;
        int contradicted = 0;
        for (JobId id : acknowledged.keySet()) {
            Job job = jobs.find(id).orElse(null);
            if (job == null || !job.state().isFinal()) {
                lost++;
                continue;
            }
            Told before = told.get(id);
            boolean changed = before != null && !before.equals(new Told(job.state(), String.valueOf(job.result())));
            Boolean cancelled = cancelAnswers.get(id);
            boolean expected = Boolean.TRUE.equals(cancelled)
                    ? job.state() == JobState.CANCELLED
                    : job.state() == JobState.COMPLETED;
            if (changed || !expected) {
                contradicted++;
            }
        }
        return new Verdict(
                acknowledged.size(),
                unanswered.get(),
                told.size(),
                lost,
                count(DOUBLED),
                contradicted + count(WRONG_WORKER),
                count(BROKEN),
                count("select count(*) from jobs.event where to_state = 'running'"));
    }

    Map<JobId, String> acknowledged() {
        return acknowledged;
    }

    private int count(String sql) {
        return jdbc.sql(sql).query((row, n) -> row.getInt(1)).single();
    }

    /** Effects of one job that are not exactly one, and keys with more than one job. */
    private static final String DOUBLED = """
            select (
                select count(*)
                from (
                    select j.id
                    from jobs.job j
                    left join faults.effect e on e.job = j.id
                    where j.state is not null
                    group by j.id
                    having count(e.job) <> 1) as wrong)
              + (
                select count(*)
                from (
                    select idempotency_key from jobs.job group by idempotency_key having count(*) > 1) as again)
            """;

    /** The run that completed the job must be its last one, and the last that could record anything. */
    private static final String WRONG_WORKER = """
            select count(*)
            from jobs.job j
            join jobs.record r on r.job = j.number and r.name = 'worker'
            where j.state = 'completed' and (r.value <> j.result or not j.result like '% ' || j.attempt)
            """;

    /** Each event starts from the state in which the one before left the job; only the last may be final. */
    private static final String BROKEN = """
            select count(distinct number)
            from (
                select j.number, e.from_state, e.to_state,
                    lag(e.to_state) over (partition by j.number order by e.sequence) as before,
                    lead(e.to_state) over (partition by j.number order by e.sequence) as after,
                    j.state
                from jobs.job j
                join jobs.event e on e.job = j.number) as chain
            where from_state is distinct from before
                or after is null and to_state is distinct from coalesce(state, to_state)
                or after is not null and to_state in ('completed', 'failed', 'timed_out', 'cancelled')
            """;
}
