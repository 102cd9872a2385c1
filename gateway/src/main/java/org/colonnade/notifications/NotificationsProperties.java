package org.colonnade.notifications;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How messages are sent. The mail server is configured by {@code spring.mail}; without {@code spring.mail.host} mails are
 * kept for the administrator's mailbox.
 *
 * @param from the sender of mails
 * @param slack Slack's incoming webhook for each channel name; an address of this kind is a secret
 * @param firstRetry wait after the first failure; each further one doubles it
 * @param longestRetry the longest wait
 * @param giveUpAfter age at which an undelivered message is given up
 * @param keep how long messages stay in the mailbox after their end
 */
@ConfigurationProperties("colonnade.notifications")
public record NotificationsProperties(
        @DefaultValue("Colonnade <colonnade@localhost>") String from,
        @DefaultValue Map<String, URI> slack,
        @DefaultValue("10s") Duration firstRetry,
        @DefaultValue("30m") Duration longestRetry,
        @DefaultValue("3d") Duration giveUpAfter,
        @DefaultValue("90d") Duration keep) {

    /** Leaves out the webhooks' addresses, because whoever knows one can write to the channel. */
    @Override
    public String toString() {
        return "NotificationsProperties[from=%s, slack=%s, giveUpAfter=%s]"
                .formatted(from, slack.keySet(), giveUpAfter);
    }
}
