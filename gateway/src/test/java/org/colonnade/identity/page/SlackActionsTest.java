package org.colonnade.identity.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.colonnade.identity.AuditLog;
import org.colonnade.identity.Visitor;
import org.colonnade.identity.account.Account;
import org.colonnade.identity.account.Accounts;
import org.colonnade.identity.account.ExternalAccounts;
import org.colonnade.identity.account.ExternalAccounts.Claimed;
import org.colonnade.identity.account.Onboarding;
import org.colonnade.identity.account.Standing;
import org.colonnade.identity.key.Secrets;
import org.colonnade.identity.setup.IdentityPropertiesTest;
import org.colonnade.testing.GatewayTest;
import org.colonnade.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.mock.web.MockHttpServletRequest;

@GatewayTest
class SlackActionsTest {

    private static final String SECRET = TestDatabase.SLACK_SECRET;

    @Value("${local.server.port}")
    int port;

    @Autowired
    Accounts accounts;

    @Autowired
    ExternalAccounts external;

    @Autowired
    Onboarding onboarding;

    @Autowired
    AuditLog audit;

    private SlackActions actions;
    private Account applicant;

    @BeforeEach
    void anApplicantWaits() {
        actions = new SlackActions(
                IdentityPropertiesTest.of(Map.of("slack.signing-secret", SECRET)), accounts, onboarding, audit);
        applicant = external.arrive(
                new Claimed("https://issuer.example", UUID.randomUUID().toString(), "Mira", null, false),
                "test",
                Set.of());
        assertThat(applicant.standing()).isEqualTo(Standing.PENDING);
    }

    @Test
    void aSignedClickDecides() throws Exception {
        assertThat(send("accept_user", Instant.now(), SECRET, "")).isEqualTo(200);
        assertThat(standing()).isEqualTo(Standing.APPROVED);
        assertThat(accounts.history(applicant.id()).getLast().who()).isEqualTo("slack:U123");
    }

    @Test
    void slacksOwnRequestReachesTheDecision() throws Exception {
        String body = body("accept_user");
        String time = Long.toString(Instant.now().getEpochSecond());
        try (var slack = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/slack/actions"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("X-Slack-Request-Timestamp", time)
                    .header("X-Slack-Signature", signature(SECRET, time, body))
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            assertThat(slack.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(standing()).isEqualTo(Standing.APPROVED);
    }

    @Test
    void theButtonOfAnOldMessageUndoesNoDecision() throws Exception {
        onboarding.decide(Visitor.SYSTEM, applicant.id(), Onboarding.Decision.ACCEPT, "");
        assertThat(send("reject_user", Instant.now(), SECRET, "")).isEqualTo(200);
        assertThat(standing()).isEqualTo(Standing.APPROVED);
    }

    @Test
    void rejectingWorksToo() throws Exception {
        assertThat(send("reject_user", Instant.now(), SECRET, "")).isEqualTo(200);
        assertThat(standing()).isEqualTo(Standing.REJECTED);
    }

    @Test
    void aWrongSignatureDecidesNothing() throws Exception {
        assertThat(send("accept_user", Instant.now(), "another secret", "")).isEqualTo(401);
        assertThat(send("accept_user", Instant.now(), SECRET, "&x=appended")).isEqualTo(401);
        assertThat(standing()).isEqualTo(Standing.PENDING);
    }

    @Test
    void aMessageFromTooLongAgoOrFromTheFutureDecidesNothing() throws Exception {
        assertThat(send("accept_user", Instant.now().minusSeconds(301), SECRET, ""))
                .isEqualTo(403);
        assertThat(send("accept_user", Instant.now().plusSeconds(310), SECRET, ""))
                .isEqualTo(403);
        assertThat(standing()).isEqualTo(Standing.PENDING);
    }

    @Test
    void withoutASigningSecretNothingIsTaken() throws Exception {
        actions = new SlackActions(IdentityPropertiesTest.of(Map.of()), accounts, onboarding, audit);
        assertThat(send("accept_user", Instant.now(), "", "")).isEqualTo(403);
        assertThat(standing()).isEqualTo(Standing.PENDING);
    }

    private Standing standing() {
        return accounts.find(applicant.id()).orElseThrow().standing();
    }

    private String body(String action) {
        String payload = """
                {"response_url": "https://evil.example/", "user": {"id": "U123"},
                 "actions": [{"action_id": "%s", "value": "%s"}], "message": {"blocks": [{}]}}
                """.formatted(action, applicant.id());
        return "payload=" + URLEncoder.encode(payload, StandardCharsets.UTF_8);
    }

    private static String signature(String secret, String time, String body) {
        byte[] key = (secret.isEmpty() ? "none" : secret).getBytes(StandardCharsets.UTF_8);
        byte[] signed = ("v0:" + time + ":" + body).getBytes(StandardCharsets.UTF_8);
        return "v0=" + HexFormat.of().formatHex(Secrets.authenticate(key, signed));
    }

    private int send(String action, Instant at, String secret, String appended) throws Exception {
        String body = body(action);
        String time = Long.toString(at.getEpochSecond());
        var request = new MockHttpServletRequest("POST", "/api/v1/slack/actions");
        request.addHeader("X-Slack-Request-Timestamp", time);
        request.addHeader("X-Slack-Signature", signature(secret, time, body));
        request.setContent((body + appended).getBytes(StandardCharsets.UTF_8));
        return actions.act(request, Visitor.SYSTEM).getStatusCode().value();
    }
}
