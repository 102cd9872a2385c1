package org.colonnade.jobs.engine;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.colonnade.jobs.Job;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.JobState;
import org.colonnade.jobs.Owner;
import org.jspecify.annotations.Nullable;

/**
 * A job in the hands of this gateway.
 *
 * @param number the job's internal number
 * @param vtime its place in the fair order
 * @param claim what every later write must present
 * @param maxAttempts how many attempts it has in all
 * @param stage running, checking or abandoning
 * @param waited how long it could have been claimed before it was
 */
record Claimed(long number, long vtime, int claim, int maxAttempts, Stage stage, Duration waited, Job job) {

    /** Reads a row of {@code jobs.turn}, by place: this is done for every job. */
    static Claimed read(ResultSet row) throws SQLException {
        UUID parent = row.getObject(12, UUID.class);
        var job = new Job(
                new JobId(row.getObject(11, UUID.class)),
                row.getString(15),
                new Owner(row.getString(16)),
                row.getString(17),
                row.getString(18),
                JobState.RUNNING,
                row.getInt(5),
                row.getInt(14),
                null,
                null,
                null,
                row.getTimestamp(13).toInstant(),
                row.getTimestamp(9).toInstant(),
                waitingSince(row),
                null,
                parent == null ? null : new JobId(parent));
        return new Claimed(
                row.getLong(2),
                row.getLong(3),
                row.getInt(4),
                row.getInt(6),
                Stage.of(row.getString(7)),
                Duration.ofNanos(Math.max(0, (long) (row.getDouble(8) * 1e9))),
                job);
    }

    private static @Nullable Instant waitingSince(ResultSet row) throws SQLException {
        Timestamp since = row.getTimestamp(10);
        return since == null ? null : since.toInstant();
    }
}
