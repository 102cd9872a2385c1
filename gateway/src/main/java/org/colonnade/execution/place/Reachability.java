package org.colonnade.execution.place;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.colonnade.execution.Clusters.Trouble;
import org.jspecify.annotations.Nullable;

/** Whether a cluster answers, as the last conversation with it showed, and what went wrong lately. */
public final class Reachability {

    private static final int REMEMBERED = 10;

    private final InstantSource clock;
    private final Deque<Trouble> troubles = new ArrayDeque<>();
    private volatile @Nullable Outage outage;

    /** @param why the latest reason, for people */
    public record Outage(Instant since, String why) {}

    public Reachability(InstantSource clock) {
        this.clock = clock;
    }

    /** @return whether it did not answer before */
    public synchronized boolean answered() {
        boolean news = outage != null;
        outage = null;
        return news;
    }

    /** @return the outage that this failure begins or prolongs */
    public synchronized Outage failed(Exception e) {
        Outage before = outage;
        String why = Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
        var now = new Outage(before == null ? clock.instant() : before.since(), why);
        outage = now;
        if (before == null || !before.why().equals(why)) {
            remember(why);
        }
        return now;
    }

    /** Keeps an error in mind that says nothing about whether the cluster answers. */
    public synchronized void remember(String what) {
        if (troubles.size() == REMEMBERED) {
            troubles.removeLast();
        }
        troubles.addFirst(new Trouble(clock.instant(), what));
    }

    /** The latest errors, newest first. */
    public synchronized List<Trouble> troubles() {
        return List.copyOf(troubles);
    }

    public @Nullable Outage outage() {
        return outage;
    }
}
