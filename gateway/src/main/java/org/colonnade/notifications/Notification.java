package org.colonnade.notifications;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message to a person or a channel. Publish it as an application event inside a transaction: it is sent, with retries,
 * if and only if that transaction commits.
 *
 * @param to whom
 * @param subject one line
 * @param text plain text
 * @param link one link to follow; null for none
 */
public record Notification(
        Recipient to, String subject, String text, @Nullable String link) {

    public Notification {
        Objects.requireNonNull(to);
        if (subject.isBlank() || subject.indexOf('\n') >= 0 || subject.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("A subject is one line");
        }
    }

    /** Where a message goes. */
    public sealed interface Recipient {}

    /** @param address an e-mail address */
    public record Mail(String address) implements Recipient {}

    /** @param name a configured Slack channel, e.g. {@code administrators} */
    public record SlackChannel(String name) implements Recipient {}
}
