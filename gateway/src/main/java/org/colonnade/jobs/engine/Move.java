package org.colonnade.jobs.engine;

import java.time.Duration;
import java.util.Locale;
import org.colonnade.jobs.JobState;
import org.jspecify.annotations.Nullable;

/** What becomes of a job after one run of its handler. */
sealed interface Move {

    /** It ended. */
    record End(
            JobState state,
            @Nullable String result,
            @Nullable String why) implements Move {}

    /** It is tried again after a pause. */
    record TryAgain(String why, Duration pause) implements Move {}

    /** It is parked until then, or until woken. */
    record Park(String why, Duration recheck) implements Move {}

    /** The gateway stops: another may have it at once, and no attempt is counted. */
    record HandBack(String why) implements Move {}

    /** As {@code jobs.finish} calls it. */
    default String code() {
        return switch (this) {
            case End end -> end.state().name().toLowerCase(Locale.ROOT);
            case TryAgain again -> "delayed";
            case Park park -> "waiting";
            case HandBack back -> "ready";
        };
    }

    default @Nullable String result() {
        return null;
    }

    @Nullable
    String why();

    default double delaySeconds() {
        return switch (this) {
            case TryAgain again -> again.pause().toMillis() / 1000.0;
            case Park park -> park.recheck().toMillis() / 1000.0;
            case End end -> 0;
            case HandBack back -> 0;
        };
    }
}
