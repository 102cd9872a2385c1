package org.colonnade.execution.kubernetes;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.colonnade.execution.place.ClusterRun;
import org.colonnade.execution.place.Desk;
import org.colonnade.execution.place.Reachability;
import org.colonnade.jobs.JobId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Our jobs on one cluster and their pods, as two watches keep them, whatever their number. Wakes a job when its standing
 * changed, and removes what is there of jobs that are over here.
 */
final class ClusterView implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterView.class);

    private final Api api;
    private final Reachability reachability;
    private final InstantSource clock;
    private final Desk desk;
    private final Supplier<List<JobId>> there;
    private final ResourceWatch<Job> jobWatch;
    private final ResourceWatch<Pod> podWatch;
    private final Map<String, Job> jobs = new ConcurrentHashMap<>();

    /** By the name of the job, then of the pod; a pod that is gone stays as it was seen last, until its job is gone. */
    private final Map<String, Map<String, Pod>> pods = new ConcurrentHashMap<>();

    private final Map<String, Followed> followed = new ConcurrentHashMap<>();
    private volatile @Nullable Instant lastAnswer;

    private record Followed(JobId job, @Nullable Standing told) {}

    /** @param there the jobs that are at the cluster, over all gateways */
    ClusterView(Api api, Reachability reachability, InstantSource clock, Desk desk, Supplier<List<JobId>> there) {
        this.api = api;
        this.reachability = reachability;
        this.clock = clock;
        this.desk = desk;
        this.there = there;
        this.jobWatch = api.watchJobs(new JobEvents());
        this.podWatch = api.watchPods(new PodEvents());
        reachability.whenChanged(() -> followed.values().forEach(one -> desk.wake(one.job())));
    }

    void start() {
        jobWatch.start();
        podWatch.start();
    }

    /** Wakes the job of this run when its standing changes, until {@link #forget}; repeated calls change nothing. */
    void follow(ClusterRun run) {
        followed.putIfAbsent(run.name(), new Followed(run.job(), null));
    }

    void forget(String name) {
        followed.remove(name);
    }

    /** Tells what a call past the watch found. */
    void see(Job job) {
        jobs.putIfAbsent(job.getMetadata().getName(), job);
    }

    /** As {@link #see(Job)}. */
    void see(Pod pod) {
        jobOf(pod)
                .ifPresent(name -> pods.computeIfAbsent(name, key -> new ConcurrentHashMap<>())
                        .putIfAbsent(pod.getMetadata().getName(), pod));
    }

    private static Optional<String> jobOf(Pod pod) {
        return pod.getMetadata().getOwnerReferences().stream()
                .filter(owner -> owner.getKind().equals("Job"))
                .map(OwnerReference::getName)
                .findFirst();
    }

    /** Empty if no job of that name is known; then only the API server can tell whether there is none. */
    Optional<Standing> standing(String name) {
        return Optional.ofNullable(jobs.get(name)).map(job -> Standing.of(job, podsOf(name)));
    }

    List<Pod> podsOf(String name) {
        return List.copyOf(pods.getOrDefault(name, Map.of()).values());
    }

    int size() {
        return followed.size();
    }

    /** How often a list was asked for, or a watch opened. */
    long looks() {
        return jobWatch.lists() + jobWatch.watches() + podWatch.lists() + podWatch.watches();
    }

    long watches() {
        return jobWatch.watches() + podWatch.watches();
    }

    @Nullable
    Instant lastAnswer() {
        return lastAnswer;
    }

    private void answered() {
        lastAnswer = clock.instant();
        reachability.answered();
    }

    private void changed(String name) {
        Followed before = followed.get(name);
        if (before == null) {
            return;
        }
        Standing now = standing(name).orElse(null);
        if (now == null || !now.equals(before.told())) {
            followed.computeIfPresent(name, (key, one) -> new Followed(one.job(), now));
            desk.wake(before.job());
        }
    }

    /** A job of ours that was cancelled in the very moment of its submission. */
    private void endOrphan(Job job) {
        String name = job.getMetadata().getName();
        if (followed.containsKey(name)
                || job.getMetadata().getDeletionTimestamp() != null
                || Standing.of(job, List.of()) instanceof Standing.Ended) {
            return;
        }
        try {
            if (ClusterRun.parse(KubernetesPlace.ENGINE, name)
                    .filter(run -> desk.isOver(run.job()))
                    .isPresent()) {
                LOG.info("Removes {}: its job is over", name);
                api.delete(name);
            }
        } catch (IOException | RuntimeException e) {
            LOG.info("{} is looked at later: {}", name, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Jobs that a gateway before this one brought there: their handlers look after them from now on. */
    private void resume() {
        Set<JobId> known = new HashSet<>();
        followed.values().forEach(one -> known.add(one.job()));
        there.get().stream().filter(job -> !known.contains(job)).forEach(desk::wake);
    }

    private final class JobEvents implements ResourceWatch.Listener<Job> {

        @Override
        public void all(List<Job> found) {
            Map<String, Job> now = new HashMap<>();
            found.forEach(job -> now.put(job.getMetadata().getName(), job));
            jobs.keySet().retainAll(now.keySet());
            pods.keySet().retainAll(now.keySet());
            jobs.putAll(now);
            followed.keySet().forEach(ClusterView.this::changed);
            try {
                resume();
            } catch (RuntimeException e) {
                LOG.info("Jobs of earlier gateways are looked for later: {}", e.getMessage());
            }
            found.forEach(ClusterView.this::endOrphan);
        }

        @Override
        public void changed(Job job) {
            jobs.put(job.getMetadata().getName(), job);
            ClusterView.this.changed(job.getMetadata().getName());
            endOrphan(job);
        }

        @Override
        public void gone(Job job) {
            String name = job.getMetadata().getName();
            jobs.remove(name);
            pods.remove(name);
            ClusterView.this.changed(name);
        }

        @Override
        public void answered() {
            ClusterView.this.answered();
        }

        @Override
        public void failed(Exception e) {
            reachability.failed(e);
        }
    }

    private final class PodEvents implements ResourceWatch.Listener<Pod> {

        @Override
        public void all(List<Pod> found) {
            found.forEach(this::changed);
        }

        @Override
        public void changed(Pod pod) {
            jobOf(pod).ifPresent(name -> {
                pods.computeIfAbsent(name, key -> new ConcurrentHashMap<>())
                        .put(pod.getMetadata().getName(), pod);
                ClusterView.this.changed(name);
            });
        }

        @Override
        public void gone(Pod pod) {
            // Its last state is what a job that it belongs to is judged by.
            if (jobOf(pod).filter(jobs::containsKey).isPresent()) {
                changed(pod);
            }
        }

        @Override
        public void answered() {
            ClusterView.this.answered();
        }

        @Override
        public void failed(Exception e) {
            reachability.failed(e);
        }
    }

    @Override
    public void close() {
        jobWatch.close();
        podWatch.close();
    }
}
