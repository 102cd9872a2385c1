package org.colonnade.identity.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.colonnade.identity.TestBrowser;
import org.colonnade.identity.Visitor;
import org.colonnade.testing.Asvs;
import org.colonnade.testing.GatewayTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.json.JsonMapper;

/** Signing in at a provider that can lie: what it says is tampered with, one thing at a time. */
@GatewayTest
class ProviderSignInTest {

    @Value("${local.server.port}")
    int port;

    @Autowired
    Providers providers;

    private final String key = "test-" + UUID.randomUUID().toString().substring(0, 8);
    private final String subject = UUID.randomUUID().toString();

    private HttpServer server;
    private String issuer = "";
    private String announced = "";
    private JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder();
    private RSAKey signing;
    private RSAKey published;
    private volatile String verifier = "";

    @BeforeEach
    void aProvider() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer = "http://127.0.0.1:" + server.getAddress().getPort();
        announced = issuer;
        signing = new RSAKeyGenerator(2048).keyID("1").generate();
        published = signing;
        server.createContext(
                "/.well-known/openid-configuration",
                exchange -> json(
                        exchange,
                        Map.of(
                                "issuer",
                                announced,
                                "authorization_endpoint",
                                issuer + "/authorize",
                                "token_endpoint",
                                issuer + "/token",
                                "jwks_uri",
                                issuer + "/keys",
                                "subject_types_supported",
                                List.of("public"),
                                "id_token_signing_alg_values_supported",
                                List.of("RS256"),
                                "response_types_supported",
                                List.of("code"))));
        server.createContext(
                "/keys",
                exchange -> json(
                        exchange, Map.of("keys", List.of(published.toPublicJWK().toJSONObject()))));
        server.createContext("/token", exchange -> {
            verifier = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            json(exchange, Map.of("access_token", "a", "token_type", "Bearer", "id_token", idToken()));
        });
        server.start();
        configure(List.of());
    }

    private void configure(List<String> domains) {
        providers.save(
                Visitor.SYSTEM,
                new Provider(
                        key,
                        "Test",
                        issuer,
                        "client",
                        "secret",
                        List.of("email"),
                        null,
                        List.of(),
                        domains,
                        List.of(),
                        true));
    }

    @AfterEach
    void stop() {
        providers.switchOnOrOff(Visitor.SYSTEM, key, false);
        server.stop(0);
    }

    @Test
    void aGoodAnswerSignsIn() {
        var browser = new TestBrowser(port);
        assertThat(location(comeBack(browser, leave(browser)))).isEqualTo("/waiting");
        assertThat(browser.cookies()).containsKey("colonnade-session").doesNotContainKey("colonnade-provider");
    }

    @Test
    @Asvs("10.2.1")
    void theProofKeyIsAlwaysUsed() {
        var browser = new TestBrowser(port);
        Map<String, String> sent = leave(browser);
        assertThat(sent)
                .containsEntry("code_challenge_method", "S256")
                .containsKeys("code_challenge", "nonce", "state");
        comeBack(browser, sent);
        assertThat(verifier).contains("code_verifier=");
    }

    @Test
    @Asvs({"10.1.2", "10.2.1"})
    void onlyTheBrowserThatLeftCanComeBackAndOnlyOnce() {
        var browser = new TestBrowser(port);
        Map<String, String> sent = leave(browser);
        assertThat(location(comeBack(new TestBrowser(port), sent))).isEqualTo("/sign-in?problem=provider");
        var otherState = new java.util.HashMap<>(sent);
        otherState.put("state", "forged");
        assertThat(location(comeBack(browser, otherState))).isEqualTo("/sign-in?problem=provider");
        assertThat(location(comeBack(browser, sent))).isEqualTo("/sign-in?problem=provider");
        assertThat(browser.cookies()).doesNotContainKey("colonnade-session");
    }

    @Test
    @Asvs("10.5.1")
    void anIdTokenOfAnotherSignInIsRefused() {
        var browser = new TestBrowser(port);
        Map<String, String> sent = leave(browser);
        claims.claim("nonce", "of another sign-in");
        refused(browser, sent);
    }

    @Test
    @Asvs("10.5.4")
    void anIdTokenForAnotherClientOrFromAnotherIssuerOrTooOldIsRefused() {
        var browser = new TestBrowser(port);
        Map<String, String> sent = leave(browser);
        claims.audience("another-client");
        refused(browser, sent);
        sent = leave(browser);
        claims.issuer("https://evil.example");
        refused(browser, sent);
        sent = leave(browser);
        claims.expirationTime(Date.from(Instant.now().minusSeconds(600)));
        refused(browser, sent);
    }

    @Test
    void anIdTokenWithAForeignKeyIsRefused() throws Exception {
        var browser = new TestBrowser(port);
        Map<String, String> sent = leave(browser);
        signing = new RSAKeyGenerator(2048).keyID("1").generate();
        refused(browser, sent);
    }

    @Test
    void aNewKeyOfTheProviderIsLearned() throws Exception {
        var browser = new TestBrowser(port);
        comeBack(browser, leave(browser));
        signing = new RSAKeyGenerator(2048).keyID("2").generate();
        published = signing;
        var later = new TestBrowser(port);
        assertThat(location(comeBack(later, leave(later)))).isEqualTo("/waiting");
    }

    @Test
    @Asvs({"10.2.2", "10.5.3"})
    void aProviderThatNamesAnotherIssuerIsNotUsed() {
        announced = "https://accounts.example";
        assertThat(new TestBrowser(port).get("/sign-in/with/" + key).statusCode())
                .isEqualTo(502);
    }

    @Test
    void aListOfDomainsLetsInOnlyConfirmedAddressesOfThem() {
        configure(List.of("example.edu"));
        var browser = new TestBrowser(port);
        Map<String, String> sent = leave(browser);
        claims.claim("email", "mira@example.edu").claim("email_verified", false);
        assertThat(location(comeBack(browser, sent))).isEqualTo("/sign-in?problem=not-listed");
        sent = leave(browser);
        claims.claim("email", "mira@example.edu.evil.example").claim("email_verified", true);
        assertThat(location(comeBack(browser, sent))).isEqualTo("/sign-in?problem=not-listed");
        sent = leave(browser);
        claims.claim("email", "mira@Example.edu").claim("email_verified", true);
        assertThat(location(comeBack(browser, sent))).isEqualTo("/waiting");
    }

    @Test
    void whoSaysNoAtTheProviderIsNotSignedIn() {
        var browser = new TestBrowser(port);
        Map<String, String> sent = leave(browser);
        var answer = browser.get("/sign-in/callback/" + key + "?error=access_denied&state=" + sent.get("state"));
        assertThat(location(answer)).isEqualTo("/sign-in?problem=denied");
    }

    @Test
    void aSwitchedOffProviderIsNotThere() {
        providers.switchOnOrOff(Visitor.SYSTEM, key, false);
        assertThat(new TestBrowser(port).get("/sign-in/with/" + key).statusCode())
                .isEqualTo(404);
    }

    private void refused(TestBrowser browser, Map<String, String> sent) {
        assertThat(location(comeBack(browser, sent))).isEqualTo("/sign-in?problem=provider");
        assertThat(browser.cookies()).doesNotContainKey("colonnade-session");
    }

    /** @return what the gateway sends to the provider; the provider's next answer will fit it */
    private Map<String, String> leave(TestBrowser browser) {
        var answer = browser.get("/sign-in/with/" + key + "?next=/jobs");
        assertThat(answer.statusCode()).isEqualTo(302);
        Map<String, String> sent = UriComponentsBuilder.fromUri(URI.create(location(answer)))
                .build(true)
                .getQueryParams()
                .toSingleValueMap();
        claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience("client")
                .subject(subject)
                .issueTime(new Date())
                .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                .claim("nonce", java.net.URLDecoder.decode(String.valueOf(sent.get("nonce")), StandardCharsets.UTF_8));
        return sent;
    }

    private HttpResponse<String> comeBack(TestBrowser browser, Map<String, String> sent) {
        return browser.get("/sign-in/callback/" + key + "?code=c&state=" + sent.get("state"));
    }

    private String idToken() {
        try {
            var token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(signing.getKeyID())
                            .build(),
                    claims.build());
            token.sign(new RSASSASigner(signing));
            return token.serialize();
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static void json(HttpExchange exchange, Map<String, ?> body) throws IOException {
        byte[] bytes = JsonMapper.shared().writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String location(HttpResponse<String> response) {
        return response.headers().firstValue("Location").orElse("status " + response.statusCode());
    }
}
