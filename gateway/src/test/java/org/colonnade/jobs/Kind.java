package org.colonnade.jobs;

import java.time.Duration;
import java.util.function.UnaryOperator;

/** A kind of job for a test, done by a lambda. */
record Kind(JobKind kind, Work work) implements JobHandler {

    interface Work {
        Outcome run(JobContext context) throws Exception;
    }

    static Kind of(String name, Work work) {
        return new Kind(JobKind.named(name), work);
    }

    Kind with(UnaryOperator<JobKind> change) {
        return new Kind(change.apply(kind), work);
    }

    Kind perOwner(int running, int queued) {
        return with(k ->
                new JobKind(k.name(), k.maxAttempts(), k.maxRunning(), running, queued, k.deadline(), k.retention()));
    }

    Kind atOnce(int running) {
        return with(k -> new JobKind(
                k.name(),
                k.maxAttempts(),
                running,
                k.maxRunningPerOwner(),
                k.maxQueuedPerOwner(),
                k.deadline(),
                k.retention()));
    }

    Kind keptFor(Duration retention) {
        return with(k -> new JobKind(
                k.name(),
                k.maxAttempts(),
                k.maxRunning(),
                k.maxRunningPerOwner(),
                k.maxQueuedPerOwner(),
                k.deadline(),
                retention));
    }

    @Override
    public Outcome run(JobContext context) throws Exception {
        return work.run(context);
    }
}
