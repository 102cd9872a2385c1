package org.colonnade.jobs.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.JobKind;
import org.colonnade.jobs.Outlook;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Says why a queued job does not run yet, and when it may. */
final class Outlooks {

    /** Fewer ended jobs in the last hour tell too little. */
    private static final int ENOUGH = 5;

    private final JdbcClient jdbc;
    private final Kinds kinds;

    Outlooks(JdbcClient jdbc, Kinds kinds) {
        this.jdbc = jdbc;
        this.kinds = kinds;
    }

    /**
     * @param ahead how many are claimed before it, as things stand
     * @param aheadInLane how many of its owner and kind are held before it
     * @param underWay how many of its owner and kind are under way
     * @param running of its kind, on all gateways
     * @param busy of all kinds, on all gateways
     * @param workers of all gateways that are alive
     * @param meanSeconds how long jobs of the kind ran in the last hour; null if too few did
     */
    private record Standing(
            Stage stage,
            String kind,
            @Nullable Instant dueAt,
            @Nullable String why,
            long ahead,
            long aheadInLane,
            long underWay,
            long running,
            long busy,
            long workers,
            @Nullable Double meanSeconds) {}

    Optional<Outlook> of(JobId id) {
        return standing(id).map(this::outlook);
    }

    private Optional<Standing> standing(JobId id) {
        return jdbc.sql("""
                with me as (
                    select q.*,
                        case when q.priority = 0 then q.vtime else least(q.vtime, (
                            select min(o.vtime)
                            from jobs.queue o
                            where o.stage = 'ready' and o.kind = q.kind and o.owner = q.owner)) end as turn
                    from jobs.queue q
                    where q.number = (select number from jobs.job where id = :id)
                        and q.stage in ('held', 'ready', 'delayed')),
                past as (
                    select sum(h.ended) as ended, sum(h.seconds) as seconds
                    from jobs.history h, me
                    where h.kind = me.kind and h.minute > now() - interval '1 hour')
                select me.stage, me.kind, me.due_at, me.why,
                    (select count(*)
                     from jobs.queue q
                     where q.stage in ('ready', 'recheck', 'abandon')
                        and (me.stage <> 'ready' or (q.vtime, q.number) < (me.turn, me.number))) as ahead,
                    (select count(*)
                     from jobs.queue q
                     where q.limited and q.kind = me.kind and q.owner = me.owner and q.stage = 'held'
                        and me.stage = 'held' and (-q.priority, q.number) < (-me.priority, me.number)) as ahead_in_lane,
                    (select count(*)
                     from jobs.queue q
                     where q.limited and q.kind = me.kind and q.owner = me.owner
                        and q.stage in ('ready', 'delayed', 'running', 'waiting', 'recheck', 'checking')) as under_way,
                    (select count(*)
                     from jobs.queue q
                     where q.kind = me.kind and q.stage in ('running', 'checking', 'abandoning')) as running,
                    (select count(*)
                     from jobs.queue q
                     where q.stage in ('running', 'checking', 'abandoning')) as busy,
                    (select coalesce(sum(workers), 0) from jobs.gateway where expires_at > now()) as workers,
                    (select case when ended >= :enough then seconds / ended end from past) as mean_seconds
                from me
                """)
                .param("id", id.value())
                .param("enough", ENOUGH)
                .query((row, n) -> new Standing(
                        Stage.of(row.getString("stage")),
                        row.getString("kind"),
                        Rows.timeOrNull(row, "due_at"),
                        row.getString("why"),
                        row.getLong("ahead"),
                        row.getLong("ahead_in_lane"),
                        row.getLong("under_way"),
                        row.getLong("running"),
                        row.getLong("busy"),
                        row.getLong("workers"),
                        Rows.realOrNull(row, "mean_seconds")))
                .optional();
    }

    private Outlook outlook(Standing standing) {
        JobKind policy = kinds.policyOrDefault(standing.kind());
        long position = 1 + standing.ahead() + standing.aheadInLane();
        return new Outlook(position, reason(standing, policy), expectedStart(standing, policy));
    }

    private static @Nullable String reason(Standing standing, JobKind policy) {
        if (standing.stage() == Stage.HELD) {
            return standing.underWay() == 1
                    ? "You have 1 job under way, the most that may be at once"
                    : "You have %d jobs under way, the most that may be at once".formatted(standing.underWay());
        }
        if (standing.stage() == Stage.DELAYED) {
            return "It is tried again after a pause: " + standing.why();
        }
        if (standing.workers() == 0) {
            return "No gateway that runs jobs is up";
        }
        if (standing.running() >= policy.maxRunning()) {
            return standing.running() == 1
                    ? "Another %s job is running, and only one may at once".formatted(standing.kind())
                    : "%d %s jobs are running, the most that may at once"
                            .formatted(standing.running(), standing.kind());
        }
        return standing.busy() >= standing.workers() ? busy(standing.workers()) : null;
    }

    private static String busy(long workers) {
        return workers == 1 ? "The only worker is busy" : "All %d workers are busy".formatted(workers);
    }

    /** With c places that are all taken, a job with n before it starts when n + 1 have ended: after (n + 1) means / c. */
    private static @Nullable Instant expectedStart(Standing standing, JobKind policy) {
        Double mean = standing.meanSeconds();
        if (mean == null || standing.workers() == 0) {
            return null;
        }
        long places = Math.clamp(standing.running(), 1, policy.maxRunning());
        boolean placeFree = standing.ahead() == 0
                && standing.busy() < standing.workers()
                && standing.running() < policy.maxRunning();
        double wait = placeFree ? 0 : mean * (standing.ahead() + 1) / places;
        if (standing.stage() == Stage.HELD) {
            wait = Math.max(wait, mean * (standing.aheadInLane() + 1) / policy.maxRunningPerOwner());
        }
        Instant start = Instant.now().plus(Duration.ofMillis((long) (wait * 1000)));
        return standing.dueAt() != null && standing.dueAt().isAfter(start) ? standing.dueAt() : start;
    }
}
