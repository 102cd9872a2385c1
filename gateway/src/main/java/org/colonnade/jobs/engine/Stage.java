package org.colonnade.jobs.engine;

import java.util.Locale;
import org.colonnade.jobs.JobState;

/** Where an unfinished job stands in the queue; as {@code jobs.stage}. */
enum Stage {
    HELD,
    READY,
    DELAYED,
    RUNNING,
    WAITING,
    RECHECK,
    CHECKING,
    ABANDON,
    ABANDONING,
    ABANDON_DELAYED;

    static Stage of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** As people see it, for a job that has not ended. */
    JobState state() {
        return switch (this) {
            case HELD, READY, DELAYED -> JobState.QUEUED;
            case RUNNING, ABANDON, ABANDONING, ABANDON_DELAYED -> JobState.RUNNING;
            case WAITING, RECHECK, CHECKING -> JobState.WAITING;
        };
    }
}
