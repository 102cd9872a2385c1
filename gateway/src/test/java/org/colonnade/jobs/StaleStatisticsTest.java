package org.colonnade.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The planner believes that the queue is empty, as after a night, and 3,000 jobs are in it. */
class StaleStatisticsTest {

    private static final Owner ANNA = new Owner("user:anna");
    private static final int QUEUED = 3_000;
    private static final int BATCH = 100;

    private JobsRoom room;

    @BeforeEach
    void fillTheQueueBehindThePlannersBack() {
        room = new JobsRoom();
        Jobs jobs = room.engine(JobsRoom.FAST, Kind.of("quick", context -> Outcome.completed("{}")))
                .jobs();
        submit(jobs, QUEUED);
        room.jdbc.sql("delete from jobs.queue").update();
        room.jdbc.sql("vacuum (analyze, truncate false) jobs.queue").update();
        submit(jobs, QUEUED);
        assertThat(room.jdbc
                        .sql("select reltuples from pg_class where oid = 'jobs.queue'::regclass")
                        .query(Long.class)
                        .single())
                .as("rows that the planner counts on")
                .isZero();
    }

    @AfterEach
    void close() throws Exception {
        room.close();
    }

    private void submit(Jobs jobs, int count) {
        room.transaction.executeWithoutResult(status -> {
            for (int i = 0; i < count; i++) {
                jobs.submit(JobRequest.of("quick", ANNA, "x", "{}"));
            }
        });
    }

    @Test
    void aBatchReadsTheJobsThatItClaimsAndEnds() {
        long claiming = rowsReadBy("select count(*) from " + turn("array[]::bigint[]", "array[]::integer[]"));
        long both = rowsReadBy("""
                select count(*)
                from (
                    select array_agg(number) as numbers, array_agg(claim) as claims
                    from jobs.queue
                    where stage = 'running') held
                cross join lateral\s""" + turn("held.numbers", "held.claims"));

        assertThat(jobsIn("running")).isEqualTo(BATCH);
        assertThat(claiming).as("rows read to claim %d", BATCH).isLessThan(3 * BATCH);
        assertThat(both).as("rows read to end %d and claim as many", BATCH).isLessThan(5 * BATCH);
    }

    @Test
    void aBatchThatIsTriedAgainReadsItsOwnJobs() {
        rowsReadBy("select count(*) from " + turn("array[]::bigint[]", "array[]::integer[]"));

        long read = rowsReadBy("""
                select count(*)
                from (
                    select array_agg(number) as numbers, array_agg(claim) as claims,
                        array_agg('delayed'::text) as moves, array_agg('Later'::text) as whys, array_agg(0::float8) as delays
                    from jobs.queue
                    where stage = 'running') held
                cross join lateral jobs.finish('g', held.numbers, held.claims, held.moves, held.whys, held.whys, held.delays)
                """);
        long promoting = rowsReadBy("select jobs.promote(now(), 1000)");

        assertThat(jobsIn("ready")).isEqualTo(QUEUED);
        assertThat(read).as("rows read to put %d off", BATCH).isLessThan(5 * BATCH);
        assertThat(promoting).as("rows read to make %d ready", BATCH).isLessThan(5 * BATCH);
    }

    @Test
    void cancellingAFewReadsAFew() {
        long read = rowsReadBy("""
                select count(*)
                from (select array_agg(number) as numbers from (select number from jobs.queue order by number limit 10) f) few
                cross join lateral jobs.end_idle('cancelled', 'user:anna', null, few.numbers)
                """);

        assertThat(jobsIn("ready")).isEqualTo(QUEUED - 10);
        assertThat(read).as("rows read to cancel 10").isLessThan(100);
    }

    private static String turn(String done, String claims) {
        return "jobs.turn(1, 'g', %s, %s, array_fill(null::text, array[%d]), array['quick'], array[null::integer], array[0::bigint], %d)"
                .formatted(done, claims, BATCH, BATCH);
    }

    private long jobsIn(String stage) {
        return room.jdbc
                .sql("select count(*) from jobs.queue where stage = ?::jobs.stage")
                .param(stage)
                .query(Long.class)
                .single();
    }

    /** Rows of the queue that a statement fetched, by an index or without. */
    private long rowsReadBy(String sql) {
        return room.transaction.execute(status -> {
            long before = rowsRead();
            room.jdbc.sql(sql).query(Long.class).single();
            return rowsRead() - before;
        });
    }

    private long rowsRead() {
        return room.jdbc.sql("""
                select coalesce(idx_tup_fetch, 0) + seq_tup_read
                from pg_stat_xact_user_tables
                where relid = 'jobs.queue'::regclass
                """).query(Long.class).single();
    }
}
