package org.colonnade.jobs;

import java.time.Instant;
import java.util.List;

/**
 * One gateway process.
 *
 * @param name host and process id
 * @param startedAt when it registered
 * @param seenAt its last heartbeat
 * @param workers how many jobs it can run at once
 * @param running what it runs now, longest-running first
 */
public record Gateway(String name, Instant startedAt, Instant seenAt, int workers, List<Running> running) {

    /** @param since when the gateway took it */
    public record Running(JobId id, String kind, Owner owner, String title, int attempt, Instant since) {}
}
