package org.colonnade.execution.place;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.colonnade.execution.Clusters.Trouble;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a cluster answers, as the last conversation with it showed, and what went wrong lately. */
public final class Reachability {

    private static final int REMEMBERED = 10;

    private static final Logger LOG = LoggerFactory.getLogger(Reachability.class);

    private final String what;
    private final InstantSource clock;
    private final Deque<Trouble> troubles = new ArrayDeque<>();
    private volatile @Nullable Outage outage;
    private volatile Runnable changed = () -> {};

    /** @param why the latest reason, for people */
    public record Outage(Instant since, String why) {}

    /** @param what is talked to, for the log */
    public Reachability(String what, InstantSource clock) {
        this.what = what;
        this.clock = clock;
    }

    /**
     * Every job that waits for the cluster says so, whoever found out.
     *
     * @param news runs when the cluster stops answering, answers again, or does not answer for another reason than before;
     *     on the thread that found out
     */
    public void whenChanged(Runnable news) {
        changed = news;
    }

    public void answered() {
        if (clear()) {
            LOG.info("{} answers again", what);
            changed.run();
        }
    }

    private synchronized boolean clear() {
        boolean news = outage != null;
        outage = null;
        return news;
    }

    /** @return the outage that this failure begins or prolongs */
    public Outage failed(Exception e) {
        String why = Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
        Outage before;
        Outage now;
        synchronized (this) {
            before = outage;
            now = new Outage(before == null ? clock.instant() : before.since(), why);
            outage = now;
        }
        if (before == null || !before.why().equals(why)) {
            LOG.info("{} does not answer: {}", what, why);
            remember(why);
            changed.run();
        }
        return now;
    }

    /** Keeps an error in mind that says nothing about whether the cluster answers. */
    public synchronized void remember(String error) {
        if (troubles.size() == REMEMBERED) {
            troubles.removeLast();
        }
        troubles.addFirst(new Trouble(clock.instant(), error));
    }

    /** The latest errors, newest first. */
    public synchronized List<Trouble> troubles() {
        return List.copyOf(troubles);
    }

    public @Nullable Outage outage() {
        return outage;
    }
}
