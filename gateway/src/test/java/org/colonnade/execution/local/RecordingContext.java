package org.colonnade.execution.local;

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

/** A running job without a queue behind it. */
final class RecordingContext implements JobContext {

    private final JobId id = JobId.random();
    private final Map<String, String> facts = new ConcurrentHashMap<>();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private volatile boolean cancelled;

    @Override
    public Job job() {
        return new Job(
                id,
                "trial",
                new Owner("guest:somebody"),
                "A trial",
                "{}",
                JobState.RUNNING,
                1,
                0,
                null,
                null,
                null,
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                null,
                null);
    }

    void cancel() {
        cancelled = true;
    }

    String text() {
        return String.join("\n", log);
    }

    @Override
    public void progress(double fraction, String sentence) throws InterruptedException {
        check();
        log.add(sentence);
    }

    @Override
    public void log(String text) throws InterruptedException {
        check();
        log.add(text);
    }

    @Override
    public void record(String name, String value) {
        facts.put(name, value);
    }

    @Override
    public Optional<String> recorded(String name) {
        return Optional.ofNullable(facts.get(name));
    }

    @Override
    public void check() throws InterruptedException {
        if (cancelled) {
            throw new InterruptedException("cancelled");
        }
    }
}
