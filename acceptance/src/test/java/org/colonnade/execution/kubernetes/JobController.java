package org.colonnade.execution.kubernetes;

import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobConditionBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What controller manager and scheduler do to Jobs of one pod, for a server that only keeps what it is sent. */
final class JobController implements AutoCloseable {

    private static final long LOOK_MILLIS = 150;
    private static final int CORES = 2;

    private final KubernetesClient admin;
    private final Thread thread;
    private volatile boolean closed;

    JobController(KubernetesClient admin) {
        this.admin = admin;
        this.thread = Thread.ofPlatform().daemon().name("job-controller").start(this::run);
    }

    private void run() {
        while (!closed) {
            try {
                look();
                Thread.sleep(LOOK_MILLIS);
            } catch (KubernetesClientException e) {
                // A job may go while it is looked at: the next look tells.
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void look() {
        var jobs = admin.batch()
                .v1()
                .jobs()
                .inNamespace(TestCluster.NAMESPACE)
                .list()
                .getItems();
        var pods = admin.pods().inNamespace(TestCluster.NAMESPACE).list().getItems();
        Set<String> names =
                jobs.stream().map(job -> job.getMetadata().getName()).collect(Collectors.toSet());
        pods.stream()
                .filter(pod -> !names.contains(owner(pod)))
                .forEach(pod -> admin.pods().resource(pod).delete());
        for (Job job : jobs) {
            Optional<Pod> pod = pods.stream()
                    .filter(one -> owner(one).equals(job.getMetadata().getName()))
                    .findFirst();
            boolean over =
                    job.getStatus() != null && !job.getStatus().getConditions().isEmpty();
            if (!over) {
                control(job, pod);
            }
        }
    }

    private static String owner(Pod pod) {
        return pod.getMetadata().getOwnerReferences().getFirst().getName();
    }

    private void control(Job job, Optional<Pod> pod) {
        Instant latest = Instant.parse(job.getMetadata().getCreationTimestamp())
                .plusSeconds(job.getSpec().getActiveDeadlineSeconds());
        if (pod.isEmpty()) {
            admin.pods().inNamespace(TestCluster.NAMESPACE).resource(podOf(job)).create();
        } else if (Instant.now().isAfter(latest)) {
            end(job, "Failed", "DeadlineExceeded", "Job was active longer than specified deadline");
            admin.pods().resource(pod.get()).delete();
        } else if ("Succeeded".equals(pod.get().getStatus().getPhase())) {
            end(job, "Complete", "CompletionsReached", "Reached expected number of succeeded pods");
        } else if ("Failed".equals(pod.get().getStatus().getPhase())) {
            end(job, "Failed", "BackoffLimitExceeded", "Job has reached the specified backoff limit");
        }
    }

    private void end(Job job, String type, String reason, String message) {
        admin.batch()
                .v1()
                .jobs()
                .inNamespace(TestCluster.NAMESPACE)
                .withName(job.getMetadata().getName())
                .editStatus(current -> {
                    current.setStatus(new JobStatusBuilder()
                            .withConditions(new JobConditionBuilder()
                                    .withType(type)
                                    .withStatus("True")
                                    .withReason(reason)
                                    .withMessage(message)
                                    .build())
                            .build());
                    return current;
                });
    }

    private static Pod podOf(Job job) {
        String name = job.getMetadata().getName();
        var template = job.getSpec().getTemplate();
        Quantity cores = Objects.requireNonNull(template.getSpec()
                .getContainers()
                .getFirst()
                .getResources()
                .getRequests()
                .get("cpu"));
        boolean fits = Integer.parseInt(cores.getAmount()) <= CORES;
        var spec = template.getSpec()
                .edit()
                .withNodeName(fits ? Kubelet.NODE : null)
                .build();
        return new PodBuilder()
                .withNewMetadata()
                .withName(name + "-x7k2p")
                .withLabels(template.getMetadata().getLabels())
                .addToLabels(Map.of("batch.kubernetes.io/job-name", name))
                .withOwnerReferences(new OwnerReferenceBuilder()
                        .withApiVersion("batch/v1")
                        .withKind("Job")
                        .withName(name)
                        .withUid(job.getMetadata().getUid())
                        .build())
                .endMetadata()
                .withSpec(spec)
                .withStatus(new PodStatusBuilder()
                        .withPhase("Pending")
                        .withConditions(new PodConditionBuilder()
                                .withType("PodScheduled")
                                .withStatus(fits ? "True" : "False")
                                .withReason(fits ? null : "Unschedulable")
                                .withMessage(fits ? null : "0/1 nodes are available: 1 Insufficient cpu.")
                                .withLastTransitionTime(Instant.now().toString())
                                .build())
                        .build())
                .build();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
