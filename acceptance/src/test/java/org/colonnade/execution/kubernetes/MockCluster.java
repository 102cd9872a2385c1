package org.colonnade.execution.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that keeps what it is sent and tells its watchers; a controller and a kubelet of ours do the rest. */
final class MockCluster implements TestCluster {

    private final Path folder;
    private final int port;
    private final Answers answers = new Answers();
    private final JobController controller;
    private final Kubelet kubelet;
    private final KubernetesClient admin;
    private final Path token;
    private KubernetesMockServer server;

    /** @param folder other users pass through those above it */
    MockCluster(Path folder) throws IOException {
        this.folder = folder;
        this.token = Files.writeString(folder.resolve("token"), "token");
        this.port = freePort();
        this.server = serve();
        this.admin = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl("http://127.0.0.1:" + port)
                        .withHttp2Disable(true)
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build();
        this.controller = new JobController(admin);
        this.kubelet = new Kubelet(admin, Files.createDirectory(folder.resolve("node")));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private KubernetesMockServer serve() {
        var mock = new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), answers, false);
        mock.init(InetAddress.getLoopbackAddress(), port);
        return mock;
    }

    /** Adds what the mock server does not know: logs, rights, and that not everything is valid. */
    private final class Answers extends KubernetesCrudDispatcher {

        private static final Pattern LOG = Pattern.compile("/api/v1/namespaces/[^/]+/pods/([^/]+)/log(\\?.*)?");
        private static final Pattern BAD_LABEL = Pattern.compile("\"nodeSelector\":\\{\"[^\"]*[^-A-Za-z0-9_./\"]");

        @Override
        public MockResponse dispatch(RecordedRequest request) {
            Matcher log = LOG.matcher(request.getPath());
            if (log.matches()) {
                Container container = kubelet.container(log.group(1));
                return container == null
                        ? new MockResponse().setResponseCode(404)
                        : new MockResponse()
                                .setResponseCode(200)
                                .setBody(Logs.text(container, Logs.since(request.getPath())));
            }
            if (request.getPath().endsWith("/selfsubjectaccessreviews")) {
                return new MockResponse()
                        .setResponseCode(201)
                        .setBody(body(request).replaceFirst("\\{", "{\"status\":{\"allowed\":true},"));
            }
            if (request.getMethod().equals("POST")
                    && request.getPath().endsWith("/jobs")
                    && BAD_LABEL.matcher(body(request)).find()) {
                return new MockResponse().setResponseCode(422).setBody("""
                    {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "Invalid", "code": 422,
                     "message": "Job.batch is invalid", "details": {"causes": [{"reason": "FieldValueInvalid",
                       "field": "spec.template.spec.nodeSelector", "message": "Invalid value"}]}}
                    """);
            }
            return super.dispatch(request);
        }

        /** Leaves it there for others: what is read of a body is gone. */
        private static String body(RecordedRequest request) {
            return new String(request.getBody().getBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String scheme() {
        return "http";
    }

    @Override
    public Path token() {
        return token;
    }

    @Override
    public Path authority() {
        return folder.resolve("none");
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
    public void stopApiServer() {
        server.shutdown();
    }

    @Override
    public void startApiServer() {
        server = serve();
    }

    @Override
    public void close() {
        controller.close();
        kubelet.close();
        admin.close();
        server.destroy();
    }
}
