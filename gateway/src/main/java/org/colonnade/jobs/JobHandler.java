package org.colonnade.jobs;

/**
 * Does the work of one kind. A bean of this type is enough to make its kind known.
 *
 * <p>{@link #run} is straight-line code on a virtual thread. It may be called again for the same job: after a lost
 * worker, after a retry, and after every {@link Outcome.Waiting}. What must survive such a restart is kept with
 * {@link JobContext#record}.
 */
public interface JobHandler {

    /** The kind's policy; its name is stored with every job, so it never changes. */
    JobKind kind();

    /**
     * Runs, re-attaches to, or continues the job.
     *
     * @throws InterruptedException when the job was cancelled, lost its lease, or the gateway stops
     * @throws Exception anything else counts as {@code Outcome.retry(…)}
     */
    Outcome run(JobContext context) throws Exception;

    /**
     * Ends what a parked job left running elsewhere, after the job was cancelled or timed out while
     * {@link JobState#WAITING}. Called at least once; must be idempotent.
     */
    default void abandon(JobContext context) throws Exception {}
}
