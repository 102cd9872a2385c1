package org.colonnade.jobs.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What a handler said since the last flush. Bounded: a handler that talks faster than the database listens is slowed. */
final class Notes {

    private static final int MOST_LINES = 5_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition drained = lock.newCondition();
    private final Runnable dirty;
    private List<Line> lines = new ArrayList<>();
    private @Nullable Progress progress;
    private boolean inFlight;

    record Line(Instant at, String text) {}

    /** @param fraction null if unknown */
    record Progress(@Nullable Double fraction, String sentence) {}

    record Taken(List<Line> lines, @Nullable Progress progress) {
        boolean isEmpty() {
            return lines.isEmpty() && progress == null;
        }
    }

    /** @param dirty called when there is something to flush */
    Notes(Runnable dirty) {
        this.dirty = dirty;
    }

    void log(String text) throws InterruptedException {
        Instant now = Instant.now();
        lock.lockInterruptibly();
        try {
            while (lines.size() >= MOST_LINES) {
                drained.await();
            }
            text.lines().forEach(line -> lines.add(new Line(now, Text.line(line))));
        } finally {
            lock.unlock();
        }
        dirty.run();
    }

    void progress(double fraction, String sentence) {
        lock.lock();
        try {
            Double known = Double.isNaN(fraction) ? null : (Double) Math.clamp(fraction, 0.0, 1.0);
            if (known == null && progress != null) {
                known = progress.fraction();
            }
            progress = new Progress(known, Text.line(sentence));
        } finally {
            lock.unlock();
        }
        dirty.run();
    }

    /** For the regular flush, which calls {@link #settled} when it is through. */
    Taken take() {
        lock.lock();
        try {
            inFlight = true;
            return takeAll();
        } finally {
            lock.unlock();
        }
    }

    /** After the handler returned: waits for a flush under way, so that lines keep their order and none is lost. */
    Taken takeLast() {
        lock.lock();
        try {
            while (inFlight) {
                drained.awaitUninterruptibly();
            }
            return takeAll();
        } finally {
            lock.unlock();
        }
    }

    private Taken takeAll() {
        var taken = new Taken(lines, progress);
        lines = new ArrayList<>();
        progress = null;
        drained.signalAll();
        return taken;
    }

    void settled() {
        lock.lock();
        try {
            inFlight = false;
            drained.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Puts back what could not be written. */
    void restore(Taken taken) {
        lock.lock();
        try {
            lines.addAll(0, taken.lines());
            if (progress == null) {
                progress = taken.progress();
            }
        } finally {
            lock.unlock();
        }
    }
}
