package org.colonnade.jobs.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.colonnade.jobs.JobEnded;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.JobState;
import org.colonnade.jobs.Owner;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Every change of a job's state after its submission, each with its event row in the same transaction. Methods join the
 * caller's transaction or open one.
 */
final class Transitions {

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final Kinds kinds;
    private final ApplicationEventPublisher publisher;
    private final Floors floors = new Floors();

    Transitions(JdbcClient jdbc, TransactionOperations transaction, Kinds kinds, ApplicationEventPublisher publisher) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.kinds = kinds;
        this.publisher = publisher;
    }

    /**
     * Ends runs of handlers and claims further jobs, in one transaction.
     *
     * @param endings at most one per job
     * @param wanted how many to claim at most; may be 0
     */
    Turn turn(Registration gateway, List<Ending> endings, int wanted) {
        return transaction.execute(status -> {
            var accepted = endings.isEmpty() ? Map.<Long, Ended>of() : finish(gateway, endings);
            var claimed = wanted == 0 ? List.<Claimed>of() : claim(gateway, wanted);
            floors.claimed(claimed);
            // Short of what was wanted, the claim may have begun too late.
            boolean more = claimed.size() == wanted || floors.reset();
            return new Turn(accepted, claimed, wanted > 0 && more);
        });
    }

    /**
     * @param accepted by the job's number; an ending that is not in it came too late, and changed nothing
     * @param claimed now in the hands of this gateway
     * @param more whether another claim may find more
     */
    record Turn(Map<Long, Ended> accepted, List<Claimed> claimed, boolean more) {}

    /** Lets the next claim look everywhere. */
    void lookEverywhere() {
        floors.reset();
    }

    /** @param state final, or null if the job goes on */
    record Ended(@Nullable JobState state) {}

    private List<Claimed> claim(Registration gateway, int wanted) {
        return jdbc.sql("""
                        select number, vtime, claim, max_attempts, attempt, stage, started_at, waiting_since, id, parent,
                            submitted_at, priority, kind, owner, title, input,
                            (extract(epoch from now() - since) * 1000)::bigint as waited_ms
                        from jobs.claim(?, ?, ?, ?, ?, ?)
                        """)
                .param(gateway.number())
                .param(gateway.name())
                .param(kinds.names())
                .param(kinds.limits())
                .param(floors.of(kinds.names()))
                .param(wanted)
                .query((row, n) -> Claimed.read(row))
                .list();
    }

    private Map<Long, Ended> finish(Registration gateway, List<Ending> endings) {
        int n = endings.size();
        var numbers = new long[n];
        var claims = new int[n];
        var moves = new Move[n];
        var byNumber = new HashMap<Long, Ending>();
        for (int i = 0; i < n; i++) {
            Ending ending = endings.get(i);
            numbers[i] = ending.claimed().number();
            claims[i] = ending.claimed().claim();
            moves[i] = ending.move();
            byNumber.put(numbers[i], ending);
        }
        var accepted = finish(gateway, numbers, claims, moves);
        accepted.forEach((number, ended) -> {
            var ending = byNumber.get(number);
            if (ended.state() != null && ending != null && !ending.silent()) {
                var job = ending.claimed().job();
                publisher.publishEvent(new JobEnded(job.id(), job.kind(), job.owner(), ended.state()));
            }
        });
        return accepted;
    }

    /** Gives back a job that was claimed and never begun. */
    void handBack(Registration gateway, Registry.Held held) {
        transaction.executeWithoutResult(
                status -> finish(gateway, new long[] {held.number()}, new int[] {held.claim()}, new Move[] {
                    new Move.HandBack("It was claimed but never begun")
                }));
    }

    private Map<Long, Ended> finish(Registration gateway, long[] numbers, int[] claims, Move[] moves) {
        var accepted = new HashMap<Long, Ended>();
        jdbc.sql("select number, state from jobs.finish(?, ?, ?, ?, ?, ?, ?)")
                .param(gateway.name())
                .param(numbers)
                .param(claims)
                .param(Arrays.stream(moves).map(Move::code).toArray(String[]::new))
                .param(Arrays.stream(moves)
                        .map(move -> move.result() == null ? null : Text.storable(move.result()))
                        .toArray(String[]::new))
                .param(Arrays.stream(moves)
                        .map(move -> Text.sentence(move.why()))
                        .toArray(String[]::new))
                .param(Arrays.stream(moves).mapToDouble(Move::delaySeconds).toArray())
                .query(row -> {
                    String state = row.getString("state");
                    accepted.put(row.getLong("number"), new Ended(state == null ? null : state(state)));
                });
        return accepted;
    }

    /** Takes jobs from gateways that are no more. @return how many */
    int recover(String who) {
        return transaction.execute(status -> {
            var ended = new ArrayList<JobEnded>();
            int[] count = {0};
            jdbc.sql("""
                    select r.state, j.id, j.kind, j.owner
                    from jobs.recover(?) r
                    join jobs.job j on j.number = r.number
                    """).param(who).query(row -> {
                count[0]++;
                String state = row.getString("state");
                if (state != null) {
                    ended.add(new JobEnded(
                            new JobId(row.getObject("id", UUID.class)),
                            row.getString("kind"),
                            new Owner(row.getString("owner")),
                            state(state)));
                }
            });
            ended.forEach(publisher::publishEvent);
            return count[0];
        });
    }

    /** Ends jobs that no worker holds, and leaves the others alone. @return the numbers of those it ended */
    List<Long> endIdle(Collection<Long> numbers, JobState state, String who, @Nullable String why) {
        return transaction.execute(status -> {
            var ended = new ArrayList<Long>();
            jdbc.sql("""
                    select e.number, j.id, j.kind, j.owner
                    from jobs.end_idle(?::jobs.state, ?, ?, ?) e
                    join jobs.job j on j.number = e.number
                    """)
                    .param(state.name().toLowerCase(Locale.ROOT))
                    .param(who)
                    .param(Text.sentence(why))
                    .param(numbers.toArray(Long[]::new))
                    .query((row, n) -> {
                        ended.add(row.getLong("number"));
                        return new JobEnded(
                                new JobId(row.getObject("id", UUID.class)),
                                row.getString("kind"),
                                new Owner(row.getString("owner")),
                                state);
                    })
                    .list()
                    .forEach(publisher::publishEvent);
            return ended;
        });
    }

    /** Ends all units of these fan-outs, as {@link #endIdle} or by asking their workers. */
    void endUnits(Collection<Long> parents, JobState state, String who, @Nullable String why) {
        while (true) {
            List<Long> units = jdbc.sql("""
                    select number
                    from jobs.queue
                    where parent = any (?) and stage in ('held', 'ready', 'delayed', 'waiting', 'recheck')
                    limit 5000
                    """)
                    .param(parents.toArray(Long[]::new))
                    .query((row, n) -> row.getLong(1))
                    .list();
            if (units.isEmpty()) {
                break;
            }
            endIdle(units, state, who, why);
        }
        List<Long> held = jdbc.sql(
                        "select number from jobs.queue where parent = any (?) and stage in ('running', 'checking')")
                .param(parents.toArray(Long[]::new))
                .query((row, n) -> row.getLong(1))
                .list();
        askToEnd(held, state, who, why);
    }

    /** Asks the workers that hold these jobs to end them. @return the numbers of those that a worker holds */
    List<Long> askToEnd(Collection<Long> numbers, JobState state, String who, @Nullable String why) {
        return jdbc.sql("""
                update jobs.queue
                set ending = coalesce(ending, ?::jobs.state),
                    ending_who = coalesce(ending_who, ?),
                    ending_why = coalesce(ending_why, ?)
                where number = any (?) and stage in ('running', 'checking')
                returning number
                """)
                .param(state.name().toLowerCase(Locale.ROOT))
                .param(who)
                .param(Text.sentence(why))
                .param(numbers.toArray(Long[]::new))
                .query((row, n) -> row.getLong(1))
                .list();
    }

    static JobState state(String name) {
        return JobState.valueOf(name.toUpperCase(Locale.ROOT));
    }
}
