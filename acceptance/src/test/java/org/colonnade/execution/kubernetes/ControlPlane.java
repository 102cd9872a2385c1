package org.colonnade.execution.kubernetes;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A real control plane (etcd, API server, controller manager, scheduler) with one node, whose kubelet is ours. The namespace lets in
 * nothing but pods that keep to the standard {@code restricted}, and the gateway's account has the rights of the guide.
 */
final class ControlPlane implements TestCluster {

    private static final String ADMIN = "admin-token";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path binary;
    private final Path folder;
    private final int etcdPort = freePort();
    private final int port = freePort();
    private final Deque<Process> processes = new ArrayDeque<>();
    private final KubernetesClient admin;
    private final LogServer logs;
    private final Kubelet kubelet;
    private final Path token;
    private Process apiServer;

    /** @param folder other users pass through those above it */
    ControlPlane(Path binary, Path folder) throws Exception {
        this.binary = binary;
        this.folder = folder;
        writeKeys();
        Files.writeString(folder.resolve("tokens.csv"), ADMIN + ",admin,1,system:masters\n");
        launch(
                "etcd",
                "--data-dir=" + folder.resolve("etcd"),
                "--listen-client-url=http://127.0.0.1:" + etcdPort,
                "--listen-peer-url=http://127.0.0.1:" + freePort());
        apiServer = launchApiServer();
        await().atMost(PATIENCE).until(() -> Files.exists(authority()));
        admin = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl("https://127.0.0.1:" + port)
                        .withOauthToken(ADMIN)
                        .withCaCertFile(authority().toString())
                        .withHttp2Disable(true)
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build();
        awaitReady();
        String kubeconfig = writeKubeconfig().toString();
        launch(
                "manager",
                "--kubeconfig=" + kubeconfig,
                "--controllers=job-controller,ttl-after-finished-controller,garbage-collector-controller,"
                        + "pod-garbage-collector-controller,namespace-controller",
                "--leader-elect=false",
                "--secure-port=0");
        launch("scheduler", "--kubeconfig=" + kubeconfig, "--leader-elect=false", "--secure-port=0");
        admin.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .withLabels(Map.of("pod-security.kubernetes.io/enforce", "restricted"))
                        .endMetadata()
                        .build())
                .create();
        token = writeToken();
        kubelet = new Kubelet(admin, Files.createDirectory(folder.resolve("node")));
        logs = new LogServer(kubelet, folder.resolve("kubelet.p12"));
        addNode();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void writeKeys() throws IOException, GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var pair = generator.generateKeyPair();
        pem("sa.key", "PRIVATE KEY", pair.getPrivate().getEncoded());
        pem("sa.pub", "PUBLIC KEY", pair.getPublic().getEncoded());
    }

    private void pem(String file, String kind, byte[] encoded) throws IOException {
        String lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(encoded);
        Files.writeString(
                folder.resolve(file), "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, lines, kind));
    }

    private Process launchApiServer() throws IOException {
        return launch(
                "apiserver",
                "--etcd-servers=http://127.0.0.1:" + etcdPort,
                "--bind-address=127.0.0.1",
                "--secure-port=" + port,
                "--cert-dir=" + folder.resolve("certificates"),
                "--service-account-issuer=https://colonnade.test",
                "--service-account-key-file=" + folder.resolve("sa.pub"),
                "--service-account-signing-key-file=" + folder.resolve("sa.key"),
                "--service-cluster-ip-range=10.0.0.0/24",
                "--authorization-mode=RBAC",
                "--token-auth-file=" + folder.resolve("tokens.csv"),
                "--kubelet-preferred-address-types=InternalIP",
                "--disable-admission-plugins=ServiceAccount");
    }

    private Process launch(String part, String... flags) throws IOException {
        List<String> words = new ArrayList<>(List.of(binary.toString(), part));
        words.addAll(List.of(flags));
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(part + ".log").toFile()))
                .start();
        processes.push(process);
        return process;
    }

    private void awaitReady() {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> "ok".equals(admin.raw("/readyz")));
    }

    private Path writeKubeconfig() throws IOException {
        return Files.writeString(folder.resolve("kubeconfig"), """
            apiVersion: v1
            kind: Config
            current-context: test
            clusters: [{name: test, cluster: {server: "https://127.0.0.1:%d", certificate-authority: "%s"}}]
            users: [{name: admin, user: {token: %s}}]
            contexts: [{name: test, context: {cluster: test, user: admin}}]
            """.formatted(port, authority(), ADMIN));
    }

    private Path writeToken() throws IOException {
        Path account = Path.of("..", "deploy", "kubernetes", "gateway-account.yaml");
        try (var in = Files.newInputStream(account)) {
            for (var resource : admin.load(in).items()) {
                if (resource instanceof RoleBinding binding) {
                    binding.getSubjects().forEach(subject -> subject.setNamespace(NAMESPACE));
                }
                admin.resource(resource).inNamespace(NAMESPACE).create();
            }
        }
        String text = admin.serviceAccounts()
                .inNamespace(NAMESPACE)
                .withName("colonnade-gateway")
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withAudiences("https://colonnade.test")
                        .withExpirationSeconds(7200L)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
        return Files.writeString(folder.resolve("token"), text);
    }

    private void addNode() {
        var amounts = Map.of(
                "cpu", new Quantity("8"),
                "memory", new Quantity("8Gi"),
                "ephemeral-storage", new Quantity("100Gi"),
                "pods", new Quantity("110"));
        admin.nodes()
                .resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName(Kubelet.NODE)
                        .endMetadata()
                        .build())
                .create();
        admin.nodes()
                .withName(Kubelet.NODE)
                .editStatus(node -> new NodeBuilder(node)
                        .withNewStatus()
                        .withCapacity(amounts)
                        .withAllocatable(amounts)
                        .addNewAddress("127.0.0.1", "InternalIP")
                        .withNewDaemonEndpoints()
                        .withNewKubeletEndpoint(logs.port())
                        .endDaemonEndpoints()
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus("True")
                        .withReason("KubeletReady")
                        .withLastHeartbeatTime(Instant.now().toString())
                        .withLastTransitionTime(Instant.now().toString())
                        .endCondition()
                        .endStatus()
                        .build());
        admin.nodes()
                .withName(Kubelet.NODE)
                .edit(node -> new NodeBuilder(node)
                        .editSpec()
                        .withTaints(List.of())
                        .endSpec()
                        .build());
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String scheme() {
        return "https";
    }

    @Override
    public Path token() {
        return token;
    }

    @Override
    public Path authority() {
        return folder.resolve("certificates").resolve("apiserver.crt");
    }

    @Override
    public KubernetesClient admin() {
        return admin;
    }

    @Override
    public Kubelet kubelet() {
        return kubelet;
    }

    @Override
    public void stopApiServer() throws InterruptedException {
        apiServer.destroyForcibly().waitFor();
    }

    @Override
    public void startApiServer() throws IOException {
        apiServer = launchApiServer();
        awaitReady();
    }

    @Override
    public void close() {
        kubelet.close();
        logs.close();
        admin.close();
        for (Process process : processes) {
            process.destroy();
            try {
                if (!process.waitFor(10, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
