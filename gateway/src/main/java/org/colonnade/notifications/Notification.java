package org.colonnade.notifications;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message to a person or a channel. Publish it as an application event inside a transaction: it is sent, with retries,
 * if and only if that transaction commits. It may arrive twice, never not at all without a trace: see {@link Mailbox}.
 *
 * @param to whom
 * @param subject one line: the name of the thing and its state
 * @param text plain text
 * @param link one link to follow; null for none
 * @param actions what the reader can do at once; at most five
 */
public record Notification(
        Recipient to, String subject, String text, @Nullable String link, List<Action> actions) {

    public Notification {
        Objects.requireNonNull(to);
        if (subject.isBlank() || hasControl(subject)) {
            throw new IllegalArgumentException("A subject is one line");
        }
        if (link != null && hasControl(link)) {
            throw new IllegalArgumentException("A link is one line");
        }
        if (actions.size() > 5) {
            throw new IllegalArgumentException("A message has at most five actions");
        }
        actions = List.copyOf(actions);
    }

    /** A message without actions. */
    public Notification(Recipient to, String subject, String text, @Nullable String link) {
        this(to, subject, text, link, List.of());
    }

    /** Where a message goes. */
    public sealed interface Recipient {}

    /** @param address one e-mail address */
    public record Mail(String address) implements Recipient {

        public Mail {
            if (address.isBlank() || hasControl(address)) {
                throw new IllegalArgumentException("An e-mail address is one line");
            }
        }
    }

    /** @param name a configured Slack channel, e.g. {@code administrators} */
    public record SlackChannel(String name) implements Recipient {}

    /**
     * A button in Slack. A mail has no buttons: there an action whose value is a web address becomes a link, and any other
     * is left to the page that the message links to.
     *
     * @param id what Slack calls the action when it reports a click, e.g. {@code accept_user}
     * @param label on the button
     * @param value a web address to open, or a text that Slack sends back
     */
    public record Action(String id, String label, String value, Style style) {

        public Action {
            if (hasControl(id + label + value)) {
                throw new IllegalArgumentException("The parts of an action are one line each");
            }
        }

        /** Whether a click opens a page. */
        public boolean isLink() {
            return value.startsWith("https://") || value.startsWith("http://");
        }
    }

    /** How a button looks. */
    public enum Style {
        PLAIN,
        PRIMARY,
        DANGER
    }

    private static boolean hasControl(String text) {
        return text.codePoints().anyMatch(Character::isISOControl);
    }
}
