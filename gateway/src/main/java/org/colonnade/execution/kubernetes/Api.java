package org.colonnade.execution.kubernetes;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One namespace of a cluster, and what the gateway asks of it. Every call may be repeated. */
final class Api implements AutoCloseable {

    private static final int CONNECT_MILLIS = 10_000;
    private static final int ANSWER_MILLIS = 30_000;
    private static final int CONFLICT = 409;

    private final String namespace;
    private final KubernetesClient client;
    private final AtomicLong calls = new AtomicLong();

    /** The API server does not answer, or does not let the gateway in: nothing is known about any job. */
    static final class UnreachableException extends IOException {
        private static final long serialVersionUID = 1L;

        UnreachableException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The API server does not take what it was sent, and never will. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    /** A quota of the namespace is used up for now. */
    static final class QuotaException extends Exception {
        private static final long serialVersionUID = 1L;

        QuotaException(String message) {
            super(message);
        }
    }

    /** @throws IllegalStateException if there is no certificate to know the server by */
    Api(KubernetesProperties.Cluster cluster) {
        this.namespace = cluster.namespace();
        ConfigBuilder config = new ConfigBuilder(Config.empty())
                .withMasterUrl(cluster.server())
                .withNamespace(namespace)
                .withOauthTokenProvider(() -> token(cluster.token()))
                .withHttp2Disable(true)
                .withConnectionTimeout(CONNECT_MILLIS)
                .withRequestTimeout(ANSWER_MILLIS)
                .withRequestRetryBackoffLimit(0)
                // A watch that was cut is resumed by ours, which knows where.
                .withWatchReconnectLimit(0)
                .withUserAgent("colonnade");
        if (cluster.server().startsWith("https:")) {
            if (!Files.isReadable(cluster.authority())) {
                throw new IllegalStateException("The certificate " + cluster.authority() + " cannot be read");
            }
            config.withCaCertFile(cluster.authority().toString());
        }
        this.client = new KubernetesClientBuilder()
                .withConfig(config.build())
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build();
    }

    private static String token(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new KubernetesClientException("The token in " + file + " cannot be read", e);
        }
    }

    ResourceWatch<Job> watchJobs(ResourceWatch.Listener<Job> listener) {
        return new ResourceWatch<>(
                "jobs", client.batch().v1().jobs().inNamespace(namespace).withLabels(Manifests.LABELS), listener);
    }

    ResourceWatch<Pod> watchPods(ResourceWatch.Listener<Pod> listener) {
        return new ResourceWatch<>("pods", client.pods().inNamespace(namespace).withLabels(Manifests.LABELS), listener);
    }

    /** @return which version of Kubernetes answers */
    String version() throws InterruptedException, UnreachableException {
        return String.valueOf(answer(() -> client.getKubernetesVersion()).getGitVersion());
    }

    Optional<Job> find(String name) throws InterruptedException, UnreachableException {
        return Optional.ofNullable(answer(() ->
                client.batch().v1().jobs().inNamespace(namespace).withName(name).get()));
    }

    List<Pod> podsOf(String job) throws InterruptedException, UnreachableException {
        return answer(() -> client.pods()
                        .inNamespace(namespace)
                        .withLabel("batch.kubernetes.io/job-name", job)
                        .list())
                .getItems();
    }

    /** Creates the job, or finds the one that was created under its name before. */
    Job create(Job job) throws InterruptedException, UnreachableException, RefusedException, QuotaException {
        try {
            return call(() -> client.batch()
                    .v1()
                    .jobs()
                    .inNamespace(namespace)
                    .resource(job)
                    .create());
        } catch (KubernetesClientException e) {
            if (e.getCode() == CONFLICT) {
                return find(job.getMetadata().getName())
                        .orElseThrow(() -> new UnreachableException("The job is just being removed", e));
            }
            if (e.getCode() == 403 && words(e).contains("exceeded quota")) {
                throw new QuotaException(words(e));
            }
            if (e.getCode() == 400 || e.getCode() == 413 || e.getCode() == 422) {
                throw new RefusedException(words(e));
            }
            throw unreachable(e);
        }
    }

    void put(Secret secret) throws InterruptedException, UnreachableException {
        answer(() -> client.secrets().inNamespace(namespace).resource(secret).createOr(existing -> existing.update()));
    }

