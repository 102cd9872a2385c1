package org.colonnade.execution.admission;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.colonnade.execution.Clusters.Stay;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.Owner;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Keeps stays in the database, which all gateways share; one lock per place makes them one queue. */
@Component
class StoredAdmission implements Admission {

    /** Jobs that wait ask about every half minute. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Usage halves in a day, so that after ten days less than a thousandth is left of it. */
    private static final String REMEMBERED = "10 days";

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;

    StoredAdmission(JdbcClient jdbc, TransactionOperations transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    private record Candidate(UUID job, int position, boolean allowed) {}

    @Override
    public Answer ask(String place, JobId job, Owner owner, int cores, Capacity capacity) {
        return transaction.execute(status -> {
            lock(place);
            arrive(place, job, owner, cores);
            if (isThere(place, job)) {
                return new Admitted();
            }
            int there = count(place, "admitted_at is not null");
            List<Candidate> candidates = candidates(place, capacity);
            Candidate own = candidates.stream()
                    .filter(candidate -> candidate.job().equals(job.value()))
                    .findFirst()
                    .orElseThrow();
            if (own.allowed() && own.position() <= capacity.jobs() - there) {
                admit(place, job);
                return new Admitted();
            }
            return new Waits(own.position(), there, !own.allowed());
        });
    }

    private void lock(String place) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('execution.place ' || :place, 0))")
                .param("place", place)
                .query((row, n) -> 1)
                .single();
    }

    /** A job that left and comes again, for a further attempt, stands at the end of its owner's line. */
    private void arrive(String place, JobId job, Owner owner, int cores) {
        jdbc.sql("""
                        insert into execution.stay as s (place, job, owner, cores)
                        values (:place, :job, :owner, :cores)
                        on conflict (place, job) do update
                        set seen_at = now(),
                            owner = excluded.owner,
                            cores = excluded.cores,
                            asked_at = case when s.left_at is null then s.asked_at else now() end,
                            admitted_at = case when s.left_at is null then s.admitted_at end,
                            left_at = null
                        """)
                .param("place", place)
                .param("job", job.value())
                .param("owner", owner.value())
                .param("cores", cores)
                .update();
    }

    private boolean isThere(String place, JobId job) {
        return jdbc.sql("""
                        select admitted_at is not null
                        from execution.stay
                        where place = :place and job = :job
                        """)
                .param("place", place)
                .param("job", job.value())
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    private void admit(String place, JobId job) {
        jdbc.sql("update execution.stay set admitted_at = now() where place = :place and job = :job")
                .param("place", place)
                .param("job", job.value())
                .update();
    }

    private int count(String place, String condition) {
        return jdbc.sql("select count(*) from execution.stay where place = :place and left_at is null and " + condition)
                .param("place", place)
                .query((row, n) -> row.getInt(1))
                .single();
    }

    /** Those who wait, in order; positions are counted among those whose owner's limit allows one more. */
    private List<Candidate> candidates(String place, Capacity capacity) {
        return jdbc.sql("""
                        with used as (
                            select owner,
                                count(*) filter (where left_at is null) as running,
                                sum(cores * extract(epoch from coalesce(left_at, now()) - admitted_at) / 3600
                                    * power(0.5, extract(epoch from now() - coalesce(left_at, now())) / 86400)) as hours
                            from execution.stay
                            where place = :place and admitted_at is not null
                                and (left_at is null or left_at > now() - cast(:remembered as interval))
                            group by owner),
                        waiting as (
                            select s.job, s.asked_at,
                                coalesce(u.running, 0)
                                    + row_number() over (partition by s.owner order by s.asked_at, s.job) - 1 as before,
                                coalesce(u.hours, 0) as hours,
                                extract(epoch from now() - s.asked_at) / 3600 as waited
                            from execution.stay s
                            left join used u using (owner)
                            where s.place = :place and s.left_at is null and s.admitted_at is null
                                and s.seen_at > now() - make_interval(secs => :patience))
                        select job, before < :per_owner as allowed,
                            row_number() over (
                                order by before >= :per_owner, before + hours - waited, asked_at, job) as position
                        from waiting
                        order by position
                        """)
                .param("place", place)
                .param("remembered", REMEMBERED)
                .param("patience", PATIENCE.toSeconds())
                .param("per_owner", capacity.perOwner())
                .query((row, n) -> new Candidate(
                        row.getObject("job", UUID.class), row.getInt("position"), row.getBoolean("allowed")))
                .list();
    }

    @Override
    public void leave(String place, JobId job, @Nullable String usage) {
        jdbc.sql("""
                        update execution.stay
                        set left_at = coalesce(left_at, now()), usage = coalesce(cast(:usage as jsonb), usage)
                        where place = :place and job = :job
                        """)
                .param("place", place)
                .param("job", job.value())
                .param("usage", usage)
                .update();
    }

    @Override
    public List<JobId> next(String place, Capacity capacity) {
        int room = capacity.jobs() - count(place, "admitted_at is not null");
        return candidates(place, capacity).stream()
                .filter(candidate -> candidate.allowed() && candidate.position() <= room)
                .map(candidate -> new JobId(candidate.job()))
                .toList();
    }

    @Override
    public List<JobId> there(String place) {
        return jdbc.sql("""
                        select job
                        from execution.stay
                        where place = :place and left_at is null and admitted_at is not null
                        order by admitted_at
                        """)
                .param("place", place)
                .query((row, n) -> new JobId(row.getObject(1, UUID.class)))
                .list();
    }

    @Override
    public List<Stay> stays(String place, int limit) {
        return jdbc.sql("""
                        select job, owner, cores, asked_at, admitted_at, left_at, usage ->> 'words' as usage
                        from execution.stay
                        where place = :place
                        order by left_at desc nulls first, admitted_at nulls last, asked_at
                        limit :limit
                        """)
                .param("place", place)
                .param("limit", limit)
                .query((row, n) -> new Stay(
                        new JobId(row.getObject("job", UUID.class)),
                        new Owner(row.getString("owner")),
                        row.getInt("cores"),
                        row.getObject("asked_at", OffsetDateTime.class).toInstant(),
                        time(row.getObject("admitted_at", OffsetDateTime.class)),
                        time(row.getObject("left_at", OffsetDateTime.class)),
                        row.getString("usage")))
                .list();
    }

    private static @Nullable Instant time(@Nullable OffsetDateTime value) {
        return value == null ? null : value.toInstant();
    }

    @Override
    public int waiting(String place) {
        return count(place, "admitted_at is null and seen_at > now() - interval '5 minutes'");
    }
}
