package org.colonnade.jobs.engine;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.colonnade.jobs.Gateway;
import org.colonnade.jobs.Job;
import org.colonnade.jobs.JobEvent;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.JobRequest;
import org.colonnade.jobs.JobState;
import org.colonnade.jobs.Jobs;
import org.colonnade.jobs.LogLine;
import org.colonnade.jobs.Outlook;
import org.colonnade.jobs.Owner;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The room's front: joins the parts and rings the bell once the caller's transaction has committed. */
final class StoredJobs implements Jobs {

    private static final int CANCEL_TRIES = 20;

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final Submissions submissions;
    private final Transitions transitions;
    private final Archive archive;
    private final Outlooks outlooks;
    private final Kinds kinds;
    private final Bell bell;

    StoredJobs(
            JdbcClient jdbc,
            TransactionOperations transaction,
            Submissions submissions,
            Transitions transitions,
            Archive archive,
            Outlooks outlooks,
            Kinds kinds,
            Bell bell) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.submissions = submissions;
        this.transitions = transitions;
        this.archive = archive;
        this.outlooks = outlooks;
        this.kinds = kinds;
        this.bell = bell;
    }

    @Override
    public JobId submit(JobRequest request) {
        JobId id = submissions.submit(request);
        afterCommit(bell::work);
        return id;
    }

    @Override
    public JobId submitAll(JobRequest parent, String unitKind, Stream<String> units) {
        JobId id = submissions.submitAll(parent, unitKind, units);
        afterCommit(bell::work);
        return id;
    }

    @Override
    public int redrive(JobId parent, String who) {
        int again = archive.number(parent)
                .map(number -> jdbc.sql("select jobs.redrive(?, ?, ?)")
                        .param(number)
                        .param(who)
                        .param(kinds.limitedNames())
                        .query((row, n) -> row.getInt(1))
                        .single())
                .orElse(0);
        if (again > 0) {
            afterCommit(bell::work);
        }
        return again;
    }

    @Override
    public Optional<Job> find(JobId id) {
        return archive.find(id);
    }

    @Override
    public List<Job> list(
            @Nullable Owner owner, @Nullable String kind, @Nullable JobState state, @Nullable JobId before, int limit) {
        return archive.list(owner, kind, state, null, before, limit);
    }

    @Override
    public long countUnfinished(Owner owner) {
        return archive.countUnfinished(owner);
    }

    @Override
    public List<Job> units(JobId parent, @Nullable JobState state, @Nullable JobId before, int limit) {
        return archive.list(null, null, state, parent, before, limit);
    }

    @Override
    public List<Gateway> gateways() {
        return archive.gateways();
    }

    @Override
    public List<JobEvent> events(JobId id) {
        return archive.events(id);
    }

    @Override
    public List<LogLine> log(JobId id, long after, int limit) {
        return archive.log(id, after, limit);
    }

    @Override
    public Optional<Outlook> outlook(JobId id) {
        return outlooks.of(id);
    }

    @Override
    public boolean cancel(JobId id, String who, String why) {
        Optional<Long> number = archive.number(id);
        if (number.isEmpty()) {
            return false;
        }
        var one = List.of(number.get());
        for (int i = 0; i < CANCEL_TRIES; i++) {
            // A job may move between the two questions, from a worker back into the queue or the other way.
            boolean[] asked = new boolean[2];
            transaction.executeWithoutResult(status -> {
                asked[0] =
                        !transitions.endIdle(one, JobState.CANCELLED, who, why).isEmpty();
                if (asked[0]) {
                    transitions.endUnits(one, JobState.CANCELLED, who, why);
                }
                asked[1] = !asked[0]
                        && !transitions
                                .askToEnd(one, JobState.CANCELLED, who, why)
                                .isEmpty();
            });
            if (asked[0] || asked[1]) {
                afterCommit(() -> {
                    bell.changed(one);
                    bell.work();
                    bell.endings();
                });
                return true;
            }
            if (archive.find(id).map(job -> job.state().isFinal()).orElse(true)) {
                return false;
            }
        }
        throw new IllegalStateException("Job " + id + " moved too often to be cancelled");
    }

    @Override
    public void wake(JobId id) {
        int woken = jdbc.sql("""
                update jobs.queue
                set woken = true, due_at = case when stage = 'waiting' then now() else due_at end
                where number = (select number from jobs.job where id = ? and units is null)
                    and stage in ('waiting', 'running', 'checking')
                """).param(id.value()).update();
        if (woken > 0) {
            afterCommit(bell::work);
        }
    }

    @Override
    public void transfer(Owner from, Owner to) {
        transaction.executeWithoutResult(status -> {
            // A key that the new owner has used as well keeps naming the new owner's job.
            jdbc.sql("""
                    update jobs.job j
                    set owner = :to,
                        idempotency_key = case when not exists (
                            select from jobs.job other
                            where other.owner = :to and other.kind = j.kind
                                and other.idempotency_key = j.idempotency_key) then j.idempotency_key end
                    where j.owner = :from
                    """).param("from", from.value()).param("to", to.value()).update();
            jdbc.sql("update jobs.queue set owner = :to where owner = :from")
                    .param("from", from.value())
                    .param("to", to.value())
                    .update();
        });
    }

    @Override
    public AutoCloseable follow(JobId id, Runnable listener) {
        return archive.number(id).map(number -> bell.follow(number, listener)).orElse(() -> {});
    }

    private static void afterCommit(Runnable news) {
        if (TransactionSynchronizationManager.isSynchronizationActive()
                && TransactionSynchronizationManager.isActualTransactionActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    news.run();
                }
            });
        } else {
            news.run();
        }
    }
}
