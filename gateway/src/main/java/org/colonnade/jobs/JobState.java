package org.colonnade.jobs;

/** The states of a job. The last four are final. */
public enum JobState {
    /** Ready to be claimed by a worker, now or at its due time. */
    QUEUED,
    /** Held by a worker under a lease. */
    RUNNING,
    /** Parked until an outside condition changes; occupies no worker. */
    WAITING,
    COMPLETED,
    FAILED,
    TIMED_OUT,
    CANCELLED;

    public boolean isFinal() {
        return compareTo(COMPLETED) >= 0;
    }
}
