package org.colonnade.jobs;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Submits work and follows it. Safe for any number of threads and gateways. */
public interface Jobs {

    /**
     * Submits one job in the caller's transaction, or in one of its own if there is none.
     *
     * @throws TooManyJobsException if the owner's limit for the kind is reached
     * @throws IllegalArgumentException if no handler knows the kind, or the input is larger than 1 MB
     */
    JobId submit(JobRequest request);

    /**
     * Submits a parent and its units in one call. The parent completes when all units ended, with their counts as its
     * result.
     *
     * @param units inputs (JSON) of the units, in order; all of the given kind and of the parent's owner
     */
    JobId submitAll(JobRequest parent, String unitKind, Stream<String> units);

    /** Queues again those units of a fan-out that failed or timed out; the others keep their results. */
    int redrive(JobId parent, String who);

    Optional<Job> find(JobId id);

    /**
     * Units of a fan-out, newest first.
     *
     * @param state null for all states
     * @param before null for the first page, else the last id of the page before
     */
    List<Job> units(JobId parent, @Nullable JobState state, @Nullable JobId before, int limit);

    /**
     * Jobs of one owner, newest first. Units of a fan-out are not among them: see {@link #units}.
     *
     * @param owner null for all owners (an administrator's view)
     * @param kind null for all kinds
     * @param state null for all states
     * @param before null for the first page, else the last id of the page before
     */
    List<Job> list(
            @Nullable Owner owner, @Nullable String kind, @Nullable JobState state, @Nullable JobId before, int limit);

    /** How many jobs of an owner are queued, waiting or running. */
    long countUnfinished(Owner owner);

    /** The gateways that share this database, each with what it runs; longest-serving first. */
    List<Gateway> gateways();

    List<JobEvent> events(JobId id);

    /** Log lines with a sequence greater than {@code after}, oldest first. */
    List<LogLine> log(JobId id, long after, int limit);

    /** Empty unless the job is queued. */
    Optional<Outlook> outlook(JobId id);

    /**
     * Asks a job to end. A queued or waiting job is cancelled at once, a running one within seconds; of a fan-out every
     * unit that has not ended.
     *
     * @return true if the job is or will be {@link JobState#CANCELLED}; false if it had ended before, or is unknown
     */
    boolean cancel(JobId id, String who, String why);

    /** Tells a waiting job that its condition may have changed. */
    void wake(JobId id);

    /** Gives all jobs of one owner to another, e.g. when a guest signs in. */
    void transfer(Owner from, Owner to);

    /**
     * Calls the listener after something about the job may have changed (state, progress, log), until the returned
     * handle is closed. Calls may be merged; the listener reads what it needs.
     */
    AutoCloseable follow(JobId id, Runnable listener);
}
