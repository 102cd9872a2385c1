package org.colonnade.benchmarks.jobs;

import com.zaxxer.hikari.HikariDataSource;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.engine.JobEngine;

/** Lets real worker processes and a real server suffer while clients submit, and asks the ledger what came of it. */
public final class Faults implements AutoCloseable {

    /** What is done to the system. */
    public enum Fault {
        KILL("SIGKILL of worker processes"),
        STOP("SIGSTOP of worker processes past their lease, then SIGCONT"),
        CRASH("immediate shutdown and restart of PostgreSQL"),
        TERMINATE("a stream of pg_terminate_backend"),
        EXHAUSTION("exhaustion of the connection pool"),
        CANCEL("cancellation racing completion"),
        SAME_KEY("sixteen threads submitting under the same key while connections break");

        final String words;

        Fault(String words) {
            this.words = words;
        }
    }

    private static final int PROCESSES = 2;

    private final DurablePostgres server;
    private final HikariDataSource pool;
    private final HikariDataSource reserved;
    private final Ledger ledger;
    private final List<Process> workers = new ArrayList<>();
    private final AtomicInteger names = new AtomicInteger();
    private final AtomicInteger keys = new AtomicInteger();
    private final AtomicInteger strikes = new AtomicInteger();
    private volatile boolean submitting = true;

    /**
     * @param strikes how often the fault was inflicted
     * @param holds whether nothing was lost, doubled, contradicted or broken
     * @param counts what the ledger says
     */
    public record Outcome(Fault fault, int strikes, Duration took, boolean holds, String counts) {}

    /** @param folder for the server's files */
    public Faults(Path folder) throws IOException {
        server = new DurablePostgres(folder);
        pool = server.pool(24);
        DurablePostgres.migrate(pool);
        Ledger.createTables(pool);
        reserved = server.pool(JobEngine.RESERVED_CONNECTIONS);
        ledger = new Ledger(FaultWorker.engine(pool, reserved, 0, "client").jobs(), pool);
    }

    /** One fault for so long, on a server of its own. */
    public static Outcome run(Fault fault, Duration duration, Path folder) throws Exception {
        try (var faults = new Faults(folder)) {
            return faults.suffer(fault, duration);
        }
    }

    /** Inflicts a fault for so long, then lets everything end and asks the ledger. */
    public Outcome suffer(Fault fault, Duration duration) throws Exception {
        Instant begun = Instant.now();
        Instant end = begun.plus(duration);
        submitting = true;
        strikes.set(0);
        while (workers.size() < PROCESSES) {
            workers.add(spawn());
        }
        var clients = new ArrayList<Thread>();
        for (int i = 0; i < 2; i++) {
            clients.add(Thread.ofPlatform().daemon().start(this::client));
        }
        while (Instant.now().isBefore(end)) {
            strike(fault);
        }
        submitting = false;
        for (Thread client : clients) {
            client.join(Duration.ofSeconds(60));
        }
        ledger.awaitEnds(Duration.ofSeconds(60));
        Ledger.Verdict verdict = ledger.judge();
        return new Outcome(
                fault, strikes.get(), Duration.between(begun, Instant.now()), verdict.holds(), verdict.toString());
    }

    private void client() {
        try {
            while (submitting) {
                ledger.submit();
                Thread.sleep(10);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void strike(Fault fault) throws Exception {
        switch (fault) {
            case KILL -> {
                Thread.sleep(1_000);
                Process victim = workers.remove(ThreadLocalRandom.current().nextInt(workers.size()));
                victim.destroyForcibly().waitFor();
                workers.add(spawn());
            }
            case STOP -> {
                Process victim = workers.get(ThreadLocalRandom.current().nextInt(workers.size()));
                signal("-STOP", victim);
                Thread.sleep(FaultWorker.LEASE.plusMillis(1_500));
                signal("-CONT", victim);
                Thread.sleep(500);
            }
            case CRASH -> {
                Thread.sleep(1_500);
                server.crashAndStart();
            }
            case TERMINATE -> {
                Thread.sleep(30);
                terminateOne();
            }
            case EXHAUSTION -> exhaust();
            case CANCEL -> {
                JobId id = ledger.submit("cancelled " + keys.incrementAndGet(), "plain");
                Thread.sleep(ThreadLocalRandom.current().nextInt(0, 200));
                ledger.cancel(id);
            }
            case SAME_KEY -> {
                submitTogether("shared " + keys.incrementAndGet());
                terminateOne();
            }
        }
        strikes.incrementAndGet();
    }

    private static void signal(String name, Process process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", name, Long.toString(process.pid())).start().waitFor(5, TimeUnit.SECONDS);
    }

    private void terminateOne() {
        try (Connection connection = pool.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("""
                    select pg_terminate_backend(pid)
                    from pg_stat_activity
                    where backend_type = 'client backend' and pid <> pg_backend_pid()
                    order by random()
                    limit 1
                    """);
        } catch (SQLException e) {
            // It may itself have been the one.
        }
    }

    /** Takes every connection of this process's pool for longer than a lease, while a gateway in it works. */
    private void exhaust() throws Exception {
        JobEngine engine = FaultWorker.engine(pool, reserved, 16, "starved " + names.incrementAndGet());
        engine.start();
        Thread.sleep(300);
        var taken = new ArrayList<Connection>();
        try {
            for (int i = 0; i < pool.getMaximumPoolSize(); i++) {
                taken.add(pool.getConnection());
            }
            Thread.sleep(FaultWorker.LEASE.plusMillis(1_000));
        } catch (SQLException e) {
            // Others hold some of them: exhausted all the same.
        } finally {
            for (Connection connection : taken) {
                connection.close();
            }
        }
        engine.stop();
    }

    private void submitTogether(String key) throws InterruptedException {
        var together = new CyclicBarrier(16);
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 16; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    together.await();
                    ledger.submit(key, "plain");
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private Process spawn() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FaultWorker.class.getName(),
                        server.url(),
                        "worker-" + names.incrementAndGet())
                .redirectErrorStream(true)
                .redirectOutput(new File("/dev/null"))
                .start();
    }

    @Override
    public void close() throws IOException {
        workers.forEach(Process::destroyForcibly);
        reserved.close();
        pool.close();
        server.close();
    }
}
