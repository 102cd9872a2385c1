package org.colonnade.execution;

import java.util.List;
import org.colonnade.jobs.JobContext;
import org.colonnade.jobs.Owner;

/** Runs commands for job handlers, here or on a cluster. */
public interface Places {

    /** The places where jobs of this kind may run; the first is the default. */
    List<Place> forKind(String jobKind);

    /** As {@link #forKind(String)}, without those that are closed to this owner; unavailable ones are among them. */
    List<Place> forKind(String jobKind, Owner owner);

    /**
     * Starts the job's command at a place, re-attaches to it, or collects it: whatever comes next. A local command is
     * awaited; a remote one is submitted and polled, and the handler returns {@code Outcome.waiting}. What is needed to
     * find the command again is recorded in the context before it is started, so that a repeated call never starts it
     * twice within one attempt.
     *
     * @param place a name from {@link #forKind}
     */
    Step advance(JobContext context, String place, Command command) throws InterruptedException;

    /** Kills the command if it still runs; idempotent. */
    void abandon(JobContext context, String place) throws InterruptedException;

    /** Removes the command's folders after the handler stored what it needs; idempotent. */
    void release(JobContext context, String place) throws InterruptedException;
}
