package org.colonnade.execution.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobConditionBuilder;
import java.time.Instant;
import java.util.List;
import org.colonnade.execution.Ending;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandingTest {

    private static final String CREATED = "2026-11-27T10:00:00Z";
    private static final String SCHEDULED = "2026-11-27T10:01:00Z";

    private static Job job() {
        return new JobBuilder()
                .withNewMetadata()
                .withName("colonnade-x-1")
                .withCreationTimestamp(CREATED)
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .build();
    }

    private static Job ended(String type, String reason, String message) {
        return new JobBuilder(job())
                .withNewStatus()
                .withConditions(new JobConditionBuilder()
                        .withType(type)
                        .withStatus("True")
                        .withReason(reason)
                        .withMessage(message)
                        .build())
                .endStatus()
                .build();
    }

    private static Job failed() {
        return ended("Failed", "BackoffLimitExceeded", "Job has reached the specified backoff limit");
    }

    private static PodBuilder pod(String phase) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("p")
                .withCreationTimestamp(CREATED)
                .endMetadata()
                .withNewStatus()
                .withPhase(phase)
                .withConditions(new PodConditionBuilder()
                        .withType("PodScheduled")
                        .withStatus("True")
                        .withLastTransitionTime(SCHEDULED)
                        .build())
                .endStatus();
    }

    private static Pod waiting(String reason, String message) {
        return with(new ContainerStateBuilder()
                .withNewWaiting()
                .withReason(reason)
                .withMessage(message)
                .endWaiting());
    }

    private static Pod terminated(String reason, int status, String message) {
        return with(new ContainerStateBuilder()
                .withNewTerminated()
                .withReason(reason)
                .withExitCode(status)
                .withMessage(message)
                .endTerminated());
    }

    private static Pod with(ContainerStateBuilder state) {
        return pod("Pending")
                .editStatus()
                .withContainerStatuses(new ContainerStatusBuilder()
                        .withName("command")
                        .withState(state.build())
                        .build())
                .endStatus()
                .build();
    }

    private static Ending ending(Job job, Pod... pods) {
        return ((Standing.Ended) Standing.of(job, List.of(pods))).ending();
    }

    @Test
    void withoutAPodAJobWaitsForOne() {
        assertThat(Standing.of(job(), List.of()))
                .isEqualTo(new Standing.Queued("waits for its pod", Instant.parse(CREATED)));
    }

    @Test
    void aSuspendedJobSaysSo() {
        Job suspended =
                new JobBuilder(job()).editSpec().withSuspend(true).endSpec().build();
        assertThat(Standing.of(suspended, List.of()))
                .isEqualTo(new Standing.Queued("is suspended by the cluster", Instant.parse(CREATED)));
    }

    @Test
    void aPodThatNoNodeTakesSaysWhatTheSchedulerSays() {
        Pod pod = pod("Pending")
                .editStatus()
                .withConditions(new PodConditionBuilder()
                        .withType("PodScheduled")
                        .withStatus("False")
                        .withReason("Unschedulable")
                        .withMessage("0/3 nodes are available: 3 Insufficient cpu.")
                        .build())
                .endStatus()
                .build();
        assertThat(Standing.of(job(), List.of(pod)))
                .isEqualTo(new Standing.Queued(
                        "waits for a node (0/3 nodes are available: 3 Insufficient cpu.)", Instant.parse(CREATED)));
        assertThat(ending(ended("Failed", "DeadlineExceeded", "too long"), pod))
                .isEqualTo(new Ending.NotStarted("The job did not start in time: it waits for a node (0/3 nodes are"
                        + " available: 3 Insufficient cpu.)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ContainerCreating", "PodInitializing"})
    void aContainerThatIsBeingMadeIsBeingStarted(String reason) {
        assertThat(Standing.of(job(), List.of(waiting(reason, ""))))
                .isEqualTo(new Standing.Queued("is being started on a node", Instant.parse(CREATED)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ImagePullBackOff", "ErrImagePull", "CreateContainerConfigError"})
    void aContainerThatDoesNotStartIsStuckSinceItGotItsNode(String reason) {
        assertThat(Standing.of(job(), List.of(waiting(reason, "not found"))))
                .isEqualTo(new Standing.Stuck(reason + ": not found", Instant.parse(SCHEDULED), false));
    }

    @Test
    void anImageNameThatIsNoneIsHopeless() {
        assertThat(Standing.of(job(), List.of(waiting("InvalidImageName", "bad"))))
                .isEqualTo(new Standing.Stuck("InvalidImageName: bad", Instant.parse(SCHEDULED), true));
    }

    @Test
    void aRunningContainerRuns() {
        Pod pod = with(new ContainerStateBuilder()
                .withNewRunning()
                .withStartedAt(SCHEDULED)
                .endRunning());
        assertThat(Standing.of(job(), List.of(pod))).isEqualTo(new Standing.Running());
        assertThat(Standing.of(job(), List.of(terminated("Completed", 0, "exited 0"))))
                .as("its Job does not say so yet")
                .isEqualTo(new Standing.Running());
    }

    @Test
    void aCompletedJobEndedWell() {
        assertThat(ending(ended("Complete", "CompletionsReached", "ok"))).isEqualTo(new Ending.Exited(0));
    }

    @Test
    void theScriptsLastWordTellsHowTheCommandEnded() {
        assertThat(ending(failed(), terminated("Error", 3, "exited 3\n"))).isEqualTo(new Ending.Exited(3));
        assertThat(ending(failed(), terminated("Error", 124, "deadline\n")))
                .isEqualTo(new Ending.LimitReached(Ending.Limit.WALL_TIME, "The job was ended at its time limit"));
        assertThat(ending(failed(), terminated("Error", 90, "staging curl: (22) 403")))
                .isEqualTo(new Ending.Killed("The pod could not fetch the files of the job: curl: (22) 403", true));
        assertThat(ending(failed(), terminated("Error", 91, "unsent curl: (7)")))
                .isEqualTo(new Ending.Killed("The pod could not send the files of the job: curl: (7)", true));
    }

    @Test
    void wantOfMemoryIsALimit() {
        assertThat(ending(failed(), terminated("OOMKilled", 137, "")))
                .isEqualTo(
                        new Ending.LimitReached(Ending.Limit.MEMORY, "The cluster ended the job for want of memory"));
    }

    @Test
    void aContainerThatWasEndedFromOutsideMayBeTriedAgain() {
        assertThat(ending(failed(), terminated("Error", 137, "")))
                .isEqualTo(new Ending.Killed("The container was ended from outside, with exit status 137", true));
    }

    @Test
    void aDeadlineIsATimeLimit() {
        var limit = new Ending.LimitReached(Ending.Limit.WALL_TIME, "The cluster ended the job at its deadline");
        Pod overdue = new PodBuilder(terminated("Error", 137, ""))
                .editStatus()
                .withReason("DeadlineExceeded")
                .endStatus()
                .build();
        assertThat(ending(failed(), overdue)).isEqualTo(limit);
        assertThat(ending(ended("Failed", "DeadlineExceeded", "too long"), terminated("Error", 137, "")))
                .isEqualTo(limit);
        assertThat(ending(ended("Failed", "DeadlineExceeded", "too long"))).isEqualTo(limit);
    }

    @Test
    void anEvictionForWantOfANodesMemoryIsNotTheJobsFault() {
        assertThat(ending(failed(), evicted("The node was low on resource: memory.")))
                .isEqualTo(
                        new Ending.Killed("The cluster evicted the job: The node was low on resource: memory.", true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Usage of EmptyDir volume \"job\" exceeds the limit \"64Mi\".",
                "Pod ephemeral local storage usage exceeds the total limit of containers 500Mi."
            })
    void anEvictionForTooManyFilesIsALimit(String message) {
        assertThat(ending(failed(), evicted(message)))
                .isEqualTo(
                        new Ending.LimitReached(Ending.Limit.FOLDER_SIZE, "The cluster evicted the job: " + message));
    }

    private static Pod evicted(String message) {
        return pod("Failed")
                .editStatus()
                .withReason("Evicted")
                .withMessage(message)
                .endStatus()
                .build();
    }

    @Test
    void aPreemptedPodMayBeTriedAgain() {
        Pod preempted = pod("Failed")
                .editStatus()
                .addToConditions(new PodConditionBuilder()
                        .withType("DisruptionTarget")
                        .withStatus("True")
                        .withReason("PreemptionByScheduler")
                        .withMessage("preempting to accommodate a higher priority pod")
                        .build())
                .endStatus()
                .build();
        assertThat(ending(failed(), preempted))
                .isEqualTo(new Ending.Killed(
                        "The cluster ended the job: preempting to accommodate a higher priority pod", true));
    }

    @Test
    void aJobWhosePodIsLostMayBeTriedAgain() {
        assertThat(ending(failed()))
                .isEqualTo(new Ending.Killed(
                        "The cluster lost the pod of the job: Job has reached the specified backoff limit", true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "exited", "exited x", "exited 1234", "something else"})
    void otherWordsSayNothing(String words) {
        assertThat(Standing.said(words)).isEmpty();
    }
}
