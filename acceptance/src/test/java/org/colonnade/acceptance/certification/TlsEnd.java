package org.colonnade.acceptance.certification;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.colonnade.acceptance.Gateway;

/**
 * What an operator puts before the gateway for scripts that know only CERN's names: it ends TLS with a certificate of a
 * private authority, and passes {@code /api/…} and {@code /auth/…} on below {@code /runregistry}.
 */
final class TlsEnd implements AutoCloseable {

    private static final List<String> NAMES = List.of("cmsrunregistry.web.cern.ch", "auth.cern.ch");
    private static final String PASSWORD = "secret";
    private static final List<String> PASSED_ON = List.of("Authorization", "Content-Type", "email", "User-Agent");

    private final HttpsServer server;
    private final Path authority;
    private final Gateway gateway;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    private TlsEnd(HttpsServer server, Path authority, Gateway gateway) {
        this.server = server;
        this.authority = authority;
        this.gateway = gateway;
    }

    static TlsEnd start(Path folder, Gateway gateway) throws Exception {
        Path keys = folder.resolve("tls.p12");
        Path authority = folder.resolve("authority.pem");
        keytool(
                keys,
                "-genkeypair",
                "-keyalg",
                "EC",
                "-validity",
                "2",
                "-dname",
                "CN=Test",
                "-ext",
                "san=dns:" + String.join(",dns:", NAMES));
        keytool(keys, "-exportcert", "-rfc", "-file", authority.toString());
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setHttpsConfigurator(new HttpsConfigurator(context(keys)));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        var end = new TlsEnd(server, authority, gateway);
        server.createContext("/", end::pass);
        server.start();
        return end;
    }

    private static void keytool(Path keys, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-alias",
                "end",
                "-keystore",
                keys.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(output);
        }
    }

    private static SSLContext context(Path keys) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(keys)) {
            store.load(stream, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** The certificate that clients must trust. */
    Path authority() {
        return authority;
    }

    /** Host and path of every request. */
    Queue<String> asked() {
        return asked;
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString();
            asked.add(exchange.getRequestHeaders().getFirst("Host") + path);
            String inside = "/runregistry" + (path.startsWith("/api/") ? path.substring("/api".length()) : path);
            var request = HttpRequest.newBuilder(gateway.uri(inside))
                    .method(
                            exchange.getRequestMethod(),
                            HttpRequest.BodyPublishers.ofByteArray(
                                    exchange.getRequestBody().readAllBytes()));
            for (String name : PASSED_ON) {
                String value = exchange.getRequestHeaders().getFirst(name);
                if (value != null) {
                    request.header(name, value);
                }
            }
            HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            answer.headers()
                    .firstValue("Content-Type")
                    .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
            boolean empty = answer.body().length == 0;
            exchange.sendResponseHeaders(answer.statusCode(), empty ? -1 : answer.body().length);
            if (!empty) {
                exchange.getResponseBody().write(answer.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }
}
