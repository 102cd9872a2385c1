package org.colonnade.jobs.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells this gateway and the others that something changed. News is merged and sent after the fact, outside the
 * transactions that made it: PostgreSQL lets only one notifying transaction commit at a time, which would slow every
 * submission. A message lost with a crash costs a moment, because everyone also looks by themselves now and then. A gateway
 * that is alone sends nothing.
 */
final class Bell {

    private static final Logger LOG = LoggerFactory.getLogger(Bell.class);
    private static final String CHANNEL = "colonnade_jobs";
    private static final Duration MERGE = Duration.ofMillis(20);
    private static final int LISTEN_MILLIS = 300;
    private static final int RECONNECT_MILLIS = 500;
    /** PostgreSQL takes payloads below 8000 bytes; a number has at most 19 digits. */
    private static final int NUMBERS_PER_MESSAGE = 350;

    private final String sender = UUID.randomUUID().toString();
    private final DataSource reserved;
    private final Map<Long, List<Follower>> followers = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final List<Thread> threads = new ArrayList<>();
    private Set<Long> changed = new HashSet<>();
    private boolean work;
    private boolean endings;
    private volatile boolean open = true;
    private volatile boolean company = true;
    private volatile Runnable onWork = () -> {};
    private volatile Runnable onEndings = () -> {};

    /** @param reserved connections that nobody else can exhaust */
    Bell(DataSource reserved) {
        this.reserved = reserved;
    }

    /**
     * @param whenWork there may be work in the queue
     * @param whenEndings somebody asked running jobs to end
     */
    void start(Runnable whenWork, Runnable whenEndings) {
        onWork = whenWork;
        onEndings = whenEndings;
        threads.add(Thread.ofVirtual().name("jobs-ring").start(this::ring));
        threads.add(Thread.ofPlatform().daemon().name("jobs-listen").start(this::listen));
    }

    void stop() throws InterruptedException {
        open = false;
        announce(() -> {});
        for (Thread thread : threads) {
            thread.join(LISTEN_MILLIS + 500);
        }
    }

    /** Work was put into the queue. */
    void work() {
        onWork.run();
        announce(() -> work = true);
    }

    /** Running jobs were asked to end. */
    void endings() {
        onEndings.run();
        announce(() -> endings = true);
    }

    /** Something about these jobs is new. */
    void changed(Collection<Long> numbers) {
        if (!numbers.isEmpty()) {
            numbers.forEach(this::tell);
            announce(() -> changed.addAll(numbers));
        }
    }

    /** @param others whether there are other gateways; one that comes says so itself */
    void company(boolean others) {
        company = others;
    }

    private void announce(Runnable note) {
        if (!company && open) {
            return;
        }
        lock.lock();
        try {
            note.run();
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    AutoCloseable follow(long number, Runnable listener) {
        var follower = new Follower(listener);
        followers.compute(number, (key, known) -> {
            List<Follower> all = known == null ? new CopyOnWriteArrayList<>() : known;
            all.add(follower);
            return all;
        });
        return () -> followers.computeIfPresent(number, (key, known) -> {
            known.remove(follower);
            return known.isEmpty() ? null : known;
        });
    }

    private void tell(long number) {
        List<Follower> all = followers.get(number);
        if (all != null) {
            all.forEach(Follower::tell);
        }
    }

    /** Calls a listener, one call at a time; what comes meanwhile makes one more call. */
    private static final class Follower {
        private final Runnable listener;
        private final AtomicBoolean pending = new AtomicBoolean();
        private final ReentrantLock calling = new ReentrantLock();

        Follower(Runnable listener) {
            this.listener = listener;
        }

        void tell() {
            if (pending.compareAndSet(false, true)) {
                Thread.startVirtualThread(this::call);
            }
        }

        private void call() {
            calling.lock();
            try {
                pending.set(false);
                listener.run();
            } catch (RuntimeException e) {
                LOG.warn("A listener to a job failed: {}", e.toString());
            } finally {
                calling.unlock();
            }
        }
    }

    private void ring() {
        while (open) {
            try (Connection connection = reserved.getConnection()) {
                // A message needs no disk: losing one only costs a moment.
                try (var statement = connection.createStatement()) {
                    statement.execute("set synchronous_commit = off");
                }
                while (open) {
                    send(connection, take());
                    Thread.sleep(MERGE);
                }
            } catch (InterruptedException e) {
                return;
            } catch (SQLException e) {
                LOG.debug("Other gateways could not be told of changes: {}", e.getMessage());
                pause();
            }
        }
    }

    private List<String> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (open && !work && !endings && changed.isEmpty()) {
                news.await();
            }
            var messages = new ArrayList<String>();
            if (work) {
                messages.add("work");
            }
            if (endings) {
                messages.add("endings");
            }
            var numbers = List.copyOf(changed);
            for (int i = 0; i < numbers.size(); i += NUMBERS_PER_MESSAGE) {
                var slice = numbers.subList(i, Math.min(numbers.size(), i + NUMBERS_PER_MESSAGE));
                messages.add(
                        String.join(" ", slice.stream().map(String::valueOf).toList()));
            }
            work = false;
            endings = false;
            changed = new HashSet<>();
            return messages;
        } finally {
            lock.unlock();
        }
    }

    private void send(Connection connection, List<String> messages) throws SQLException {
        try (var statement = connection.prepareStatement("select pg_notify(?, p) from unnest(?::text[]) p")) {
            statement.setString(1, CHANNEL);
            statement.setObject(2, messages.stream().map(m -> sender + " " + m).toArray(String[]::new));
            statement.execute();
        }
    }

    private void listen() {
        while (open) {
            try (Connection connection = reserved.getConnection()) {
                try (var statement = connection.createStatement()) {
                    statement.execute("listen " + CHANNEL);
                }
                send(connection, List.of("hello"));
                lookAtEverything();
                var postgres = connection.unwrap(PGConnection.class);
                while (open) {
                    PGNotification[] messages = postgres.getNotifications(LISTEN_MILLIS);
                    if (messages != null) {
                        for (PGNotification message : messages) {
                            receive(message.getParameter());
                        }
                    }
                }
            } catch (SQLException e) {
                LOG.debug("Not listening for changes: {}", e.getMessage());
                pause();
            }
        }
    }

    /** What was said while nobody listened is unknown. */
    private void lookAtEverything() {
        onWork.run();
        onEndings.run();
        followers.values().forEach(all -> all.forEach(Follower::tell));
    }

    private void receive(String payload) {
        String[] words = payload.split(" ");
        if (words.length < 2 || words[0].equals(sender)) {
            return;
        }
        switch (words[1]) {
            case "work" -> onWork.run();
            case "endings" -> onEndings.run();
            case "hello" -> company = true;
            default -> {
                for (int i = 1; i < words.length; i++) {
                    tell(Long.parseLong(words[i]));
                }
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(RECONNECT_MILLIS);
        } catch (InterruptedException e) {
            open = false;
        }
    }
}
