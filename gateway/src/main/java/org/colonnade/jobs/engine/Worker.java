package org.colonnade.jobs.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.colonnade.jobs.JobState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/** Claims jobs, runs their handlers, and writes how they ended. */
final class Worker {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(250);

    private final Transitions transitions;
    private final TransactionOperations transaction;
    private final Kinds kinds;
    private final Scribe scribe;
    private final Records records;
    private final Bell bell;
    private final Meters meters;
    private final Backoff backoff;
    private final JobsProperties properties;
    private final Desk desk;
    private final Map<Long, Execution> running = new ConcurrentHashMap<>();
    private final List<Thread> clerks = new ArrayList<>();
    /** What each clerk is busy with, by when it began; in {@link System#nanoTime}. */
    private final Map<Thread, Long> busySince = new ConcurrentHashMap<>();

    private volatile @Nullable Registration gateway;
    private volatile BooleanSupplier leaseHolds = () -> true;
    private volatile Runnable limitedJobEnded = () -> {};

    Worker(
            Transitions transitions,
            TransactionOperations transaction,
            Kinds kinds,
            Scribe scribe,
            Records records,
            Bell bell,
            Meters meters,
            JobsProperties properties) {
        this.transitions = transitions;
        this.transaction = transaction;
        this.kinds = kinds;
        this.scribe = scribe;
        this.records = records;
        this.bell = bell;
        this.meters = meters;
        this.properties = properties;
        this.backoff = new Backoff(properties.firstRetry(), properties.longestRetry());
        this.desk = new Desk(properties.workers(), properties.batch());
    }

    /** Works under this registration from now on. What was claimed under another is lost. */
    void workFor(Registration registration) {
        gateway = registration;
        look();
    }

    /** @param chore lets the owner's next job through */
    void whenLimitedJobEnds(Runnable chore) {
        limitedJobEnded = chore;
    }

    /** @param judge whether nobody else can have taken what this gateway runs */
    void trust(BooleanSupplier judge) {
        leaseHolds = judge;
    }

    @Nullable
    Registration registration() {
        return gateway;
    }

    void start() {
        for (int i = 0; i < properties.clerks(); i++) {
            clerks.add(Thread.ofPlatform().daemon().name("jobs-clerk-" + i).start(this::clerk));
        }
    }

    void look() {
        desk.look();
    }

    Collection<Execution> running() {
        return running.values();
    }

    @Nullable
    Execution running(long number) {
        return running.get(number);
    }

    /** Whether whatever was claimed before this time, in {@link System#nanoTime}, has been begun or will never be. */
    boolean hasBegunAllClaimedBefore(long time) {
        return busySince.values().stream().allMatch(began -> began - time > 0);
    }

