package org.colonnade.identity.page;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.colonnade.identity.AuditLog;
import org.colonnade.identity.RoleDeclaration;
import org.colonnade.identity.Visitor;
import org.colonnade.identity.account.Account;
import org.colonnade.identity.account.Accounts;
import org.colonnade.identity.account.Onboarding;
import org.colonnade.identity.account.Onboarding.Decision;
import org.colonnade.identity.account.Standing;
import org.colonnade.identity.key.Secrets;
import org.colonnade.identity.setup.IdentityProperties;
import org.colonnade.jobs.Owner;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes decisions about new accounts from buttons in Slack. Everything is verified before anything is done or answered:
 * the signature over time and body, and that the answer goes to Slack.
 */
@Controller
class SlackActions {

    private static final Logger LOG = LoggerFactory.getLogger(SlackActions.class);
    private static final Duration AGE = Duration.ofMinutes(5);
    private static final int LONGEST_BODY = 256 * 1024;
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String REPLIES = "hooks.slack.com";

    private final IdentityProperties.Slack settings;
    private final Accounts accounts;
    private final Onboarding onboarding;
    private final AuditLog audit;

    SlackActions(IdentityProperties properties, Accounts accounts, Onboarding onboarding, AuditLog audit) {
        this.settings = properties.slack();
        this.accounts = accounts;
        this.onboarding = onboarding;
        this.audit = audit;
    }

    @PostMapping("/api/v1/slack/actions")
    ResponseEntity<Void> act(HttpServletRequest request, Visitor visitor) throws IOException {
        byte[] body = request.getInputStream().readNBytes(LONGEST_BODY);
        HttpStatus verdict =
                verify(request.getHeader("X-Slack-Request-Timestamp"), request.getHeader("X-Slack-Signature"), body);
        if (verdict != HttpStatus.OK) {
            audit.record(
                    visitor, "identity.slack", "message", AuditLog.Outcome.REFUSED, "Signature or time is not good");
            return ResponseEntity.status(verdict).build();
        }
        String text = new String(body, StandardCharsets.UTF_8);
        if (!text.startsWith("payload=")) {
            return ResponseEntity.badRequest().build();
        }
        try {
            return decide(
                    JSON.readTree(URLDecoder.decode(text.substring("payload=".length()), StandardCharsets.UTF_8)));
        } catch (JacksonException | IllegalArgumentException e) {
            return ResponseEntity.badRequest().build();
        }
    }

    private HttpStatus verify(@Nullable String time, @Nullable String signature, byte[] body) {
        String secret = settings.signingSecret();
        if (secret == null || secret.isBlank() || time == null || !time.matches("\\d{1,12}")) {
            return HttpStatus.FORBIDDEN;
        }
        long age = Math.abs(Instant.now().getEpochSecond() - Long.parseLong(time));
        if (age > AGE.toSeconds()) {
            return HttpStatus.FORBIDDEN;
        }
        byte[] prefix = ("v0:" + time + ":").getBytes(StandardCharsets.UTF_8);
        byte[] signed = Arrays.copyOf(prefix, prefix.length + body.length);
        System.arraycopy(body, 0, signed, prefix.length, body.length);
        String expected =
                "v0=" + HexFormat.of().formatHex(Secrets.authenticate(secret.getBytes(StandardCharsets.UTF_8), signed));
        return signature != null && Secrets.same(expected, signature) ? HttpStatus.OK : HttpStatus.UNAUTHORIZED;
    }

    private ResponseEntity<Void> decide(JsonNode payload) {
        JsonNode action = payload.path("actions").path(0);
        String user = payload.path("user").path("id").asString("").replaceAll("[^A-Za-z0-9]", "");
        Decision decision = switch (action.path("action_id").asString("")) {
            case "accept_user" -> Decision.ACCEPT;
            case "reject_user" -> Decision.REJECT;
            default -> throw new IllegalArgumentException("Unknown action");
        };
        UUID id = UUID.fromString(action.path("value").asString(""));
        Optional<Account> account = accounts.find(id);
        if (account.isEmpty()) {
            return ResponseEntity.notFound().build();
        }
        var by = new Visitor(new Owner("slack:" + user), false, "Slack " + user, Set.of(RoleDeclaration.ADMIN));
        Standing before = onboarding.decideWaiting(by, id, decision);
        reply(
                payload,
                before == Standing.PENDING
                        ? (decision == Decision.ACCEPT ? "Approved by <@" : "Denied by <@") + user + ">"
                        : "Nothing was changed: the account is " + before.words() + " already");
        return ResponseEntity.ok().build();
    }

    /** Replaces the buttons by what was decided. Only ever speaks to Slack; a failure changes nothing. */
    private static void reply(JsonNode payload, String words) {
        URI target = URI.create(payload.path("response_url").asString(""));
        if (!"https".equals(target.getScheme()) || !REPLIES.equals(target.getHost())) {
            return;
        }
        String body = JSON.writeValueAsString(Map.of(
                "replace_original",
                true,
                "blocks",
                List.of(
                        payload.path("message").path("blocks").path(0),
                        Map.of("type", "context", "elements", List.of(Map.of("type", "mrkdwn", "text", words))))));
        Thread.ofVirtual().name("slack-reply").start(() -> {
            try (var http = HttpClient.newBuilder()
                    .connectTimeout(Duration.ofSeconds(3))
                    .build()) {
                http.send(
                        HttpRequest.newBuilder(target)
                                .timeout(Duration.ofSeconds(5))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
            } catch (IOException e) {
                LOG.warn("Slack did not take the answer", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
