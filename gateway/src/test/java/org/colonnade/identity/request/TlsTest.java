package org.colonnade.identity.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.colonnade.testing.GatewayTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What a gateway that speaks TLS itself knows of its callers, over real handshakes. */
@GatewayTest
class TlsTest {

    private static final char[] PASSWORD = "only-in-this-test".toCharArray();

    @TempDir
    static Path folder;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void tls(DynamicPropertyRegistry registry) throws Exception {
        for (String name : List.of("gateway", "proxy", "stranger")) {
            certify(name);
        }
        // The gateway trusts both as clients; only one of them is the proxy.
        KeyStore trusted = empty();
        for (String name : List.of("proxy", "stranger")) {
            trusted.setCertificateEntry(name, store(name).getCertificate(name));
        }
        try (var out = Files.newOutputStream(folder.resolve("trusted.p12"))) {
            trusted.store(out, PASSWORD);
        }
        byte[] proxy = store("proxy").getCertificate("proxy").getEncoded();
        String fingerprint = HexFormat.ofDelimiter(":")
                .withUpperCase()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(proxy));
        registry.add("server.ssl.key-store", () -> folder.resolve("gateway.p12").toUri());
        registry.add("server.ssl.key-store-password", () -> new String(PASSWORD));
        registry.add(
                "server.ssl.trust-store", () -> folder.resolve("trusted.p12").toUri());
        registry.add("server.ssl.trust-store-password", () -> new String(PASSWORD));
        registry.add("server.ssl.client-auth", () -> "want");
        registry.add("colonnade.identity.proxy.certificates", () -> fingerprint);
    }

    @Test
    void theProxysWordCountsWithItsCertificate() throws Exception {
        String user = "mira-" + UUID.randomUUID();
        assertThat(me("proxy", user).body())
                .contains("\"name\":\"" + user + "\"")
                .contains("\"guest\":false");
    }

    @Test
    void identityHeadersFromATrustedClientThatIsNotTheProxyMeanNothing() throws Exception {
        assertThat(me("stranger", "mira").body()).contains("\"guest\":true");
        assertThat(me(null, "mira").body()).contains("\"guest\":true");
    }

    @Test
    void cookiesPromiseThatNoOtherHostAndNoPlainConnectionSetThem() throws Exception {
        try (HttpClient client = client(null)) {
            var page = client.send(
                    HttpRequest.newBuilder(uri("/"))
                            .header("Accept", "text/html")
                            .build(),
                    BodyHandlers.discarding());
            assertThat(page.headers().allValues("Set-Cookie"))
                    .singleElement()
                    .asString()
                    .startsWith("__Host-colonnade-guest=")
                    .contains("Secure")
                    .contains("HttpOnly")
                    .contains("SameSite=Lax");
        }
    }

    private HttpResponse<String> me(@Nullable String certificate, String user) throws Exception {
        try (HttpClient client = client(certificate)) {
            return client.send(
                    HttpRequest.newBuilder(uri("/api/v1/me"))
                            .header("X-Forwarded-User", user)
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    private URI uri(String path) {
        return URI.create("https://localhost:" + port + path);
    }

    private static HttpClient client(@Nullable String certificate) throws GeneralSecurityException, IOException {
        KeyStore trusted = empty();
        trusted.setCertificateEntry("gateway", store("gateway").getCertificate("gateway"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        KeyManager[] own = new KeyManager[0];
        if (certificate != null) {
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store(certificate), PASSWORD);
            own = keys.getKeyManagers();
        }
        var context = SSLContext.getInstance("TLS");
        context.init(own, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static KeyStore store(String name) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve(name + ".p12"))) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private static void certify(String name) throws IOException, InterruptedException {
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "SAN=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        folder.resolve(name + ".p12").toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
    }
}
