package org.colonnade.jobs.engine;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Keeps this gateway's lease, and compares what the database says it runs with what it runs: asks handlers to end whose
 * job is to end, drops those whose job was lost, and gives back jobs that it holds without knowing, which a connection
 * that broke during a commit can leave.
 */
final class Pulse {

    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);

    private final Registry registry;
    private final String name;
    private final JobsProperties properties;
    private final Worker worker;
    private final Bell bell;
    private final ReentrantLock beating = new ReentrantLock();
    /** What the database says is ours and is not, by when that was first seen; in {@link System#nanoTime}. */
    private Map<Registry.Held, Long> unknown = Map.of();

    private volatile @Nullable Registration gateway;
    private volatile long renewedAt;
    private volatile long healthySince;

    Pulse(Registry registry, String name, JobsProperties properties, Worker worker, Bell bell) {
        this.registry = registry;
        this.name = name;
        this.properties = properties;
        this.worker = worker;
        this.bell = bell;
    }

    /** One look; renews the lease when it is time to. Failing is no harm as long as a later one succeeds in time. */
    void beat() {
        beating.lock();
        try {
            long now = System.nanoTime();
            Registration registered = gateway;
            if (registered == null) {
                register(now);
            } else if (now - renewedAt >= properties.heartbeat().toNanos()) {
                renew(registered, now);
            }
            compare();
        } catch (DataAccessException e) {
            healthySince = System.nanoTime();
            LOG.warn("The database did not answer a heartbeat: {}", e.getMessage());
        } finally {
            beating.unlock();
        }
    }

    private void register(long now) {
        var registration = registry.register(name, properties.workers(), properties.lease());
        gateway = registration;
        renewedAt = now;
        healthySince = now;
        worker.workFor(registration);
    }

    private void renew(Registration registered, long now) {
        if (registry.renew(registered, properties.lease())) {
            renewedAt = now;
        } else {
            LOG.warn("The lease of {} ran out; its jobs belong to others, and it registers anew", name);
            worker.running().forEach(execution -> execution.stop(Execution.Stop.LOST));
            register(now);
        }
    }

    private void compare() {
        Registration registered = gateway;
        if (registered == null) {
            return;
        }
        bell.company(registry.hasOthers(registered));
        registry.askLateJobsToEnd(registered);
        // Ours first: what is claimed after this line is in neither or only in the second.
        Map<Long, Execution> ours = new HashMap<>();
        worker.running().forEach(execution -> ours.put(execution.claimed().number(), execution));
        var strangers = new HashMap<Registry.Held, Long>();
        for (Registry.Held held : registry.held(registered)) {
            Execution execution = ours.remove(held.number());
            if (execution == null || execution.claimed().claim() != held.claim()) {
                var stranger = new Registry.Held(held.number(), held.claim(), false);
                strangers.put(stranger, unknown.getOrDefault(stranger, System.nanoTime()));
            } else if (held.ending()) {
                worker.end(execution);
            }
        }
        ours.values().forEach(execution -> execution.stop(Execution.Stop.LOST));
        // A job that was just claimed is a stranger until it is begun.
        strangers.forEach((stranger, since) -> {
            if (unknown.containsKey(stranger) && worker.hasBegunAllClaimedBefore(since)) {
                worker.giveBack(stranger);
            }
        });
        unknown = strangers;
    }

    /** Whether the lease was renewed recently enough that nobody can have taken the jobs. */
    boolean leaseHolds() {
        return System.nanoTime() - renewedAt < properties.lease().toNanos();
    }

    /**
     * How long the database has answered without a gap. After an outage every lease looks run out; whoever judges
     * others waits until they had time to renew.
     */
    Duration healthy() {
        return gateway == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - healthySince);
    }

    void leave() {
        beating.lock();
        try {
            if (gateway != null) {
                registry.leave(gateway);
            }
        } catch (DataAccessException e) {
            LOG.warn("Could not sign off; the jobs follow when the lease runs out: {}", e.getMessage());
        } finally {
            beating.unlock();
        }
    }
}
