package org.colonnade.execution.place;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.colonnade.jobs.Job;
import org.colonnade.jobs.JobId;

/** Knows the jobs that a test tells it about. */
public final class LooseDesk implements Desk {

    private final Map<JobId, Job> jobs = new ConcurrentHashMap<>();
    private final List<JobId> woken = new CopyOnWriteArrayList<>();

    public void put(Job job) {
        jobs.put(job.id(), job);
    }

    public List<JobId> woken() {
        return List.copyOf(woken);
    }

    @Override
    public void wake(JobId job) {
        woken.add(job);
    }

    @Override
    public Optional<Job> find(JobId job) {
        return Optional.ofNullable(jobs.get(job));
    }
}
