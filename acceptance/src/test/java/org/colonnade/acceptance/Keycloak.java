package org.colonnade.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Keycloak with two realms, each an OpenID Connect provider of its own. */
final class Keycloak implements AutoCloseable {

    static final String CLIENT_SECRET = "client-secret-known-to-both-sides";
    static final String PASSWORD = "mira's password at the provider";

    private static final Path HOME = Path.of("target", "keycloak").toAbsolutePath();
    private static final String ADMIN_PASSWORD = "bootstrap";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;
    private final Path work;
    private final Process process;

    private Keycloak(int port, Path work, Process process) {
        this.port = port;
        this.work = work;
        this.process = process;
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static String issuer(int port, String realm) {
        return "http://localhost:" + port + "/realms/" + realm;
    }

    /** @param gateway whose callback addresses the provider accepts */
    static Keycloak start(int port, String gateway) throws IOException, InterruptedException {
        Path home;
        try (var folders = Files.newDirectoryStream(HOME, "keycloak-*")) {
            home = folders.iterator().next();
        }
        Path work = Files.createTempDirectory("keycloak-");
        Path realms = Files.createDirectories(home.resolve("data").resolve("import"));
        for (String realm : List.of("one", "two")) {
            Files.writeString(realms.resolve(realm + "-realm.json"), JSON.writeValueAsString(realm(realm, gateway)));
        }
        var builder = new ProcessBuilder(
                        "bash",
                        home.resolve("bin").resolve("kc.sh").toString(),
                        "start-dev",
                        "--import-realm",
                        "--db=dev-mem",
                        "--http-host=127.0.0.1",
                        "--http-port=" + port)
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("keycloak.log").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
        // It starts once and never runs for long.
        builder.environment().put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");
        builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
        builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN_PASSWORD);
        var keycloak = new Keycloak(port, work, builder.start());
        keycloak.awaitReady();
        return keycloak;
    }

    private static Map<String, Object> realm(String name, String gateway) {
        return Map.of(
                "realm",
                name,
                "enabled",
                true,
                "sslRequired",
                "none",
                "groups",
                List.of(Map.of("name", "gateway-administrators")),
                "clients",
                List.of(Map.of(
                        "clientId",
                        "colonnade",
                        "secret",
                        CLIENT_SECRET,
                        "publicClient",
                        false,
                        "redirectUris",
                        List.of(gateway + "/sign-in/callback/" + name),
                        "attributes",
                        Map.of("post.logout.redirect.uris", gateway + "/*", "pkce.code.challenge.method", "S256"),
                        "protocolMappers",
                        List.of(Map.of(
                                "name",
                                "groups",
                                "protocol",
                                "openid-connect",
                                "protocolMapper",
                                "oidc-group-membership-mapper",
                                "config",
                                Map.of(
                                        "claim.name",
                                        "groups",
                                        "full.path",
                                        "false",
                                        "id.token.claim",
                                        "true",
                                        "userinfo.token.claim",
                                        "true"))))),
                "users",
                List.of(
                        user("mira", "mira@example.edu", true, List.of("/gateway-administrators")),
                        user("eve", "admin@example.edu", false, List.of())));
    }

    private static Map<String, Object> user(String name, String email, boolean verified, List<String> groups) {
        return Map.of(
                "username",
                name,
                "enabled",
                true,
                "firstName",
                name,
                "lastName",
                "Example",
                "email",
                email,
                "emailVerified",
                verified,
                "groups",
                groups,
                "credentials",
                List.of(Map.of("type", "password", "value", PASSWORD, "temporary", false)));
    }

    /** Makes new signing keys in a realm and removes the old ones. */
    void rotateKeys(String realm) throws IOException, InterruptedException {
        String components = "/admin/realms/" + realm + "/components";
        JsonNode before = JSON.readTree(
                send(admin(components + "?type=org.keycloak.keys.KeyProvider").GET()));
        send(admin(components)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(Map.of(
                        "name",
                        "new-key",
                        "providerId",
                        "rsa-generated",
                        "providerType",
                        "org.keycloak.keys.KeyProvider",
                        "config",
                        Map.of(
                                "priority",
                                List.of("1000"),
                                "enabled",
                                List.of("true"),
                                "active",
                                List.of("true"),
                                "algorithm",
                                List.of("RS256")))))));
        for (JsonNode component : before) {
            if (component.path("providerId").asString().equals("rsa-generated")) {
                send(admin(components + "/" + component.path("id").asString()).DELETE());
            }
        }
    }

    private HttpRequest.Builder admin(String path) throws IOException, InterruptedException {
        String form = "grant_type=password&client_id=admin-cli&username=admin&password="
                + URLEncoder.encode(ADMIN_PASSWORD, StandardCharsets.UTF_8);
        String answer = send(HttpRequest.newBuilder(uri("/realms/master/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
        return HttpRequest.newBuilder(uri(path))
                .header(
                        "Authorization",
                        "Bearer " + JSON.readTree(answer).path("access_token").asString());
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response =
                http.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException("Keycloak answers " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private void awaitReady() throws IOException, InterruptedException {
        Instant latest = Instant.now().plus(Duration.ofMinutes(4));
        while (Instant.now().isBefore(latest) && process.isAlive()) {
            try {
                send(HttpRequest.newBuilder(uri("/realms/two/.well-known/openid-configuration")));
                return;
            } catch (IOException notYet) {
                Thread.sleep(500);
            }
        }
        throw new IllegalStateException(
                "Keycloak did not become ready:\n" + Files.readString(work.resolve("keycloak.log")));
    }

    /** Ends it without warning, as a failing machine would. */
    void kill() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        try {
            kill();
            http.close();
            try (var paths = Files.walk(work)) {
                paths.sorted(Comparator.reverseOrder())
                        .forEach(path -> path.toFile().delete());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
