package org.colonnade.execution.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.colonnade.execution.Ending;
import org.jspecify.annotations.Nullable;

/** Where a run stands, read from its Job and the pods of it. */
sealed interface Standing {

    /**
     * It has no pod on a node yet.
     *
     * @param since when it was created
     */
    record Queued(String why, Instant since) implements Standing {}

    /**
     * It has a node, but its container does not start.
     *
     * @param since when it got the node
     * @param hopeless whether time will not help
     */
    record Stuck(String why, Instant since, boolean hopeless) implements Standing {}

    record Running() implements Standing {}

    record Ended(Ending ending) implements Standing {}

    /** Waiting for these is part of every start. */
    Set<String> STARTING = Set.of("ContainerCreating", "PodInitializing");

    Set<String> HOPELESS = Set.of("InvalidImageName", "ErrImageNeverPull");

    /** @param pods also those that are gone, as they were seen last */
    static Standing of(Job job, List<Pod> pods) {
        Pod pod = pods.stream()
                .max(Comparator.comparing(one -> one.getMetadata().getCreationTimestamp()))
                .orElse(null);
        if (condition(job, "Complete").isPresent()) {
            return new Ended(new Ending.Exited(0));
        }
        Optional<JobCondition> failed = condition(job, "Failed");
        if (failed.isPresent()) {
            return new Ended(failure(job, failed.get(), pod));
        }
        if (Boolean.TRUE.equals(job.getSpec().getSuspend())) {
            return new Queued("is suspended by the cluster", created(job));
        }
        return pod == null ? new Queued("waits for its pod", created(job)) : unended(job, pod);
    }

    private static Optional<JobCondition> condition(Job job, String type) {
        if (job.getStatus() == null) {
            return Optional.empty();
        }
        return job.getStatus().getConditions().stream()
                .filter(one -> one.getType().equals(type) && one.getStatus().equals("True"))
                .findFirst();
    }

    private static Instant created(Job job) {
        return Instant.parse(job.getMetadata().getCreationTimestamp());
    }

    private static Standing unended(Job job, Pod pod) {
        Optional<PodCondition> scheduled = condition(pod, "PodScheduled");
        if (scheduled.filter(one -> one.getStatus().equals("False")).isPresent()) {
            return new Queued("waits for a node (" + scheduled.get().getMessage() + ")", created(job));
        }
        Optional<ContainerState> state = state(pod);
        ContainerStateWaiting waiting = state.map(ContainerState::getWaiting).orElse(null);
        if (waiting != null && !STARTING.contains(waiting.getReason())) {
            String message = waiting.getMessage() == null ? "" : ": " + waiting.getMessage();
            return new Stuck(
                    waiting.getReason() + message,
                    scheduled
                            .map(PodCondition::getLastTransitionTime)
                            .or(() -> Optional.ofNullable(pod.getMetadata().getCreationTimestamp()))
                            .map(Instant::parse)
                            .orElse(Instant.EPOCH),
                    HOPELESS.contains(waiting.getReason()));
        }
        return hasBegun(pod) ? new Running() : new Queued("is being started on a node", created(job));
    }

    private static boolean hasBegun(@Nullable Pod pod) {
        return pod != null
                && state(pod)
                        .filter(state -> state.getRunning() != null || state.getTerminated() != null)
                        .isPresent();
    }

    private static Optional<PodCondition> condition(Pod pod, String type) {
        if (pod.getStatus() == null) {
            return Optional.empty();
        }
        return pod.getStatus().getConditions().stream()
                .filter(one -> one.getType().equals(type))
                .findFirst();
    }

    private static Optional<ContainerState> state(Pod pod) {
        if (pod.getStatus() == null) {
            return Optional.empty();
        }
        return pod.getStatus().getContainerStatuses().stream()
                .map(ContainerStatus::getState)
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static Ending failure(Job job, JobCondition failed, @Nullable Pod pod) {
        ContainerStateTerminated terminated = pod == null
                ? null
                : state(pod).map(ContainerState::getTerminated).orElse(null);
        // What the script says of itself is exact, whatever happened to the pod afterwards.
        Optional<Ending> said = terminated == null ? Optional.empty() : said(terminated.getMessage());
        if (said.isPresent()) {
            return said.get();
        }
        if (terminated != null && "OOMKilled".equals(terminated.getReason())) {
            return new Ending.LimitReached(Ending.Limit.MEMORY, "The cluster ended the job for want of memory");
        }
        Optional<Ending> outside = pod == null ? Optional.empty() : fromOutside(pod);
        if (outside.isPresent()) {
            return outside.get();
        }
        if ("DeadlineExceeded".equals(failed.getReason())) {
            return pod == null || hasBegun(pod)
                    ? new Ending.LimitReached(Ending.Limit.WALL_TIME, "The cluster ended the job at its deadline")
                    : new Ending.NotStarted("The job did not start in time: it " + reason(unended(job, pod)));
        }
        return terminated == null
                ? new Ending.Killed("The cluster lost the pod of the job: " + words(failed), true)
                : new Ending.Killed(
                        "The container was ended from outside, with exit status " + terminated.getExitCode(), true);
    }

    private static String reason(Standing standing) {
        return switch (standing) {
            case Queued queued -> queued.why();
            case Stuck stuck -> "could not be started (" + stuck.why() + ")";
            case Running running -> "ran";
            case Ended ended -> "ended";
        };
    }

    private static String words(JobCondition condition) {
        return Objects.requireNonNullElse(condition.getMessage(), String.valueOf(condition.getReason()));
    }

    private static Optional<Ending> fromOutside(Pod pod) {
        String reason = pod.getStatus() == null ? null : pod.getStatus().getReason();
        String message =
                pod.getStatus() == null ? "" : String.valueOf(pod.getStatus().getMessage());
        if ("DeadlineExceeded".equals(reason)) {
            return Optional.of(
                    new Ending.LimitReached(Ending.Limit.WALL_TIME, "The cluster ended the job at its deadline"));
        }
        if ("Evicted".equals(reason)) {
            boolean own =
                    message.toLowerCase(Locale.ROOT).matches("(?s).*(exceeds the (total )?limit|usage exceeds).*");
            return Optional.of(
                    own
                            ? new Ending.LimitReached(
                                    Ending.Limit.FOLDER_SIZE, "The cluster evicted the job: " + message)
                            : new Ending.Killed("The cluster evicted the job: " + message, true));
        }
        return condition(pod, "DisruptionTarget")
                .filter(one -> one.getStatus().equals("True"))
                .map(one -> new Ending.Killed("The cluster ended the job: " + one.getMessage(), true));
    }

    /** What the script left as its last word; empty if that is none. */
    static Optional<Ending> said(@Nullable String message) {
        if (message == null) {
            return Optional.empty();
        }
        String[] words = message.strip().split(" ", 2);
        String rest = words.length == 2 ? words[1] : "";
        return switch (words[0]) {
            case "exited" ->
                rest.matches("\\d{1,3}") ? Optional.of(new Ending.Exited(Integer.parseInt(rest))) : Optional.empty();
            case "deadline" ->
                Optional.of(new Ending.LimitReached(Ending.Limit.WALL_TIME, "The job was ended at its time limit"));
            case "staging" ->
                Optional.of(new Ending.Killed("The pod could not fetch the files of the job: " + rest, true));
            case "unsent" ->
                Optional.of(new Ending.Killed("The pod could not send the files of the job: " + rest, true));
            default -> Optional.empty();
        };
    }
}
