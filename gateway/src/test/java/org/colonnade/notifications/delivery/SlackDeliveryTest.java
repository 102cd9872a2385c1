package org.colonnade.notifications.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.colonnade.notifications.delivery.OutboxFixture.deliverUntil;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.colonnade.notifications.Mailbox.State;
import org.colonnade.notifications.Notification;
import org.colonnade.notifications.NotificationsProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Slack's webhook, played by a small server. */
class SlackDeliveryTest {

    private static final Notification SIGN_UP = new Notification(
            new Notification.SlackChannel("administrators"),
            "New account: waiting",
            "Ada <ada@example.org> & friends",
            "https://gateway.example/admin",
            List.of(
                    new Notification.Action("accept_user", "Approve", "ada@example.org", Notification.Style.PRIMARY),
                    new Notification.Action("reject_user", "Reject", "ada@example.org", Notification.Style.DANGER)));

    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final AtomicInteger status = new AtomicInteger(200);
    private OutboxFixture fixture;
    private HttpServer slack;
    private Sender sender;

    @BeforeEach
    void start() throws IOException {
        fixture = new OutboxFixture();
        slack = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        slack.createContext("/hook", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            if (status.get() == 429) {
                exchange.getResponseHeaders().add("Retry-After", "77");
            }
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        slack.start();
        var base = OutboxFixture.PROPERTIES;
        var properties = new NotificationsProperties(
                base.from(),
                Map.of(
                        "administrators",
                        URI.create("http://localhost:" + slack.getAddress().getPort() + "/hook")),
                base.firstRetry(),
                base.longestRetry(),
                base.giveUpAfter(),
                base.keep());
        sender = new Sender(fixture.outbox, new SlackTransport(properties), properties);
    }

    @AfterEach
    void stop() {
        slack.stop(0);
    }

    @Test
    void aMessageArrivesWithTextLinkAndButtons() {
        var message = fixture.add(SIGN_UP);
        assertThat(sender.deliverOne()).isTrue();
        assertThat(fixture.message(message.id()).state()).isEqualTo(State.SENT);

        var json = JsonMapper.shared().readTree(bodies.getFirst());
        assertThat(json.at("/text").asString()).isEqualTo("New account: waiting");
        assertThat(json.at("/blocks/0/text/text").asString())
                .isEqualTo("*New account: waiting*\nAda &lt;ada@example.org&gt; &amp; friends");
        assertThat(json.at("/blocks/1/text/text").asString()).isEqualTo("<https://gateway.example/admin>");
        assertThat(json.at("/blocks/2/type").asString()).isEqualTo("actions");
        var accept = json.at("/blocks/2/elements/0");
        assertThat(accept.at("/action_id").asString()).isEqualTo("accept_user");
        assertThat(accept.at("/value").asString()).isEqualTo("ada@example.org");
        assertThat(accept.at("/style").asString()).isEqualTo("primary");
        assertThat(json.at("/blocks/2/elements/1/style").asString()).isEqualTo("danger");
    }

    @Test
    void slackIsLeftAloneForAsLongAsItAsks() {
        status.set(429);
        var message = fixture.add(SIGN_UP);
        assertThat(sender.deliverOne()).isTrue();

        var waiting = fixture.message(message.id());
        assertThat(waiting.state()).isEqualTo(State.WAITING);
        assertThat(waiting.lastError()).contains("429");
        assertThat(Duration.between(Instant.now(), waiting.nextAttemptAt()))
                .isBetween(Duration.ofSeconds(70), Duration.ofSeconds(77));
        assertThat(sender.deliverOne()).isFalse();

        status.set(200);
        fixture.jdbc
                .sql("update notifications.message set next_attempt_at = now()")
                .update();
        assertThat(sender.deliverOne()).isTrue();
        assertThat(fixture.message(message.id()).state()).isEqualTo(State.SENT);
    }

    @Test
    void anErrorOfSlackIsTriedAgain() {
        status.set(503);
        var message = fixture.add(SIGN_UP);
        deliverUntil(sender, () -> bodies.size() >= 3);
        status.set(200);
        deliverUntil(sender, () -> fixture.message(message.id()).state() == State.SENT);
    }

    @Test
    void aSlackThatIsDownIsTriedAgainAndTheSecretAddressIsNotTold() {
        slack.stop(0);
        var message = fixture.add(SIGN_UP);
        assertThat(sender.deliverOne()).isTrue();
        assertThat(fixture.message(message.id()).state()).isEqualTo(State.WAITING);
        assertThat(fixture.message(message.id()).lastError())
                .contains("could not be reached")
                .doesNotContain("hook");
    }

    @Test
    void aChannelThatIsNoLongerConfiguredKeepsItsMessages() {
        var message = fixture.add(new Notification(new Notification.SlackChannel("gone"), "s", "t", null));
        assertThat(sender.deliverOne()).isTrue();
        assertThat(fixture.message(message.id()).state()).isEqualTo(State.KEPT);
    }
}
