package org.colonnade.execution.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.colonnade.execution.Limits;

/**
 * What is sent to the cluster for a run. Every value in it is a number, a name of ours, or comes from the operator: the command
 * itself travels in the run's bundle.
 */
final class Manifests {

    /** On all that the gateway makes in the namespace. */
    static final Map<String, String> LABELS = Map.of("app.kubernetes.io/managed-by", "colonnade");

    static final String CONTAINER = "command";
    static final String POLICY = "colonnade-jobs";

    /** In the pod: the folder of the run. */
    static final String FOLDER = "/job";

    private static final String SCRIPT = script();
    private static final String INPUTS = "inputs";
    private static final String RESULTS = "results";
    private static final long MARGIN_BYTES = 64L << 20;
    private static final long SCRATCH_BYTES = 256L << 20;

    /** Long enough for the gateway to see how a Job ended. */
    private static final Duration SHORTEST_STAY = Duration.ofMinutes(10);

    /** For fetching and sending the files. */
    private static final Duration STAGING = Duration.ofMinutes(30);

    private final KubernetesProperties.Cluster cluster;
    private final URI store;

    /** @param store where pods reach the object store */
    Manifests(KubernetesProperties.Cluster cluster, URI store) {
        this.cluster = cluster;
        this.store = store;
    }

    private static String script() {
        try (InputStream script = Manifests.class.getResourceAsStream("pod.sh")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The two addresses under which the pod fetches its bundle and leaves its results. */
    Secret secret(String name, String inputs, String results) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(LABELS)
                .endMetadata()
                .withStringData(Map.of(INPUTS, inputs, RESULTS, results))
                .build();
    }

    /** @param inputBytes size of the run's bundle */
    Job job(String name, Limits limits, long inputBytes) {
        return new JobBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(LABELS)
                .endMetadata()
                .withNewSpec()
                .withBackoffLimit(0)
                .withCompletions(1)
                .withParallelism(1)
                .withPodReplacementPolicy("Failed")
                .withActiveDeadlineSeconds(atMost(limits).toSeconds())
                .withTtlSecondsAfterFinished(Math.toIntExact(
                        Math.max(SHORTEST_STAY.toSeconds(), cluster.retention().toSeconds())))
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(LABELS)
                .endMetadata()
                .withSpec(pod(name, limits, inputBytes))
                .endTemplate()
                .endSpec()
                .build();
    }

    private PodSpec pod(String name, Limits limits, long inputBytes) {
        return new PodSpecBuilder()
                .withRestartPolicy("Never")
                .withActiveDeadlineSeconds(limits.wallTime().plus(STAGING).toSeconds())
                .withTerminationGracePeriodSeconds(5L)
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withNodeSelector(cluster.nodes().isEmpty() ? null : cluster.nodes())
                .withImagePullSecrets(
                        cluster.pullSecret() == null
                                ? List.of()
                                : List.of(new LocalObjectReference(cluster.pullSecret())))
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(cluster.user())
                .withRunAsGroup(cluster.user())
                .withFsGroup(cluster.user())
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .addNewContainer()
                .withName(CONTAINER)
                .withImage(cluster.image())
                .withCommand("/bin/bash", "-c", SCRIPT, "pod.sh")
                .withWorkingDir(FOLDER)
                .withEnv(
                        fromSecret("COLONNADE_INPUTS", name, INPUTS),
                        fromSecret("COLONNADE_RESULTS", name, RESULTS),
                        new EnvVar(
                                "COLONNADE_SECONDS",
                                Long.toString(limits.wallTime().toSeconds()),
                                null),
                        new EnvVar("COLONNADE_FILE_KIB", Long.toString(limits.fileBytes() >> 10), null))
                .withResources(resources(limits, inputBytes))
                .withNewSecurityContext()
                .withPrivileged(false)
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withRunAsNonRoot(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .addNewVolumeMount()
                .withName("job")
                .withMountPath(FOLDER)
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("tmp")
                .withMountPath("/tmp")
                .endVolumeMount()
                .endContainer()
                .withVolumes(folder("job", folderBytes(limits, inputBytes)), folder("tmp", SCRATCH_BYTES))
                .build();
    }

    /** The bundle and what is in it, the files, and once more the files on their way out. */
    private static long folderBytes(Limits limits, long inputBytes) {
        return 2 * inputBytes + 2 * limits.folderBytes() + MARGIN_BYTES;
    }

    private static Volume folder(String name, long bytes) {
        return new VolumeBuilder()
                .withName(name)
                .withEmptyDir(new EmptyDirVolumeSource(null, bytes(bytes)))
                .build();
    }

    private static ResourceRequirements resources(Limits limits, long inputBytes) {
        Map<String, Quantity> amounts = Map.of(
                "cpu", new Quantity(Integer.toString(limits.cores())),
                "memory", bytes(limits.memoryBytes()),
                "ephemeral-storage", bytes(folderBytes(limits, inputBytes) + SCRATCH_BYTES));
        return new ResourceRequirementsBuilder()
                .withRequests(amounts)
                .withLimits(amounts)
                .build();
    }

    private static Quantity bytes(long count) {
        return new Quantity(Math.max(1, (count + (1 << 20) - 1) >> 20) + "Mi");
    }

    private static EnvVar fromSecret(String variable, String secret, String key) {
        return new EnvVarBuilder()
                .withName(variable)
                .withNewValueFrom()
                .withNewSecretKeyRef()
                .withName(secret)
                .withKey(key)
                .endSecretKeyRef()
                .endValueFrom()
                .build();
    }

    /** How long a run may take, from its creation until its results are sent. */
    Duration atMost(Limits limits) {
        return limits.wallTime()
                .plus(cluster.queueTime())
                .plus(cluster.startTime())
                .plus(STAGING);
    }

    /** Pods of ours are reached by nobody, and reach names and the object store. */
    NetworkPolicy policy() {
        List<NetworkPolicyPeer> networks = cluster.networks().stream()
                .map(range -> new NetworkPolicyPeerBuilder()
                        .withNewIpBlock()
                        .withCidr(range)
                        .endIpBlock()
                        .build())
                .toList();
        return new NetworkPolicyBuilder()
                .withNewMetadata()
                .withName(POLICY)
                .withLabels(LABELS)
                .endMetadata()
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(LABELS)
                .endPodSelector()
                .withPolicyTypes("Ingress", "Egress")
                .addNewEgress()
                .addNewPort()
                .withProtocol("UDP")
                .withNewPort(53)
                .endPort()
                .addNewPort()
                .withProtocol("TCP")
                .withNewPort(53)
                .endPort()
                .endEgress()
                .addNewEgress()
                .withTo(networks)
                .addNewPort()
                .withProtocol("TCP")
                .withNewPort(port(store))
                .endPort()
                .endEgress()
                .endSpec()
                .build();
    }

    private static int port(URI address) {
        if (address.getPort() > 0) {
            return address.getPort();
        }
        return "http".equals(address.getScheme()) ? 80 : 443;
    }
}
