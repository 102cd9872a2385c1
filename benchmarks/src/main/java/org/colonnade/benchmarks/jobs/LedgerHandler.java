package org.colonnade.benchmarks.jobs;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.colonnade.jobs.JobContext;
import org.colonnade.jobs.JobHandler;
import org.colonnade.jobs.JobKind;
import org.colonnade.jobs.Outcome;

/** Work for fault tests: some jobs finish at once, some are parked first, some fail their first attempt. */
record LedgerHandler(String worker) implements JobHandler {

    static final String KIND = "ledger";

    @Override
    public JobKind kind() {
        // So many attempts that faults alone never use them up.
        return new JobKind(
                KIND,
                1_000,
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                Duration.ofHours(1),
                Duration.ofDays(1));
    }

    @Override
    public Outcome run(JobContext context) throws Exception {
        int attempt = context.job().attempt();
        context.record("worker", worker + " " + attempt);
        context.log("attempt " + attempt + " by " + worker);
        Thread.sleep(ThreadLocalRandom.current().nextInt(10, 150));
        context.check();
        return switch (context.job().input()) {
            case "park" -> {
                if (context.recorded("parked").isEmpty()) {
                    context.record("parked", "yes");
                    yield Outcome.waiting("for a moment", Duration.ofMillis(100));
                }
                yield Outcome.completed(worker + " " + attempt);
            }
            case "stumble" -> {
                if (attempt == 1) {
                    throw new IllegalStateException("the first attempt fails");
                }
                yield Outcome.completed(worker + " " + attempt);
            }
            default -> Outcome.completed(worker + " " + attempt);
        };
    }
}
