package org.colonnade.jobs.engine;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.colonnade.jobs.Job;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.JobState;
import org.colonnade.jobs.Owner;

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

    static Claimed read(ResultSet row) throws SQLException {
        Stage stage = Stage.of(row.getString("stage"));
        UUID parent = row.getObject("parent", UUID.class);
        Instant startedAt = Rows.time(row, "started_at");
        var job = new Job(
                new JobId(row.getObject("id", UUID.class)),
                row.getString("kind"),
                new Owner(row.getString("owner")),
                row.getString("title"),
                row.getString("input"),
                JobState.RUNNING,
                row.getInt("attempt"),
                row.getInt("priority"),
                null,
                null,
                null,
                Rows.time(row, "submitted_at"),
                startedAt,
                Rows.timeOrNull(row, "waiting_since"),
                null,
                parent == null ? null : new JobId(parent));
        return new Claimed(
                row.getLong("number"),
                row.getLong("vtime"),
                row.getInt("claim"),
                row.getInt("max_attempts"),
                stage,
                Duration.ofMillis(Math.max(0, row.getLong("waited_ms"))),
                job);
    }
}
