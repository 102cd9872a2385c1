package org.colonnade.jobs.engine;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.colonnade.jobs.JobEnded;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.JobState;
import org.colonnade.jobs.Owner;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Watches over jobs that consist of units. A unit's end touches nothing of its parent, so a hundred thousand units do not
 * queue up at one row; instead the units left are counted now and then, the more rarely the longer counting takes.
 */
final class FanOuts {

    /** Counting may take one part in so many of the time. */
    private static final int PAUSE_PER_COUNT = 20;

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final ApplicationEventPublisher publisher;
    private final Bell bell;
    private final String name;
    private final Map<Long, Long> countAgainAt = new HashMap<>();

    FanOuts(
            JdbcClient jdbc,
            TransactionOperations transaction,
            ApplicationEventPublisher publisher,
            Bell bell,
            String name) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.publisher = publisher;
        this.bell = bell;
        this.name = name;
    }

    private record Parent(long number, JobEnded ending, int units, boolean finished) {}

    /** Completes parents whose units have ended, and counts for the others. */
    void look() {
        List<Parent> parents = jdbc.sql("""
                select q.number, j.id, j.kind, j.owner, j.units,
                    not exists (select from jobs.unit u where u.fan_out = q.number) as finished
                from jobs.queue q
                join jobs.job j on j.number = q.number
                where q.stage = 'waiting' and q.due_at is null and j.units is not null
                """)
                .query((row, n) -> new Parent(
                        row.getLong("number"),
                        new JobEnded(
                                new JobId(row.getObject("id", UUID.class)),
                                row.getString("kind"),
                                new Owner(row.getString("owner")),
                                JobState.COMPLETED),
                        row.getInt("units"),
                        row.getBoolean("finished")))
                .list();
        countAgainAt.keySet().retainAll(parents.stream().map(Parent::number).toList());
        parents.forEach(parent -> {
            if (parent.finished()) {
                close(parent);
            } else if (System.nanoTime() - countAgainAt.getOrDefault(parent.number(), Long.MIN_VALUE / 2) >= 0) {
                count(parent);
            }
        });
    }

    private void close(Parent parent) {
        boolean closed = transaction.execute(status -> {
            boolean done = jdbc.sql("select jobs.close_fan_out(?, ?)")
                    .param(parent.number())
                    .param(name)
                    .query((row, n) -> row.getBoolean(1))
                    .single();
            if (done) {
                publisher.publishEvent(parent.ending());
            }
            return done;
        });
        if (closed) {
            bell.changed(List.of(parent.number()));
        }
    }

    private void count(Parent parent) {
        long begun = System.nanoTime();
        long ended = parent.units()
                - jdbc.sql("select jobs.units_left(?)")
                        .param(parent.number())
                        .query((row, n) -> row.getLong(1))
                        .single();
        int changed = jdbc.sql("""
                insert into jobs.progress as p (job, at, fraction, sentence)
                values (:job, now(), :fraction, :sentence)
                on conflict (job) do update
                set at = now(), fraction = excluded.fraction, sentence = excluded.sentence
                where p.sentence is distinct from excluded.sentence
                """)
                .param("job", parent.number())
                .param("fraction", (double) ended / parent.units())
                .param("sentence", "%,d of %,d units have ended".formatted(ended, parent.units()))
                .update();
        long took = System.nanoTime() - begun;
        countAgainAt.put(
                parent.number(),
                System.nanoTime()
                        + Math.min(PAUSE_PER_COUNT * took, Duration.ofMinutes(1).toNanos()));
        if (changed > 0) {
            bell.changed(List.of(parent.number()));
        }
    }
}
