package org.colonnade.certification.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The only way to write. One lock is held from the first read to the commit: versions are numbered in the order in which
 * they become visible, so what was true as of a version never changes later, and no two writers overlook each other.
 */
@Component
public class Ledger {

    // Any fixed number that no other part of the gateway uses.
    private static final long LOCK = 0x43455254_4C454447L;

    private static final int RUNS_AT_ONCE = 200;

    private static final ScopedValue<Instant> TIME = ScopedValue.newInstance();

    private final JdbcClient jdbc;
    private final EventStore store;
    private final States states;
    private final Recent recent;
    private final Projections projections;
    private final ApplicationEventPublisher publisher;
    private final TransactionTemplate transaction;

    Ledger(
            JdbcClient jdbc,
            EventStore store,
            States states,
            Recent recent,
            Projections projections,
            ApplicationEventPublisher publisher,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.store = store;
        this.states = states;
        this.recent = recent;
        this.projections = projections;
        this.publisher = publisher;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Writes one version, or none if the work adds nothing. What the work throws rolls everything back.
     *
     * @param comment why, as the log shows it
     */
    public <T> T write(Author author, String comment, Function<Draft, T> work) {
        return locked(() -> {
            var draft = new Draft(store, states, recent, author, comment);
            T result = work.apply(draft);
            if (draft.hasVersion()) {
                projections.project(draft);
                publisher.publishEvent(new Recorded(draft.version(), draft.runs(), draft.datasets()));
            }
            return result;
        });
    }

    public void record(Author author, String comment, Consumer<Draft> work) {
        write(author, comment, draft -> {
            work.accept(draft);
            return true;
        });
    }

    /**
     * Writes several versions or none. Nobody else writes meanwhile.
     *
     * @param work calls {@link #write} any number of times, on this thread
     */
    public <T> T together(Supplier<T> work) {
        return locked(work);
    }

    /**
     * Gives what the work writes on this thread the time at which it was done elsewhere. No version is older than the one
     * before it, whatever the time.
     */
    public static void asIfAt(Instant time, Runnable work) {
        ScopedValue.where(TIME, time).run(work);
    }

    /**
     * Gives the next version that number, so that what quotes versions of a history from elsewhere stays right. Only within
     * {@link #together}, and only upwards.
     */
    public void continueFrom(long version) {
        jdbc.sql("""
                        select setval('certification.version_number', :version, false)
                        where :version > (select coalesce(max(version), 0) from certification.version)
                        """).param("version", version).query(Long.class).optional();
    }

    static @Nullable Instant time() {
        return TIME.isBound() ? TIME.get() : null;
    }

    /** @param same whether every row came out as it was, in every byte */
    public record Replay(long rows, boolean same) {}

    /** Builds every projection anew from the events. */
    public Replay replay() {
        return locked(() -> {
            String before = projections.digest();
            projections.clear();
            List<Integer> runs = store.runs();
            for (int from = 0; from < runs.size(); from += RUNS_AT_ONCE) {
                List<Integer> some = runs.subList(from, Math.min(runs.size(), from + RUNS_AT_ONCE));
                projections.project(store.of(some, States.NOW));
            }
            return new Replay(projections.rows(), projections.digest().equals(before));
        });
    }

    /** Folds one dataset anew. */
    public void replay(DatasetKey key) {
        locked(() -> {
            projections.projectDataset(key);
            return true;
        });
    }

    private <T> T locked(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> {
            jdbc.sql("select pg_advisory_xact_lock(:lock)")
                    .param("lock", LOCK)
                    .query((rs, n) -> true)
                    .single();
            return work.get();
        }));
    }
}
