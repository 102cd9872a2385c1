package org.colonnade.identity;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.colonnade.notifications.Notification;
import org.colonnade.notifications.Notification.Mail;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Remembers what the gateway wanted to tell people, for tests. */
@Component
public class SentNotifications {

    private final List<Notification> sent = new CopyOnWriteArrayList<>();

    @EventListener
    void on(Notification notification) {
        sent.add(notification);
    }

    public List<Notification> mailsTo(String address) {
        return sent.stream().filter(n -> n.to().equals(new Mail(address))).toList();
    }

    public List<Notification> all() {
        return List.copyOf(sent);
    }

    /** The path and query of the link in the last mail to an address. */
    public String lastLink(String address) {
        String link = mailsTo(address).getLast().link();
        if (link == null) {
            throw new AssertionError("The mail has no link");
        }
        return link.replaceFirst("^https?://[^/]+", "");
    }
}
