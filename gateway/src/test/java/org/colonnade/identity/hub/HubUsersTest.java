package org.colonnade.identity.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.colonnade.identity.AuditLog;
import org.colonnade.identity.NotebookHubs.Verdict;
import org.colonnade.identity.Visitor;
import org.colonnade.identity.account.Accounts;
import org.colonnade.identity.account.ExternalAccounts;
import org.colonnade.identity.account.Onboarding;
import org.colonnade.identity.key.InstallationKeys;
import org.colonnade.identity.request.Identified;
import org.colonnade.identity.setup.IdentityPropertiesTest;
import org.colonnade.testing.GatewayTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Against a real HTTP server that answers as a JupyterHub does. */
@GatewayTest
class HubUsersTest {

    @Autowired
    InstallationKeys keys;

    @Autowired
    ExternalAccounts external;

    @Autowired
    Accounts accounts;

    @Autowired
    Onboarding onboarding;

    @Autowired
    AuditLog audit;

    private final AtomicInteger asked = new AtomicInteger();
    private final String name = "mira-" + UUID.randomUUID();
    private volatile int status = 200;
    private volatile String body = "{\"kind\":\"user\",\"name\":\"" + name + "\",\"groups\":[\"geo\"]}";

    private HttpServer server;
    private HubUsers hubs;
    private String host;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/geo/hub/api/user", exchange -> {
            asked.incrementAndGet();
            boolean good = "token good".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] answer = (good ? body : "{\"status\":403,\"message\":null}").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(good ? status : 403, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        host = "127.0.0.1:" + server.getAddress().getPort();
        hubs = new HubUsers(
                IdentityPropertiesTest.of(
                        Map.of("hubs.geo.host", host, "hubs.geo.prefix", "/geo", "hubs.geo.insecure", "true")),
                keys,
                external,
                audit);
    }

    @AfterEach
    void stop() {
        hubs.destroy();
        server.stop(0);
    }

    private static String token(String host, String hubToken) {
        return Base64.getEncoder().encodeToString((host + "@" + hubToken).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aUserOfAConfiguredHubIsTheSameApprovedPersonEachTimeAndTheHubIsAskedOnce() {
        var first = (Verdict.Recognised) hubs.recognise(token(host, "good"));
        var second = (Verdict.Recognised) hubs.recognise(token(host, "good"));
        assertThat(first.user()).isEqualTo(name + "@" + host);
        assertThat(first.visitor().isApproved()).isTrue();
        assertThat(second.visitor().owner()).isEqualTo(first.visitor().owner());
        assertThat(asked).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://%s", "https://%s/", "%s///", "HTTP://%s/user/mira"})
    void theHubIsKnownHoweverTheNotebookSpellsIt(String spelling) {
        assertThat(hubs.recognise(token(spelling.formatted(host), "good"))).isInstanceOf(Verdict.Recognised.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not base64!", "bm8gYXQgc2lnbg==", "YUBiQGM=", "aG9zdEA="})
    void aTokenOfTheWrongFormIsNobodys(String token) {
        assertThat(hubs.recognise(token)).isInstanceOf(Verdict.Unknown.class);
        assertThat(asked).hasValue(0);
    }

    @Test
    void noHubIsAskedThatTheOperatorDidNotName() {
        assertThat(hubs.recognise(token("169.254.169.254", "good"))).isInstanceOf(Verdict.Unknown.class);
        assertThat(hubs.recognise(token("localhost:" + server.getAddress().getPort(), "good")))
                .isInstanceOf(Verdict.Unknown.class);
        assertThat(asked).hasValue(0);
    }

    @Test
    void aWrongTokenIsNobodysAndTheHubIsNotAskedAgainAtOnce() {
        assertThat(hubs.recognise(token(host, "wrong"))).isInstanceOf(Verdict.Unknown.class);
        assertThat(hubs.recognise(token(host, "wrong"))).isInstanceOf(Verdict.Unknown.class);
        assertThat(asked).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kind\":\"service\",\"name\":\"cull\"}",
                "{\"kind\":\"user\"}",
                "{\"kind\":\"user\",\"name\":\"\"}",
                "[]",
                "not json"
            })
    void whatIsNotAPersonIsNobody(String answer) {
        body = answer;
        assertThat(hubs.recognise(token(host, "good"))).isInstanceOf(Verdict.Unknown.class);
    }

    @Test
    void anAnswerWithoutEndIsNotReadToItsEnd() {
        body = "{\"kind\":\"user\",\"name\":\"mira\"" + " ".repeat(3_000_000) + "}";
        assertThat(hubs.recognise(token(host, "good"))).isInstanceOf(Verdict.Unreachable.class);
    }

    @Test
    void aHubThatFailsIsUnreachableAndAfterFiveFailuresLeftAlone() {
        status = 503;
        for (int i = 0; i < 10; i++) {
            // Each attempt has another spelling, so that the remembered verdict does not answer.
            assertThat(hubs.recognise(token(host + "/" + i, "good"))).isInstanceOf(Verdict.Unreachable.class);
        }
        assertThat(asked).hasValue(5);
    }

    @Test
    void whoIsBlockedHereIsBlockedAtOnceWhateverTheHubSays() {
        var known = (Verdict.Recognised) hubs.recognise(token(host, "good"));
        onboarding.decide(Visitor.SYSTEM, Identified.accountOf(known.visitor()), Onboarding.Decision.ARCHIVE, "misuse");
        assertThat(hubs.recognise(token(host, "good"))).isInstanceOf(Verdict.Unknown.class);
    }
}
