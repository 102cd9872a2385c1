package org.colonnade.jobs.engine;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How long jobs of each kind ran of late, over all gateways. What expected starts are computed from. */
final class History {

    private record Sum(int ended, double seconds) {}

    private final JdbcClient jdbc;
    private final Map<String, Sum> sums = new HashMap<>();

    History(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    synchronized void ran(String kind, Duration duration) {
        sums.merge(
                kind,
                new Sum(1, duration.toNanos() / 1e9),
                (a, b) -> new Sum(a.ended() + b.ended(), a.seconds() + b.seconds()));
    }

    /** Writes what was added since the last time. A row per minute, kind and gateway. */
    void write(Registration gateway) {
        Map<String, Sum> taken;
        synchronized (this) {
            taken = Map.copyOf(sums);
            sums.clear();
        }
        taken.forEach((kind, sum) -> jdbc.sql("""
                        insert into jobs.history as h (minute, kind, gateway, ended, seconds)
                        values (date_trunc('minute', now()), ?, ?, ?, ?)
                        on conflict (kind, minute, gateway) do update
                        set ended = h.ended + excluded.ended, seconds = h.seconds + excluded.seconds
                        """)
                .param(kind)
                .param(gateway.number())
                .param(sum.ended())
                .param(sum.seconds())
                .update());
    }
}
