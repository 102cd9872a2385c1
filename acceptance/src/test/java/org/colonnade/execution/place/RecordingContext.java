package org.colonnade.execution.place;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.colonnade.jobs.Job;
import org.colonnade.jobs.JobContext;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.JobState;
import org.colonnade.jobs.Owner;
import org.jspecify.annotations.Nullable;

/** A job's memory that outlives the place that fills it, as the database does. */
public final class RecordingContext implements JobContext {

    private final Job job;
    private final Map<String, String> recorded = new ConcurrentHashMap<>();
    private final List<String> log = new CopyOnWriteArrayList<>();

    public RecordingContext() {
        this(null);
    }

    /** @param parent the fan-out that the job is a unit of */
    public RecordingContext(@Nullable JobId parent) {
        job = new Job(
                JobId.random(),
                "shell",
                Owner.SYSTEM,
                "A command",
                "{}",
                JobState.RUNNING,
                1,
                0,
                null,
                null,
                null,
                Instant.now(),
                Instant.now(),
                null,
                null,
                parent);
    }

    /** The same job, cancelled a moment ago. */
    public Job cancelled() {
        return new Job(
                job.id(),
                job.kind(),
                job.owner(),
                job.title(),
                job.input(),
                JobState.CANCELLED,
                job.attempt(),
                job.priority(),
                null,
                null,
                null,
                job.submittedAt(),
                job.startedAt(),
                null,
                Instant.now(),
                job.parent());
    }

    @Override
    public Job job() {
        return job;
    }

    @Override
    public void progress(double fraction, String sentence) {}

    @Override
    public void log(String text) {
        log.add(text);
    }

    public String logged() {
        return String.join("", log);
    }

    @Override
    public void record(String name, String value) {
        recorded.put(name, value);
    }

    /** As if the gateway had died just before it could write this down. */
    public void lose(String name) {
        recorded.remove(name);
    }

    @Override
    public Optional<String> recorded(String name) {
        return Optional.ofNullable(recorded.get(name));
    }

    @Override
    public void check() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
