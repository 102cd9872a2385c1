package org.colonnade.execution.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Plays the kubelet of the one node: runs each pod's container in a sandbox, says in its status how it goes, and keeps what it
 * prints. Images are not fetched: {@link #MISSING} cannot be had, all others are this machine's own programs.
 */
final class Kubelet implements AutoCloseable {

    static final String NODE = "node-1";
    static final String MISSING = "registry.test/missing:1";

    private static final long LOOK_MILLIS = 150;

    private final KubernetesClient admin;
    private final Path folder;
    private final Map<String, Container> containers = new ConcurrentHashMap<>();
    private final AtomicInteger started = new AtomicInteger();
    private final Thread thread;
    private volatile boolean closed;

    /** @param folder for the folders of containers; other users pass through those above it */
    Kubelet(KubernetesClient admin, Path folder) {
        this.admin = admin;
        this.folder = folder;
        this.thread = Thread.ofPlatform().daemon().name("kubelet").start(this::run);
    }

    /** How many containers were started. */
    int started() {
        return started.get();
    }

    /** Null if no container of that pod was started here. */
    @Nullable
    Container container(String pod) {
        return containers.get(pod);
    }

    private void run() {
        while (!closed) {
            try {
                look();
                Thread.sleep(LOOK_MILLIS);
            } catch (KubernetesClientException away) {
                pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws InterruptedException {
        Set<String> there = new HashSet<>();
        for (Pod pod : admin.pods().inNamespace(TestCluster.NAMESPACE).list().getItems()) {
            String name = pod.getMetadata().getName();
            there.add(name);
            if (NODE.equals(pod.getSpec().getNodeName())) {
                care(pod, name);
            }
        }
        containers.forEach((name, container) -> {
            if (!there.contains(name)) {
                container.kill();
            }
        });
    }

    private void care(Pod pod, String name) throws InterruptedException {
        Container container = containers.get(name);
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            end(name, container);
        } else if (container == null) {
            start(pod, name);
        }
    }

    private void end(String name, @Nullable Container container) throws InterruptedException {
        if (container != null) {
            container.kill();
            container.awaitEnd();
        }
        admin.pods()
                .inNamespace(TestCluster.NAMESPACE)
                .withName(name)
                .withGracePeriod(0)
                .delete();
    }

    private void start(Pod pod, String name) {
        String image = pod.getSpec().getContainers().getFirst().getImage();
        if (image.equals(MISSING)) {
            say(
                    pod,
                    status -> status(
                            status,
                            "Pending",
                            waiting("ImagePullBackOff", "Back-off pulling image \"" + image + "\": not found")));
            return;
        }
        Map<String, String> environment;
        try {
            environment = environment(pod);
        } catch (IOException e) {
            say(pod, status -> status(status, "Pending", waiting("CreateContainerConfigError", e.getMessage())));
            return;
        }
        var container = new Container(pod, environment, folder.resolve(name));
        containers.put(name, container);
        started.incrementAndGet();
        say(
                pod,
                status -> status(
                        status,
                        "Running",
                        new ContainerStateBuilder()
                                .withNewRunning()
                                .withStartedAt(container.startedAt().toString())
                                .endRunning()
                                .build()));
        Thread.ofPlatform().daemon().start(() -> report(pod, container));
    }

    private Map<String, String> environment(Pod pod) throws IOException {
        Map<String, String> environment = new ConcurrentHashMap<>();
        environment.put("PATH", "/usr/local/bin:/usr/bin:/bin");
        for (var variable : pod.getSpec().getContainers().getFirst().getEnv()) {
            if (variable.getValue() != null) {
                environment.put(variable.getName(), variable.getValue());
                continue;
            }
            var key = variable.getValueFrom().getSecretKeyRef();
            var secret = admin.secrets()
                    .inNamespace(TestCluster.NAMESPACE)
                    .withName(key.getName())
                    .get();
            if (secret == null) {
                throw new IOException("secret \"" + key.getName() + "\" not found");
            }
            environment.put(variable.getName(), Secrets.value(secret, key.getKey()));
        }
        return environment;
    }

    private void report(Pod pod, Container container) {
        try {
            container.awaitEnd();
        } catch (InterruptedException e) {
            return;
        }
        boolean good = container.exitStatus() == 0;
        ContainerState state = new ContainerStateBuilder()
                .withNewTerminated()
                .withExitCode(container.exitStatus())
                .withReason(good ? "Completed" : "Error")
                .withMessage(container.message())
                .withStartedAt(container.startedAt().toString())
                .withFinishedAt(container.endedAt().toString())
                .endTerminated()
                .build();
        say(pod, status -> {
            PodStatus ended = status(status, good ? "Succeeded" : "Failed", state);
            if (container.overdue()) {
                ended.setReason("DeadlineExceeded");
                ended.setMessage("Pod was active on the node longer than the specified deadline");
            }
            return ended;
        });
    }

    /** Until the API server hears it, or the pod is gone. */
    private void say(Pod pod, UnaryOperator<PodStatus> change) {
        while (!closed) {
            try {
                var resource = admin.pods()
                        .inNamespace(TestCluster.NAMESPACE)
                        .withName(pod.getMetadata().getName());
                if (resource.get() == null) {
                    return;
                }
                resource.editStatus(current -> {
                    current.setStatus(change.apply(current.getStatus()));
                    return current;
                });
                return;
            } catch (KubernetesClientException e) {
                if (e.getCode() == 404) {
                    return;
                }
                pause();
            }
        }
    }

    private static ContainerState waiting(String reason, @Nullable String message) {
        return new ContainerStateBuilder()
                .withNewWaiting()
                .withReason(reason)
                .withMessage(message)
                .endWaiting()
                .build();
    }

    private static PodStatus status(@Nullable PodStatus before, String phase, ContainerState state) {
        return new PodStatusBuilder(before == null ? new PodStatus() : before)
                .withPhase(phase)
                .withContainerStatuses(new ContainerStatusBuilder()
                        .withName(Manifests.CONTAINER)
                        .withImage("here")
                        .withImageID("here")
                        .withReady(false)
                        .withRestartCount(0)
                        .withState(state)
                        .build())
                .build();
    }

    /** Every line that the containers printed, for messages of tests. */
    String printed() {
        return containers.values().stream().map(Container::text).collect(Collectors.joining("\n--\n"));
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        containers.values().forEach(Container::kill);
    }
}
