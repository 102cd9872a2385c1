package org.colonnade.execution.slurm;

import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Whether a cluster answers, as the last conversation with it showed. */
final class Reachability {

    private final InstantSource clock;
    private volatile @Nullable Outage outage;

    /** @param why the latest reason, for people */
    record Outage(Instant since, String why) {}

    Reachability(InstantSource clock) {
        this.clock = clock;
    }

    void answered() {
        outage = null;
    }

    synchronized Outage failed(Exception e) {
        Outage before = outage;
        var now = new Outage(before == null ? clock.instant() : before.since(), String.valueOf(e.getMessage()));
        outage = now;
        return now;
    }

    @Nullable
    Outage outage() {
        return outage;
    }
}
