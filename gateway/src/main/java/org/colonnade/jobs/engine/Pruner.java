package org.colonnade.jobs.engine;

import java.util.List;
import org.colonnade.jobs.JobHandler;
import org.colonnade.jobs.JobKind;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Removes ended jobs past their retention. Walks through the table in the order of submission, a slice at a time, and
 * begins again at its end: no index has to be kept for it, and no statement runs for long.
 */
final class Pruner {

    private static final int SLICE = 5_000;

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final Kinds kinds;
    private long walked;

    Pruner(JdbcClient jdbc, TransactionOperations transaction, Kinds kinds) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.kinds = kinds;
    }

    void prune() {
        jdbc.sql("""
                delete from jobs.progress p
                where not exists (select from jobs.queue q where q.number = p.job)
                """).update();
        List<Long> slice = jdbc.sql("select number from jobs.job where number > ? order by number limit ?")
                .param(walked)
                .param(SLICE)
                .query((row, n) -> row.getLong(1))
                .list();
        if (slice.isEmpty()) {
            walked = 0;
            jdbc.sql("delete from jobs.history where minute < now() - interval '1 day'")
                    .update();
            return;
        }
        List<Long> old = past(walked, slice.getLast());
        if (!old.isEmpty()) {
            remove(old);
        }
        walked = slice.size() < SLICE ? 0 : slice.getLast();
    }

    private List<Long> past(long after, long until) {
        var policies = kinds.all().stream().map(JobHandler::kind).toList();
        return jdbc.sql("""
                select j.number
                from jobs.job j
                left join unnest(:kinds::text[], :seconds::double precision[]) as k (kind, seconds) on k.kind = j.kind
                where j.number > :after and j.number <= :until
                    and j.ended_at < now() - make_interval(secs => coalesce(k.seconds, :ordinary))
                    and not exists (select from jobs.queue q where q.number = j.number)
                """)
                .param("kinds", policies.stream().map(JobKind::name).toArray(String[]::new))
                .param(
                        "seconds",
                        policies.stream()
                                .map(kind -> kind.retention().toMillis() / 1000.0)
                                .toArray(Double[]::new))
                .param("ordinary", JobKind.named("other").retention().toMillis() / 1000.0)
                .param("after", after)
                .param("until", until)
                .query((row, n) -> row.getLong(1))
                .list();
    }

    private void remove(List<Long> numbers) {
        Long[] all = numbers.toArray(Long[]::new);
        transaction.executeWithoutResult(status -> {
            jdbc.sql("delete from jobs.log where job = any (?)").param(all).update();
            jdbc.sql("delete from jobs.event where job = any (?)").param(all).update();
            jdbc.sql("delete from jobs.record where job = any (?)").param(all).update();
            jdbc.sql("delete from jobs.progress where job = any (?)").param(all).update();
            jdbc.sql("delete from jobs.job where number = any (?)").param(all).update();
        });
    }
}
