package org.colonnade.jobs.engine;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.colonnade.jobs.JobHandler;
import org.colonnade.jobs.Jobs;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The engine of one gateway, put together. Needs no Spring context: benchmarks and fault tests start it bare. */
public final class JobEngine {

    private final Jobs jobs;
    private final Bell bell;
    private final Worker worker;
    private final Scribe scribe;
    private final Pulse pulse;
    private final Housekeeper housekeeper;
    private final JobsProperties properties;
    private final Transitions transitions;
    private final FanOuts fanOuts;
    private final Pruner pruner;
    private final History history;
    private final Meters meters;
    private final JdbcClient jdbc;
    private final Ticker ticker = new Ticker();

    /**
     * @param database the pool that callers' transactions use as well
     * @param reserved at least {@value #RESERVED_CONNECTIONS} connections that nobody else uses, so that an exhausted
     *     pool costs no lease
     * @param handlers asked for once, when first needed
     */
    public JobEngine(
            DataSource database,
            DataSource reserved,
            PlatformTransactionManager transactions,
            Supplier<? extends Collection<JobHandler>> handlers,
            ApplicationEventPublisher publisher,
            MeterRegistry meterRegistry,
            JobsProperties properties) {
        var statements = new JdbcTemplate(database);
        jdbc = JdbcClient.create(statements);
        var transaction = new TransactionTemplate(transactions);
        var name = name();
        var kinds = new Kinds(handlers);
        var registry = new Registry(JdbcClient.create(reserved));
        var floors = new Floors(properties.clerks() * properties.batch());
        transitions = new Transitions(statements, transaction, kinds, publisher, floors);
        this.properties = properties;
        history = new History(jdbc);
        meters = new Meters(meterRegistry, history, kinds);
        bell = new Bell(reserved);
        scribe = new Scribe(jdbc, transaction);
        worker = new Worker(transitions, transaction, kinds, scribe, new Records(jdbc), bell, meters, properties);
        pulse = new Pulse(registry, name, properties, worker, bell);
        worker.trust(pulse::leaseHolds);
        fanOuts = new FanOuts(jdbc, transaction, publisher, bell, name);
        pruner = new Pruner(jdbc, transaction, kinds, publisher);
        housekeeper = new Housekeeper(jdbc, kinds, transitions, registry, pulse, bell, name, properties);
        jobs = new StoredJobs(
                jdbc,
                transaction,
                new Submissions(jdbc, transaction, kinds),
                transitions,
                new Archive(jdbc),
                new Outlooks(jdbc, kinds),
                kinds,
                bell);
    }

    private static final Duration COUNT_EVERY = Duration.ofSeconds(10);

    /** For the heartbeat, for listening and for ringing. */
    public static final int RESERVED_CONNECTIONS = 3;

    public Jobs jobs() {
        return jobs;
    }

    public void start() {
        pulse.beat();
        Runnable release = ticker.every(properties.poll(), "release", housekeeper::release);
        Runnable promote = ticker.every(properties.poll().dividedBy(4), "promote", housekeeper::promote);
        Runnable beat = ticker.every(properties.poll(), "pulse", pulse::beat);
        worker.whenLimitedJobEnds(release);
        bell.start(
                () -> {
                    worker.look();
                    release.run();
                    promote.run();
                },
                beat);
        ticker.every(properties.flush(), "flush", () -> bell.changed(scribe.flush()));
        ticker.every(properties.poll(), "look", () -> {
            transitions.lookEverywhere();
            worker.look();
        });
        ticker.every(properties.heartbeat(), "deadlines", housekeeper::endLate);
        ticker.every(properties.heartbeat(), "recover", housekeeper::recover);
        ticker.every(properties.poll(), "fan-outs", fanOuts::look);
        ticker.every(properties.prune(), "prune", pruner::prune);
        ticker.every(properties.heartbeat(), "history", this::writeHistory);
        ticker.every(COUNT_EVERY, "count", () -> meters.count(jdbc));
        if (properties.workers() > 0) {
            worker.start();
        }
    }

    /** Hands back what is not finished. */
    public void stop() throws InterruptedException {
        worker.stop();
        ticker.stop();
        bell.stop();
        pulse.leave();
    }

    private void writeHistory() {
        Registration registration = worker.registration();
        if (registration != null) {
            history.write(registration);
        }
    }

    private static String name() {
        try {
            return InetAddress.getLocalHost().getHostName() + "-"
                    + ProcessHandle.current().pid();
        } catch (UnknownHostException e) {
            return "gateway-" + ProcessHandle.current().pid();
        }
    }
}
