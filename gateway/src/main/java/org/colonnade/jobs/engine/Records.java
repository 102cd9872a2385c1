package org.colonnade.jobs.engine;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Facts that survive a restart. */
final class Records {

    private final JdbcClient jdbc;

    Records(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @return false if the claim is no longer valid; then nothing was written */
    boolean put(Claimed claimed, String name, String value) {
        return jdbc.sql("""
                        insert into jobs.record (job, name, value)
                        select number, ?, ?
                        from jobs.queue
                        where number = ? and claim = ? and stage in ('running', 'checking', 'abandoning')
                        for share
                        on conflict (job, name) do update set value = excluded.value
                        """)
                        .param(name)
                        .param(Text.storable(value))
                        .param(claimed.number())
                        .param(claimed.claim())
                        .update()
                == 1;
    }

    boolean holds(Claimed claimed) {
        return jdbc.sql("""
                        select claim
                        from jobs.queue
                        where number = ? and stage in ('running', 'checking', 'abandoning')
                        """)
                .param(claimed.number())
                .query((row, n) -> row.getInt(1))
                .optional()
                .filter(claim -> claim == claimed.claim())
                .isPresent();
    }

    Optional<String> get(long number, String name) {
        return jdbc.sql("select value from jobs.record where job = ? and name = ?")
                .param(number)
                .param(name)
                .query((row, n) -> row.getString(1))
                .optional();
    }
}
