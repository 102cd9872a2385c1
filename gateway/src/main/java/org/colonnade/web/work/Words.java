package org.colonnade.web.work;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.colonnade.jobs.Job;
import org.colonnade.jobs.JobState;
import org.jspecify.annotations.Nullable;

/** Jobs in words. */
final class Words {

    private Words() {}

    /** {@code timed out}, as pages say it. */
    static String of(JobState state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** {@code timed_out}, as the API and addresses say it. */
    static String key(JobState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    static Optional<JobState> state(String key) {
        for (JobState state : JobState.values()) {
            if (key(state).equals(key)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }

    /** How long it has run, or ran; null if it never did. */
    static @Nullable String duration(Job job, Instant now) {
        return job.startedAt() == null
                ? null
                : duration(Duration.between(job.startedAt(), job.endedAt() == null ? now : job.endedAt()));
    }

    /** {@code 0.8 s}, {@code 12 s}, {@code 3 min 5 s}, {@code 2 h 4 min}, {@code 3 d 1 h}. */
    static String duration(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 10) {
            return Math.max(0, duration.toMillis() / 100) / 10.0 + " s";
        }
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return two(seconds / 60, "min", seconds % 60, "s");
        }
        if (seconds < 86_400) {
            return two(seconds / 3600, "h", seconds % 3600 / 60, "min");
        }
        return two(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
    }

    private static String two(long large, String unit, long small, String smallUnit) {
        return small == 0 ? large + " " + unit : large + " " + unit + " " + small + " " + smallUnit;
    }
}
