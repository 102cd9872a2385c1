package org.colonnade.jobs.engine;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.JobKind;
import org.colonnade.jobs.JobRequest;
import org.colonnade.jobs.TooManyJobsException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Puts work into the queue, in the caller's transaction where there is one. */
final class Submissions {

    private static final int LARGEST_INPUT = 1 << 20;
    private static final int UNITS_PER_STATEMENT = 5_000;

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final Kinds kinds;

    Submissions(JdbcClient jdbc, TransactionOperations transaction, Kinds kinds) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.kinds = kinds;
    }

    JobId submit(JobRequest request) {
        JobKind policy = kinds.policy(request.kind());
        return transaction.execute(status -> {
            if (policy.maxQueuedPerOwner() != Integer.MAX_VALUE) {
                var known = findByKey(request);
                if (known.isPresent()) {
                    return known.get();
                }
                requireRoom(request, policy);
            }
            JobId id = JobId.random();
            return insert(request, policy, id)
                    ? id
                    // Another submission with this key came first and has committed: its job is the answer.
                    : findByKey(request).orElseThrow();
        });
    }

    private boolean insert(JobRequest request, JobKind policy, JobId id) {
        boolean limited = Kinds.limited(policy);
        return jdbc.sql("""
                        with asked as (
                            insert into jobs.job (id, kind, owner, title, input, idempotency_key, priority,
                                max_attempts, deadline_seconds)
                            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                            on conflict (owner, kind, idempotency_key) where idempotency_key is not null do nothing
                            returning number, kind, owner, priority, max_attempts, deadline_seconds),
                        queued as (
                            insert into jobs.queue (number, vtime, deadline_at, max_attempts, stage, priority, limited,
                                kind, owner)
                            select number, case when ? then 0 else jobs.virtual_start(kind, owner) end,
                                now() + make_interval(secs => deadline_seconds), max_attempts,
                                case when ? then 'held' else 'ready' end::jobs.stage, priority * 2, ?, kind, owner
                            from asked)
                        insert into jobs.event (job, attempt, to_state, who)
                        select number, 0, 'queued', owner
                        from asked
                        """)
                        .param(id.value())
                        .param(request.kind())
                        .param(request.owner().value())
                        .param(Text.storable(request.title()))
                        .param(checked(request.input()))
                        .param(request.idempotencyKey())
                        .param(request.priority())
                        .param(policy.maxAttempts())
                        .param(seconds(request, policy))
                        .param(limited)
                        .param(limited)
                        .param(limited)
                        .update()
                == 1;
    }

    private Optional<JobId> findByKey(JobRequest request) {
        if (request.idempotencyKey() == null) {
            return Optional.empty();
        }
        return jdbc.sql("select id from jobs.job where owner = ? and kind = ? and idempotency_key = ?")
                .param(request.owner().value())
                .param(request.kind())
                .param(request.idempotencyKey())
                .query((row, n) -> new JobId(row.getObject(1, UUID.class)))
                .optional();
    }

    /** Serialises one owner's submissions of a kind, so that the limit holds exactly. */
    private void requireRoom(JobRequest request, JobKind policy) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('jobs.submit ' || ? || ' ' || ?, 0))")
                .param(request.kind())
                .param(request.owner().value())
                .query(row -> {});
        long queued = jdbc.sql("""
                select count(*)
                from jobs.queue
                where limited and kind = ? and owner = ? and stage in ('held', 'ready', 'delayed')
                """)
                .param(request.kind())
                .param(request.owner().value())
                .query((row, n) -> row.getLong(1))
                .single();
        if (queued >= policy.maxQueuedPerOwner()) {
            throw new TooManyJobsException(
                    "You have %d %s jobs queued, the most that may wait at once".formatted(queued, request.kind()));
        }
    }

    /** The parent waits for its units; nobody runs it. */
    JobId submitAll(JobRequest parent, String unitKind, Stream<String> units) {
        JobKind policy = kinds.policy(unitKind);
        JobKind parentPolicy = kinds.policyOrDefault(parent.kind());
        return transaction.execute(status -> {
            JobId id = JobId.random();
            Optional<Long> number = jdbc.sql("""
                            with asked as (
                                insert into jobs.job (id, kind, owner, title, input, idempotency_key, priority,
                                    max_attempts, deadline_seconds, units)
                                values (?, ?, ?, ?, ?, ?, ?, 1, ?, 0)
                                on conflict (owner, kind, idempotency_key) where idempotency_key is not null do nothing
                                returning number, kind, owner, priority, deadline_seconds),
                            told as (
                                insert into jobs.event (job, attempt, to_state, who)
                                select number, 0, 'waiting', owner
                                from asked)
                            insert into jobs.queue (number, vtime, deadline_at, max_attempts, stage, priority, limited,
                                kind, owner, started_at, waiting_since, why)
                            select number, 0, now() + make_interval(secs => deadline_seconds), 1, 'waiting', priority,
                                false, kind, owner, now(), now(), 'Waiting for its units'
                            from asked
                            returning number
                            """)
                    .param(id.value())
                    .param(parent.kind())
                    .param(parent.owner().value())
                    .param(Text.storable(parent.title()))
                    .param(checked(parent.input()))
                    .param(parent.idempotencyKey())
                    .param(parent.priority())
                    .param(seconds(parent, parentPolicy))
                    .query((row, n) -> row.getLong(1))
                    .optional();
            if (number.isEmpty()) {
                return findByKey(parent).orElseThrow();
            }
            int count = insertUnits(number.get(), parent, policy, units.iterator());
            jdbc.sql("""
                    update jobs.job
                    set units = :count, last_unit = (select max(number) from jobs.job where parent = :parent)
                    where number = :parent
                    """).param("count", count).param("parent", number.get()).update();
            return id;
        });
    }

    private int insertUnits(long parent, JobRequest request, JobKind policy, Iterator<String> units) {
        int count = 0;
        long start = jdbc.sql("select jobs.virtual_start(?, ?)")
                .param(policy.name())
                .param(request.owner().value())
                .query((row, n) -> row.getLong(1))
                .single();
        List<String> slice = new ArrayList<>();
        while (units.hasNext()) {
            slice.add(checked(units.next()));
            if (slice.size() == UNITS_PER_STATEMENT || !units.hasNext()) {
                insertSlice(parent, request, policy, slice, count, start);
                count += slice.size();
                slice.clear();
            }
        }
        return count;
    }

    private void insertSlice(
            long parent, JobRequest request, JobKind policy, List<String> slice, int before, long start) {
        boolean limited = Kinds.limited(policy);
        jdbc.sql("""
                with asked as (
                    insert into jobs.job (id, kind, owner, title, input, priority, max_attempts, deadline_seconds,
                        parent)
                    select gen_random_uuid(), :kind, :owner, :title || ' · ' || (:before + unit.place), unit.input,
                        :priority, :attempts, :seconds, :parent
                    from unnest(:inputs::text[]) with ordinality as unit (input, place)
                    order by unit.place
                    returning number),
                told as (
                    insert into jobs.event (job, attempt, to_state, who)
                    select number, 0, 'queued', :owner
                    from asked)
                insert into jobs.queue (number, vtime, deadline_at, max_attempts, stage, priority, limited, kind, owner,
                    parent)
                select number, :start + :before + row_number() over (order by number) - 1,
                    now() + make_interval(secs => :seconds), :attempts, :stage::jobs.stage, :priority * 2, :limited, :kind,
                    :owner, :parent
                from asked
                """)
                .param("kind", policy.name())
                .param("owner", request.owner().value())
                .param("title", Text.storable(request.title()))
                .param("before", before)
                .param("start", start)
                .param("inputs", slice.toArray(String[]::new))
                .param("priority", request.priority())
                .param("attempts", policy.maxAttempts())
                .param("seconds", seconds(request, policy))
                .param("parent", parent)
                .param("stage", limited ? "held" : "ready")
                .param("limited", limited)
                .update();
    }

    private static double seconds(JobRequest request, JobKind policy) {
        Duration deadline = request.deadline() == null ? policy.deadline() : request.deadline();
        return deadline.toMillis() / 1000.0;
    }

    private static String checked(String input) {
        if (input.length() > LARGEST_INPUT
                || input.length() > LARGEST_INPUT / 3
                        && input.getBytes(StandardCharsets.UTF_8).length > LARGEST_INPUT) {
            throw new IllegalArgumentException("A job's input has at most 1 MB; larger input goes to storage first");
        }
        return Text.storable(input);
    }
}
