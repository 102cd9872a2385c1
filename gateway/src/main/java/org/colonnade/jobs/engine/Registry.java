package org.colonnade.jobs.engine;

import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The gateways that share this database, and what each holds. Uses connections that nobody else can exhaust. */
final class Registry {

    private final JdbcClient jdbc;

    Registry(JdbcClient reserved) {
        this.jdbc = reserved;
    }

    /** What the database says this gateway runs. @param ending whether it was asked to end */
    record Held(long number, int claim, boolean ending) {}

    Registration register(String name, int workers, Duration lease) {
        return jdbc.sql("""
                insert into jobs.gateway (name, workers, expires_at)
                values (?, ?, now() + make_interval(secs => ?))
                returning number
                """)
                .param(name)
                .param(workers)
                .param(seconds(lease))
                .query((row, n) -> new Registration(row.getLong(1), name))
                .single();
    }

    /** @return false if the lease had run out and somebody noticed */
    boolean renew(Registration gateway, Duration lease) {
        return jdbc.sql("""
                        update jobs.gateway
                        set seen_at = now(), expires_at = now() + make_interval(secs => ?)
                        where number = ?
                        """).param(seconds(lease)).param(gateway.number()).update() == 1;
    }

    void leave(Registration gateway) {
        jdbc.sql("delete from jobs.gateway where number = ?")
                .param(gateway.number())
                .update();
    }

    boolean hasOthers(Registration gateway) {
        return jdbc.sql("select exists (select from jobs.gateway where number <> ?)")
                .param(gateway.number())
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    /** Strikes out gateways whose lease ran out. Their jobs are those of gateways that do not exist. */
    int strikeOutExpired() {
        return jdbc.sql("delete from jobs.gateway where expires_at < now()").update();
    }

    /** Asks jobs of this gateway that ran past their deadline to end. */
    void askLateJobsToEnd(Registration gateway) {
        jdbc.sql("""
                update jobs.queue
                set ending = 'timed_out', ending_who = 'deadline', ending_why = 'It did not end before its deadline'
                where gateway = ? and stage in ('running', 'checking') and ending is null and deadline_at <= now()
                """).param(gateway.number()).update();
    }

    List<Held> held(Registration gateway) {
        return jdbc.sql("""
                select number, claim, ending is not null as ending
                from jobs.queue
                where gateway = ? and stage in ('running', 'checking', 'abandoning')
                """)
                .param(gateway.number())
                .query((row, n) -> new Held(row.getLong("number"), row.getInt("claim"), row.getBoolean("ending")))
                .list();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