    private void clerk() {
        try {
            while (true) {
                Desk.Errand errand = desk.take();
                if (errand.isEmpty()) {
                    return;
                }
                busySince.put(Thread.currentThread(), System.nanoTime());
                try {
                    run(errand);
                } catch (RuntimeException e) {
                    LOG.warn("Jobs could not be claimed or ended; trying again: {}", e.getMessage());
                    if (errand.done().size() == 1 && !unreachable(e)) {
                        errand.done().getFirst().couldNotBeEnded(e);
                    }
                    desk.failed(errand);
                    Thread.sleep(PAUSE_AFTER_FAILURE);
                } finally {
                    busySince.remove(Thread.currentThread());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The database, rather than what was asked of it, is at fault. */
    private static boolean unreachable(RuntimeException e) {
        return e instanceof TransactionException
                || e instanceof TransientDataAccessException
                || e instanceof DataAccessResourceFailureException;
    }

    void run(Desk.Errand errand) {
        var current = Objects.requireNonNull(gateway);
        var endings = new ArrayList<Ending>();
        for (Execution execution : errand.done()) {
            Move move = execution.move();
            // A job that was lost and then claimed again here has a later run, which alone may end it.
            if (move != null && running(execution.claimed().number()) == execution) {
                endings.add(new Ending(execution.claimed(), move, execution.endsSilently()));
            }
        }
        Transitions.Turn turn = write(current, errand, endings);
        Set<Long> changed = new HashSet<>();
        for (Execution execution : errand.done()) {
            long number = execution.claimed().number();
            boolean latest = running.remove(number, execution);
            changed.add(number);
            var ended = latest ? turn.accepted().get(number) : null;
            if (ended == null) {
                LOG.info(
                        "Job {} was no longer ours when its handler ended; nothing was written",
                        execution.job().id());
            }
            meters.ended(execution, ended);
        }
        for (Claimed claimed : turn.claimed()) {
            changed.add(claimed.number());
            begin(claimed);
        }
        desk.ran(errand, turn.claimed().size(), turn.more());
        bell.changed(changed);
        if (endings.stream().anyMatch(ending -> kinds.limits(ending.claimed().job()))) {
            limitedJobEnded.run();
        }
    }

    private Transitions.Turn write(Registration current, Desk.Errand errand, List<Ending> endings) {
        var last = scribe.last(errand.done());
        try {
            if (last.isEmpty()) {
                return transitions.turn(current, endings, errand.wanted());
            }
            return transaction.execute(status -> {
                scribe.write(last);
                return transitions.turn(current, endings, errand.wanted());
            });
        } catch (RuntimeException e) {
            scribe.restore(last);
            throw e;
        }
    }

    private void begin(Claimed claimed) {
        var execution = new Execution(
                claimed,
                kinds.handler(claimed.job().kind()),
                backoff,
                scribe::dirty,
                records,
                () -> leaseHolds.getAsBoolean(),
                this::done);
        running.put(claimed.number(), execution);
        meters.claimed(claimed);
        execution.start();
    }

    private void done(Execution execution) {
        desk.done(execution);
    }

    /** Makes a handler end whose job was cancelled or ran out of time; after the grace the job ends without it. */
    void end(Execution execution) {
        execution.stop(Execution.Stop.END);
        Registration current = gateway;
        if (current != null && execution.stoppedFor().compareTo(properties.grace()) > 0) {
            LOG.warn(
                    "Job {} did not end within {}; ended without it",
                    execution.job().id(),
                    properties.grace());
            var end = new Move.End(JobState.CANCELLED, null, null);
            transitions.turn(current, List.of(new Ending(execution.claimed(), end, false)), 0);
            execution.stop(Execution.Stop.LOST);
            bell.changed(List.of(execution.claimed().number()));
        }
    }

    /** Gives a job back that the database says is ours and that was never begun. */
    void giveBack(Registry.Held held) {
        Registration current = gateway;
        if (current != null) {
            LOG.info("Gives back job number {}, which was claimed in a transaction that seemed to fail", held.number());
            transitions.handBack(current, held);
            bell.work();
        }
    }

    /** Lets handlers end, hands back what does not, and returns when nothing is left to be written. */
    void stop() throws InterruptedException {
        desk.stopClaiming();
        Instant patience = Instant.now().plus(properties.patience());
        running.values().forEach(execution -> execution.stop(Execution.Stop.SHUTDOWN));
        while (!running.isEmpty() && Instant.now().isBefore(patience)) {
            Thread.sleep(20);
        }
        Registration current = gateway;
        if (current != null) {
            var endings = running.values().stream()
                    .map(execution -> new Ending(execution.claimed(), new Move.HandBack("The gateway stopped"), false))
                    .toList();
            if (!endings.isEmpty()) {
                LOG.warn(
                        "{} handlers did not end when the gateway stopped; their jobs are handed back", endings.size());
                transitions.turn(current, endings, 0);
            }
        }
        desk.close();
        for (Thread clerk : clerks) {
            clerk.join(1_000);
        }
    }
}
