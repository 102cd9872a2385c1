package org.colonnade.jobs;

import java.time.Duration;

/** How one run of a handler ended. */
public sealed interface Outcome {

    /** @param result the handler's own JSON */
    record Completed(String result) implements Outcome {}

    /** The work itself is wrong; trying again would not help. */
    record Failed(String why) implements Outcome {}

    /** Something around the work failed; try again with back-off, up to the kind's limit. */
    record Retry(String why) implements Outcome {}

    /** The work ran out of its own time limit. */
    record TimedOut(String why) implements Outcome {}

    /**
     * The work goes on elsewhere. The job is parked and its handler called again after {@code recheck}, or at once
     * when {@link Jobs#wake} is called.
     *
     * @param why in words for the owner, e.g. "queued at cluster keeling, 3 jobs ahead"
     */
    record Waiting(String why, Duration recheck) implements Outcome {}

    static Outcome completed(String result) {
        return new Completed(result);
    }

    static Outcome failed(String why) {
        return new Failed(why);
    }

    static Outcome retry(String why) {
        return new Retry(why);
    }

    static Outcome timedOut(String why) {
        return new TimedOut(why);
    }

    static Outcome waiting(String why, Duration recheck) {
        return new Waiting(why, recheck);
    }
}