    /** From now on the secret of that name is removed together with the job. */
    void own(String name, Job job) throws InterruptedException, UnreachableException {
        var owner = new OwnerReferenceBuilder()
                .withApiVersion("batch/v1")
                .withKind("Job")
                .withName(name)
                .withUid(job.getMetadata().getUid())
                .build();
        answer(() -> client.secrets()
                .inNamespace(namespace)
                .withName(name)
                .edit(secret -> new SecretBuilder(secret)
                        .editMetadata()
                        .withOwnerReferences(owner)
                        .endMetadata()
                        .build()));
    }

    void put(NetworkPolicy policy) throws InterruptedException, UnreachableException {
        answer(() -> client.network()
                .v1()
                .networkPolicies()
                .inNamespace(namespace)
                .resource(policy)
                .createOr(existing -> existing.update()));
    }

    /** Removes the job with its pods and its secret; none of them need exist. */
    void delete(String name) throws InterruptedException, UnreachableException {
        answer(() -> client.batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .withName(name)
                .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                .delete());
        answer(() -> client.secrets().inNamespace(namespace).withName(name).delete());
    }

    /** Whether the gateway's account may do this in the namespace. */
    boolean may(String verb, String group, String resource, String subresource)
            throws InterruptedException, UnreachableException {
        var review = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withNamespace(namespace)
                .withVerb(verb)
                .withGroup(group)
                .withResource(resource)
                .withSubresource(subresource)
                .endResourceAttributes()
                .endSpec()
                .build();
        return answer(() ->
                        client.authorization().v1().selfSubjectAccessReview().create(review))
                .getStatus()
                .getAllowed();
    }

    /** What the pod's command printed, each line after its time. */
    Output output(String pod, @Nullable Instant since, boolean follow)
            throws InterruptedException, UnreachableException {
        return answer(() -> {
            var container = client.pods()
                    .inNamespace(namespace)
                    .withName(pod)
                    .inContainer(Manifests.CONTAINER)
                    .usingTimestamps();
            var lines = since == null
                    ? container
                    : container.sinceTime(since.truncatedTo(ChronoUnit.SECONDS).toString());
            if (!follow) {
                InputStream text = lines.getLogInputStream();
                return new Output(text, text);
            }
            var watch = lines.watchLog();
            return new Output(watch.getOutput(), watch);
        });
    }

    /** @param source to be closed, also while somebody reads */
    record Output(InputStream text, Closeable source) {}

    /** How many calls were made. */
    long calls() {
        return calls.get();
    }

    private <R> R answer(Supplier<R> question) throws InterruptedException, UnreachableException {
        try {
            return call(question);
        } catch (KubernetesClientException e) {
            throw unreachable(e);
        }
    }

    private <R> R call(Supplier<R> question) throws InterruptedException {
        calls.incrementAndGet();
        try {
            return question.get();
        } catch (KubernetesClientException e) {
            if (e.getCause() instanceof InterruptedException || Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw e;
        } catch (CompletionException e) {
            // What breaks below HTTP does not come as the client's own exception everywhere.
            throw new KubernetesClientException("No answer", e);
        }
    }

    private static UnreachableException unreachable(KubernetesClientException e) {
        return new UnreachableException(words(e), e);
    }

    /** What the server said, with every cause that it names; else why there is no answer. */
    static String words(KubernetesClientException e) {
        if (e.getStatus() != null && e.getStatus().getMessage() != null) {
            String causes = e.getStatus().getDetails() == null
                    ? ""
                    : e.getStatus().getDetails().getCauses().stream()
                            .map(Api::words)
                            .filter(cause -> !e.getStatus().getMessage().contains(cause))
                            .collect(Collectors.joining("; "));
            return e.getStatus().getMessage() + (causes.isEmpty() ? "" : " (" + causes + ")");
        }
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String why = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        return e.getCode() > 0 ? "The API server answered " + e.getCode() : "The API server does not answer: " + why;
    }

    private static String words(StatusCause cause) {
        return cause.getField() == null ? cause.getMessage() : cause.getField() + ": " + cause.getMessage();
    }

    @Override
    public void close() {
        client.close();
    }
}
