package org.colonnade.jobs.engine;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an operator sees of the work: how long jobs waited to be claimed, how long handlers ran, how runs ended. */
final class Meters {

    private final MeterRegistry registry;

    Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    void claimed(Claimed claimed) {
        timer("colonnade.jobs.claim.latency", "Time in which a job could have been claimed before it was")
                .tag("kind", claimed.job().kind())
                .register(registry)
                .record(claimed.waited());
    }

    /** @param ended null if the job was lost before */
    void ended(Execution execution, Transitions.@Nullable Ended ended) {
        String outcome = ended == null
                ? "lost"
                : ended.state() == null ? "again" : ended.state().name().toLowerCase(Locale.ROOT);
        timer("colonnade.jobs.run", "Time that a handler ran")
                .tag("kind", execution.job().kind())
                .tag("outcome", outcome)
                .register(registry)
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
