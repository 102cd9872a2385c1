package org.colonnade.execution.place;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.colonnade.execution.Clusters.Stay;
import org.colonnade.execution.admission.Admission;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.Owner;
import org.jspecify.annotations.Nullable;

/** Lets everybody in at once, and remembers who is there and what they used. */
public final class OpenDoor implements Admission {

    private final Map<JobId, Boolean> there = new ConcurrentHashMap<>();
    private final Map<JobId, String> usage = new ConcurrentHashMap<>();

    @Override
    public Answer ask(String place, JobId job, Owner owner, int cores, Capacity capacity) {
        there.put(job, true);
        return new Admitted();
    }

    @Override
    public void leave(String place, JobId job, @Nullable String used) {
        there.remove(job);
        if (used != null) {
            usage.put(job, used);
        }
    }

    @Override
    public List<JobId> next(String place, Capacity capacity) {
        return List.of();
    }

    @Override
    public List<JobId> there(String place) {
        return List.copyOf(there.keySet());
    }

    @Override
    public int waiting(String place) {
        return 0;
    }

    @Override
    public List<Stay> stays(String place, int limit) {
        return List.of();
    }

    public @Nullable String usage(JobId job) {
        return usage.get(job);
    }
}
