package org.colonnade.execution.place;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.colonnade.jobs.Job;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.Jobs;
import org.slf4j.LoggerFactory;

/** What a cluster has to know about the jobs of this installation, and may do to them. */
public interface Desk {

    /** Something about the job changed: its handler should look again. One that cannot be told looks by itself minutes later. */
    void wake(JobId job);

    /** Empty if the job is not known any more. */
    Optional<Job> find(JobId job);

    /** @return false also for a job that is not known: it may belong to another installation */
    default boolean isOver(JobId job) {
        return find(job).filter(found -> found.state().isFinal()).isPresent();
    }

    /** When the job ended; empty while it has not, or if it is not known. */
    default Optional<Instant> endOf(JobId job) {
        return find(job).map(Job::endedAt);
    }

    /** @param jobs asked for when needed: the handlers that use a cluster are part of what makes jobs */
    static Desk of(Supplier<Jobs> jobs) {
        return new Desk() {
            @Override
            public void wake(JobId job) {
                try {
                    jobs.get().wake(job);
                } catch (RuntimeException e) {
                    LoggerFactory.getLogger(Desk.class).info("Job {} is woken later: {}", job, e.getMessage());
                }
            }

            @Override
            public Optional<Job> find(JobId job) {
                return jobs.get().find(job);
            }
        };
    }
}
