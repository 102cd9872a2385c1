package org.colonnade.jobs.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Where handlers leave what they finished, and clerks pick up what is to be done next. */
final class Desk {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Execution> done = new ArrayDeque<>();
    private final int batch;
    private int free;
    /** Grows with every announcement of work, so that one that comes during a claim is not forgotten. */
    private long announced;
    /** The last claim got less than it wanted, and nothing was announced since. */
    private boolean dry = true;
    /** How many of those done are to be taken one by one, because taken together they failed. */
    private int singly;

    private boolean claiming = true;
    private boolean open = true;

    Desk(int workers, int batch) {
        this.free = workers;
        this.batch = batch;
    }

    /**
     * @param wanted how many jobs to claim; their places are already taken
     * @param announced what was known of the queue then
     */
    record Errand(List<Execution> done, int wanted, long announced) {
        boolean isEmpty() {
            return done.isEmpty() && wanted == 0;
        }
    }

    /** There may be work in the queue. */
    void look() {
        lock.lock();
        try {
            announced++;
            dry = false;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    void done(Execution execution) {
        lock.lock();
        try {
            done.add(execution);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for something to do. @return an empty errand when the desk was closed and everything is done */
    Errand take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (open && done.isEmpty() && !mayClaim()) {
                changed.await();
            }
            int most = singly > 0 ? 1 : batch;
            var taken = new ArrayList<Execution>(Math.min(most, done.size()));
            while (!done.isEmpty() && taken.size() < most) {
                taken.add(done.poll());
            }
            singly = Math.max(0, singly - taken.size());
            free += taken.size();
            int wanted = mayClaim() ? Math.min(batch, free) : 0;
            free -= wanted;
            return new Errand(taken, wanted, announced);
        } finally {
            lock.unlock();
        }
    }

    private boolean mayClaim() {
        return !dry && claiming && free > 0;
    }

    /** The errand was run. @param claimed how many of the wanted jobs there were @param more there may be more */
    void ran(Errand errand, int claimed, boolean more) {
        lock.lock();
        try {
            free += errand.wanted() - claimed;
            if (errand.wanted() > 0 && !more && errand.announced() == announced) {
                dry = true;
            }
            if (!done.isEmpty() || mayClaim()) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The errand could not be run: everything lies on the desk again. */
    void failed(Errand errand) {
        lock.lock();
        try {
            free += errand.wanted() - errand.done().size();
            errand.done().reversed().forEach(done::addFirst);
            if (errand.done().size() > 1) {
                singly += errand.done().size();
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    void stopClaiming() {
        lock.lock();
        try {
            claiming = false;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            open = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
