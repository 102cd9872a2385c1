package org.colonnade.jobs.engine;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
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
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Every change of a job's state after its submission, each with its event row in the same transaction. Methods join the
 * caller's transaction or open one.
 */
final class Transitions {

    private static final String TURN = "select * from jobs.turn(?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private final JdbcClient jdbc;
    private final JdbcOperations statements;
    private final TransactionOperations transaction;
    private final Kinds kinds;
    private final ApplicationEventPublisher publisher;
    private final Floors floors;

    Transitions(
            JdbcOperations statements,
            TransactionOperations transaction,
            Kinds kinds,
            ApplicationEventPublisher publisher,
            Floors floors) {
        this.jdbc = JdbcClient.create(statements);
        this.statements = statements;
        this.floors = floors;
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
            var quick = endings.stream().filter(Transitions::completesPlainly).toList();
            var accepted = new HashMap<Long, Ended>();
            var claimed = quick.isEmpty() && wanted == 0
                    ? List.<Claimed>of()
                    : completeAndClaim(gateway, quick, wanted, accepted);
            var others = accepted.size() == endings.size()
                    ? List.<Ending>of()
                    : endings.stream()
                            .filter(ending ->
                                    !accepted.containsKey(ending.claimed().number()))
                            .toList();
            if (!others.isEmpty()) {
                accepted.putAll(finish(gateway, others));
            }
            publish(endings, accepted);
            floors.claimed(claimed);
            // Short of what was wanted, the claim may have begun too late, or before a place was freed.
            boolean more = claimed.size() == wanted || !others.isEmpty() || floors.reset();
            return new Turn(accepted, claimed, wanted > 0 && more);
        });
    }

    private static boolean completesPlainly(Ending ending) {
        return ending.claimed().stage() == Stage.RUNNING
                && ending.move() instanceof Move.End end
                && end.state() == JobState.COMPLETED;
    }

    private void publish(List<Ending> endings, Map<Long, Ended> accepted) {
        for (Ending ending : endings) {
            var ended = accepted.get(ending.claimed().number());
            if (ended != null && ended.state() != null && !ending.silent()) {
                var job = ending.claimed().job();
                publisher.publishEvent(new JobEnded(job.id(), job.kind(), job.owner(), ended.state()));
            }
        }
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

    /**
     * Both in one call, and so one round trip; without the layers of a JdbcClient, because this is run for every job.
     *
     * @param accepted receives what completed
     */
    private List<Claimed> completeAndClaim(
            Registration gateway, List<Ending> quick, int wanted, Map<Long, Ended> accepted) {
        return statements.execute(TURN, (PreparedStatement statement) -> {
            int count = quick.size();
            var numbers = new long[count];
            var claims = new int[count];
            var results = new @Nullable String[count];
            for (int i = 0; i < count; i++) {
                Ending ending = quick.get(i);
                String result = ending.move().result();
                numbers[i] = ending.claimed().number();
                claims[i] = ending.claimed().claim();
                results[i] = result == null ? null : Text.storable(result);
            }
            statement.setLong(1, gateway.number());
            statement.setString(2, gateway.name());
            statement.setObject(3, numbers);
            statement.setObject(4, claims);
            statement.setObject(5, results);
            statement.setObject(6, kinds.names());
            statement.setObject(7, kinds.limits());
            statement.setObject(8, floors.of(kinds.names()));
            statement.setInt(9, wanted);
            var claimed = new ArrayList<Claimed>();
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                if (row.getArray(1) != null) {
                    for (Long number : (Long[]) row.getArray(1).getArray()) {
                        accepted.put(number, new Ended(JobState.COMPLETED));
                    }
                }
                while (row.next()) {
                    claimed.add(Claimed.read(row));
                }
            }
            return claimed;
        });
    }

    private Map<Long, Ended> finish(Registration gateway, List<Ending> endings) {
        return finish(
                gateway,
                endings.stream().mapToLong(e -> e.claimed().number()).toArray(),
                endings.stream().mapToInt(e -> e.claimed().claim()).toArray(),
                endings.stream().map(Ending::move).toArray(Move[]::new));
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
                    from jobs.unit
                    where fan_out = any (?) and stage in ('held', 'ready', 'delayed', 'waiting', 'recheck')
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
        List<Long> held = jdbc.sql("""
                select number from jobs.unit where fan_out = any (?) and stage in ('running', 'checking')
                """)
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
