package org.colonnade.jobs.engine;

import java.util.List;
import org.colonnade.jobs.JobState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What has to happen now and then, on any gateway: several may do it at once and none has to. */
final class Housekeeper {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeper.class);
    private static final int SLICE = 1_000;

    private final JdbcClient jdbc;
    private final Kinds kinds;
    private final Transitions transitions;
    private final Registry registry;
    private final Pulse pulse;
    private final Bell bell;
    private final String name;
    private final JobsProperties properties;

    Housekeeper(
            JdbcClient jdbc,
            Kinds kinds,
            Transitions transitions,
            Registry registry,
            Pulse pulse,
            Bell bell,
            String name,
            JobsProperties properties) {
        this.jdbc = jdbc;
        this.kinds = kinds;
        this.transitions = transitions;
        this.registry = registry;
        this.pulse = pulse;
        this.bell = bell;
        this.name = name;
        this.properties = properties;
    }

    /** Retries and parked jobs that are due become claimable. */
    void promote() {
        int promoted = jdbc.sql("select jobs.promote(now(), ?)")
                .param(SLICE)
                .query((row, n) -> row.getInt(1))
                .single();
        if (promoted > 0) {
            bell.work();
        }
    }

    /** Lets held jobs through where their owner's limit allows. */
    void release() {
        record Lane(String kind, String owner) {}
        List<Lane> lanes = jdbc.sql("select distinct kind, owner from jobs.queue where limited and stage = 'held'")
                .query((row, n) -> new Lane(row.getString(1), row.getString(2)))
                .list();
        lanes.forEach(lane -> release(lane.kind(), lane.owner()));
    }

    void release(String kind, String owner) {
        int released = jdbc.sql("select jobs.release(?, ?, ?)")
                .param(kind)
                .param(owner)
                .param(kinds.policyOrDefault(kind).maxRunningPerOwner())
                .query((row, n) -> row.getInt(1))
                .single();
        if (released > 0) {
            bell.work();
        }
    }

    /** Queued and parked jobs past their deadline end. */
    void endLate() {
        List<Long> late =
                jdbc.sql("""
                select number
                from jobs.queue
                where deadline_at <= now() and stage in ('held', 'ready', 'delayed', 'waiting', 'recheck')
                limit ?
                """).param(SLICE).query((row, n) -> row.getLong(1)).list();
        if (!late.isEmpty()) {
            var ended = transitions.endIdle(late, JobState.TIMED_OUT, "deadline", "It did not end before its deadline");
            transitions.endUnits(ended, JobState.TIMED_OUT, "deadline", "It did not end before its deadline");
            bell.changed(ended);
            bell.work();
            bell.endings();
        }
    }

    /** Jobs of gateways that died go to others. */
    void recover() {
        if (pulse.healthy().compareTo(properties.lease()) > 0) {
            registry.strikeOutExpired();
        }
        int recovered = transitions.recover(name);
        if (recovered > 0) {
            LOG.warn("Took {} jobs from gateways that are gone", recovered);
            bell.work();
        }
    }
}
