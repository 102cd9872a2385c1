package org.colonnade.jobs.engine;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What an operator sees of the work: how long jobs waited to be claimed, how long handlers ran, how runs ended. */
final class Meters {

    private final MeterRegistry registry;
    private final History history;
    private final Kinds kinds;
    private final MultiGauge standing;
    /** Kept, because finding one in the registry takes longer than recording. */
    private final Map<String, Timer> latencies = new ConcurrentHashMap<>();

    private final Map<Run, Timer> runs = new ConcurrentHashMap<>();

    private record Run(String kind, String outcome) {}

    Meters(MeterRegistry registry, History history, Kinds kinds) {
        this.registry = registry;
        this.history = history;
        this.kinds = kinds;
        this.standing = MultiGauge.builder("colonnade.jobs")
                .description("Jobs that have not ended, over all gateways")
                .register(registry);
    }

    private record Standing(String kind, String state) {}

    /** Counts what stands in the queue. Kinds that nobody waits for count zero: a line that ends looks like a fault. */
    void count(JdbcClient jdbc) {
        var counts = new HashMap<Standing, Long>();
        for (String kind : kinds.names()) {
            for (String state : List.of("queued", "waiting", "running", "abandoned")) {
                counts.put(new Standing(kind, state), 0L);
            }
        }
        jdbc.sql("""
            select kind,
                case
                    when stage in ('held', 'ready', 'delayed') then 'queued'
                    when stage in ('waiting', 'recheck', 'checking') then 'waiting'
                    when stage = 'running' then 'running'
                    else 'abandoned' end as state,
                count(*) as jobs
            from jobs.queue
            group by 1, 2
            """).query(row -> {
            counts.put(new Standing(row.getString("kind"), row.getString("state")), row.getLong("jobs"));
        });
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        counts.forEach((standing, jobs) ->
                rows.add(MultiGauge.Row.of(Tags.of("kind", standing.kind(), "state", standing.state()), jobs)));
        standing.register(rows, true);
    }

    void claimed(Claimed claimed) {
        latencies
                .computeIfAbsent(
                        claimed.job().kind(),
                        kind -> timer(
                                        "colonnade.jobs.claim.latency",
                                        "Time in which a job could have been claimed before it was")
                                .tag("kind", kind)
                                .register(registry))
                .record(claimed.waited());
    }

    /** @param ended null if the job was lost before */
    void ended(Execution execution, Transitions.@Nullable Ended ended) {
        String kind = execution.job().kind();
        String outcome = ended == null
                ? "lost"
                : ended.state() == null ? "again" : ended.state().name().toLowerCase(Locale.ROOT);
        if (ended != null && execution.claimed().stage() != Stage.ABANDONING) {
            history.ran(kind, execution.ran());
        }
        runs.computeIfAbsent(
                        new Run(kind, outcome),
                        run -> timer("colonnade.jobs.run", "Time that a handler ran")
                                .tag("kind", run.kind())
                                .tag("outcome", run.outcome())
                                .register(registry))
                .record(execution.ran());
    }

    private static Timer.Builder timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofHours(1));
    }
}
