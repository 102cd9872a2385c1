package org.colonnade.notifications.delivery;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.colonnade.notifications.Notification;
import org.colonnade.notifications.NotificationsProperties;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Posts to Slack's incoming webhooks, one per channel. What a click on a button brings back is the business of the room
 * that published the message.
 */
@Component
class SlackTransport implements Transport {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    /** Slack's limits for a section's text and for a button's label. */
    private static final int MAX_SECTION = 3000;

    private static final int MAX_LABEL = 75;

    private final Map<String, URI> webhooks;
    private final JsonMapper json = JsonMapper.shared();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();

    SlackTransport(NotificationsProperties properties) {
        this.webhooks = properties.slack();
    }

    @Override
    public Kind kind() {
        return Kind.SLACK;
    }

    @Override
    public boolean canReach(Notification.Recipient recipient) {
        return recipient instanceof Notification.SlackChannel channel && webhooks.containsKey(channel.name());
    }

    @Override
    public void send(UUID id, Notification notification) throws DeliveryException {
        URI webhook =
                notification.to() instanceof Notification.SlackChannel channel ? webhooks.get(channel.name()) : null;
        if (webhook == null) {
            throw DeliveryException.lasting("This Slack channel is not configured", null);
        }
        var request = HttpRequest.newBuilder(webhook)
                .timeout(ANSWER)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(message(notification))))
                .build();
        try {
            check(client.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            // Without the exception's text, which may hold the webhook's address.
            throw DeliveryException.passing(
                    "Slack could not be reached: " + e.getClass().getSimpleName(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw DeliveryException.passing("Interrupted while waiting for Slack", e);
        }
    }

    private static void check(HttpResponse<String> answer) throws DeliveryException {
        int status = answer.statusCode();
        if (status / 100 == 2) {
            return;
        }
        String body = answer.body();
        String message = "Slack answered " + status + ": " + body.substring(0, Math.min(200, body.length()));
        if (status == 429) {
            throw DeliveryException.notBefore(message, retryAfter(answer));
        }
        throw DeliveryException.passing(message, null);
    }

    private static Duration retryAfter(HttpResponse<?> answer) {
        String seconds = answer.headers().firstValue("Retry-After").orElse("");
        if (!seconds.matches("\\d{1,9}")) {
            return Duration.ofSeconds(30);
        }
        var wait = Duration.ofSeconds(Long.parseLong(seconds));
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    private static Map<String, Object> message(Notification notification) {
        List<Object> blocks = new ArrayList<>();
        blocks.add(section("*" + escaped(notification.subject()) + "*\n" + escaped(notification.text())));
        if (notification.link() != null) {
            blocks.add(section("<" + escaped(notification.link()).replace("|", "%7C") + ">"));
        }
        if (!notification.actions().isEmpty()) {
            blocks.add(Map.of(
                    "type",
                    "actions",
                    "elements",
                    notification.actions().stream().map(SlackTransport::button).toList()));
        }
        // "text" is what a phone shows in its list of messages.
        return Map.of("text", escaped(notification.subject()), "blocks", blocks);
    }

    private static Map<String, Object> section(String markdown) {
        return Map.of("type", "section", "text", Map.of("type", "mrkdwn", "text", cut(markdown, MAX_SECTION)));
    }

    private static Map<String, Object> button(Notification.Action action) {
        Map<String, Object> button = new LinkedHashMap<>();
        button.put("type", "button");
        button.put("action_id", action.id());
        button.put("text", Map.of("type", "plain_text", "text", cut(action.label(), MAX_LABEL)));
        button.put(action.isLink() ? "url" : "value", action.value());
        if (action.style() != Notification.Style.PLAIN) {
            button.put("style", action.style().name().toLowerCase(Locale.ROOT));
        }
        return button;
    }

    /** The three characters that mean something in Slack's own markup for links and mentions. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }
}
