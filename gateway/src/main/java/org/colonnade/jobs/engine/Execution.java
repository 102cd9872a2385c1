package org.colonnade.jobs.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.colonnade.jobs.Job;
import org.colonnade.jobs.JobContext;
import org.colonnade.jobs.JobHandler;
import org.colonnade.jobs.JobState;
import org.colonnade.jobs.Outcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** One call of a handler on a virtual thread of its own. */
final class Execution implements JobContext, Runnable {

    /** Why a handler's thread was interrupted. */
    enum Stop {
        /** The job was cancelled or ran out of time. */
        END,
        /** The job belongs to another gateway by now. */
        LOST,
        /** This gateway stops. */
        SHUTDOWN
    }

    private static final int REFUSALS_BEFORE_FAILING = 5;
    private static final Logger LOG = LoggerFactory.getLogger(Execution.class);

    private final Claimed claimed;
    private final JobHandler handler;
    private final Backoff backoff;
    private final Notes notes;
    private final Records records;
    private final BooleanSupplier leaseHolds;
    private final Consumer<Execution> whenDone;
    private final AtomicReference<@Nullable Stop> stop = new AtomicReference<>();
    private final Thread thread;
    private volatile @Nullable Move move;
    private volatile long stoppedAt;
    private volatile Duration ran = Duration.ZERO;
    private volatile int refusals;

    Execution(
            Claimed claimed,
            JobHandler handler,
            Backoff backoff,
            Consumer<Execution> dirty,
            Records records,
            BooleanSupplier leaseHolds,
            Consumer<Execution> whenDone) {
        this.claimed = claimed;
        this.handler = handler;
        this.backoff = backoff;
        this.notes = new Notes(() -> dirty.accept(this));
        this.records = records;
        this.leaseHolds = leaseHolds;
        this.whenDone = whenDone;
        this.thread = Thread.ofVirtual().name("job-" + claimed.job().id()).unstarted(this);
    }

    void start() {
        thread.start();
    }

    Claimed claimed() {
        return claimed;
    }

    /** What becomes of the job; null while the handler runs, and for ever if the job was lost. */
    @Nullable
    Move move() {
        return move;
    }

    Notes notes() {
        return notes;
    }

    Duration ran() {
        return ran;
    }

    /** How long ago the handler was asked to end. */
    Duration stoppedFor() {
        return stop.get() == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - stoppedAt);
    }

    /**
     * Writing the end failed although the database answers: a result that cannot be stored, or a listener that throws.
     * The job then fails instead; and if even that is refused, it ends without telling listeners.
     */
    void couldNotBeEnded(RuntimeException e) {
        refusals++;
        if (refusals == REFUSALS_BEFORE_FAILING) {
            LOG.error(
                    "Job {} cannot be ended as its handler wants, and fails",
                    claimed.job().id(),
                    e);
            move = new Move.End(JobState.FAILED, null, "Its end could not be recorded: " + words(e));
        }
    }

    boolean endsSilently() {
        return refusals >= 2 * REFUSALS_BEFORE_FAILING;
    }

    /** Interrupts the handler. A loss overrides every other reason. */
    void stop(Stop reason) {
        Stop before = stop.getAndUpdate(known -> known == null || reason == Stop.LOST ? reason : known);
        if (before == null) {
            stoppedAt = System.nanoTime();
        }
        // Once for each reason: the handler may be busy ending what it started elsewhere.
        if (before == null || reason == Stop.LOST && before != Stop.LOST) {
            thread.interrupt();
        }
    }

    @Override
    public void run() {
        MDC.put("job", claimed.job().id().toString());
        MDC.put("kind", claimed.job().kind());
        long begun = System.nanoTime();
        try {
            Move result = call();
            if (stop.get() != Stop.LOST) {
                move = result;
            }
        } finally {
            ran = Duration.ofNanos(System.nanoTime() - begun);
            whenDone.accept(this);
            MDC.clear();
        }
    }

    private Move call() {
        try {
            if (claimed.stage() == Stage.ABANDONING) {
                handler.abandon(this);
                return new Move.End(JobState.CANCELLED, null, null);
            }
            return move(handler.run(this));
        } catch (InterruptedException e) {
            return interrupted("It was interrupted");
        } catch (Throwable e) {
            if (stop.get() != null) {
                // A handler may well turn the interruption into an exception of its own.
                return interrupted(words(e));
            }
            LOG.warn(
                    "Attempt {} of job {} failed",
                    claimed.job().attempt(),
                    claimed.job().id(),
                    e);
            return again(words(e));
        }
    }

    private Move interrupted(String why) {
        return switch (stop.get()) {
            case SHUTDOWN -> new Move.HandBack("The gateway stopped");
            // The request that is stored with the job says which end, and why.
            case END -> new Move.End(JobState.CANCELLED, null, why);
            case LOST -> new Move.HandBack("The gateway lost it");
            case null -> again(why);
        };
    }

    private Move move(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Completed done -> new Move.End(JobState.COMPLETED, done.result(), null);
            case Outcome.Failed failed -> new Move.End(JobState.FAILED, null, failed.why());
            case Outcome.TimedOut late -> new Move.End(JobState.TIMED_OUT, null, late.why());
            case Outcome.Waiting waiting -> new Move.Park(waiting.why(), waiting.recheck());
            case Outcome.Retry retry ->
                stop.get() == Stop.SHUTDOWN ? new Move.HandBack("The gateway stopped") : again(retry.why());
        };
    }

    private Move again(String why) {
        int attempt = claimed.job().attempt();
        boolean last = claimed.stage() == Stage.ABANDONING
                ? attempt >= Backoff.ABANDON_ATTEMPTS
                : attempt >= claimed.maxAttempts();
        return last ? new Move.End(JobState.FAILED, null, why) : new Move.TryAgain(why, backoff.pause(attempt));
    }

    private static String words(Throwable e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    }

    @Override
    public Job job() {
        return claimed.job();
    }

    @Override
    public void progress(double fraction, String sentence) throws InterruptedException {
        check();
        notes.progress(fraction, sentence);
    }

    @Override
    public void log(String text) throws InterruptedException {
        check();
        notes.log(text);
    }

    @Override
    public void record(String name, String value) throws InterruptedException {
        check();
        if (!records.put(claimed, name, value)) {
            stop(Stop.LOST);
            check();
        }
    }

    @Override
    public Optional<String> recorded(String name) {
        return records.get(claimed.number(), name);
    }

    @Override
    public void check() throws InterruptedException {
        if (!leaseHolds.getAsBoolean() && !records.holds(claimed)) {
            // The process slept past its lease, and somebody else has the job.
            stop(Stop.LOST);
        }
        if (stop.get() != null || Thread.interrupted()) {
            throw new InterruptedException("Job " + claimed.job().id() + " is to end here: " + stop.get());
        }
    }
}
