package org.colonnade.jobs.engine;

import java.util.List;
import java.util.UUID;
import org.colonnade.jobs.JobHandler;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.JobKind;
import org.colonnade.jobs.JobRemoved;
import org.colonnade.jobs.Owner;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Removes ended jobs past their retention. Walks through the table in the order of submission, a slice at a time, and
 * begins again at its end: no index has to be kept for it, and no statement runs for long.
 */
final class Pruner {

    private static final int SLICE = 5_000;
    /** Listeners delete files and rows of their own: not too many in one transaction. */
    private static final int AT_ONCE = 200;

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final Kinds kinds;
    private final ApplicationEventPublisher publisher;
    private long walked;

    Pruner(JdbcClient jdbc, TransactionOperations transaction, Kinds kinds, ApplicationEventPublisher publisher) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.kinds = kinds;
        this.publisher = publisher;
    }

    private record Past(long number, JobRemoved removed) {}

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
        List<Past> old = past(walked, slice.getLast());
        for (int i = 0; i < old.size(); i += AT_ONCE) {
            remove(old.subList(i, Math.min(old.size(), i + AT_ONCE)));
        }
        walked = slice.size() < SLICE ? 0 : slice.getLast();
    }

    private List<Past> past(long after, long until) {
        var policies = kinds.all().stream().map(JobHandler::kind).toList();
        return jdbc.sql("""
                select j.number, j.id, j.kind, j.owner
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
                .query((row, n) -> new Past(
                        row.getLong("number"),
                        new JobRemoved(
                                new JobId(row.getObject("id", UUID.class)),
                                row.getString("kind"),
                                new Owner(row.getString("owner")))))
                .list();
    }

    private void remove(List<Past> old) {
        Long[] all = old.stream().map(Past::number).toArray(Long[]::new);
        transaction.executeWithoutResult(status -> {
            jdbc.sql("delete from jobs.log where job = any (?)").param(all).update();
            jdbc.sql("delete from jobs.event where job = any (?)").param(all).update();
            jdbc.sql("delete from jobs.record where job = any (?)").param(all).update();
            jdbc.sql("delete from jobs.progress where job = any (?)").param(all).update();
            jdbc.sql("delete from jobs.job where number = any (?)").param(all).update();
            old.forEach(one -> publisher.publishEvent(one.removed()));
        });
    }
}
