package org.colonnade.notifications.delivery;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.colonnade.notifications.Notification;
import org.colonnade.notifications.NotificationsProperties;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * Sends plain text by SMTP. Its Message-ID depends on the message alone, so that a mail which comes twice (the server took
 * it, and we stopped before noting that) is recognised by mail programs.
 */
@Component
class MailTransport implements Transport {

    private final JavaMailSenderImpl server;
    private final NotificationsProperties properties;

    /** @param server without a host where the operator named none */
    MailTransport(JavaMailSenderImpl server, NotificationsProperties properties) {
        this.server = server;
        this.properties = properties;
    }

    @Override
    public Kind kind() {
        return Kind.MAIL;
    }

    @Override
    public boolean canReach(Notification.Recipient recipient) {
        return StringUtils.hasText(server.getHost()) && recipient instanceof Notification.Mail;
    }

    @Override
    public void send(UUID id, Notification notification) throws DeliveryException {
        if (!canReach(notification.to()) || !(notification.to() instanceof Notification.Mail mail)) {
            throw DeliveryException.lasting("No mail server is configured", null);
        }
        InternetAddress recipient = parse(mail.address());
        try {
            server.send(message(id, recipient, notification));
        } catch (MailException | MessagingException e) {
            throw DeliveryException.passing("The mail server did not take the message: " + e.getMessage(), e);
        }
    }

    private MimeMessage message(UUID id, InternetAddress to, Notification notification) throws MessagingException {
        var from = new InternetAddress(properties.from());
        MimeMessage message = server.createMimeMessage();
        message.setFrom(from);
        message.setRecipient(Message.RecipientType.TO, to);
        message.setSubject(notification.subject(), StandardCharsets.UTF_8.name());
        message.setText(text(notification), StandardCharsets.UTF_8.name());
        String address = from.getAddress();
        message.setHeader("Message-ID", "<" + id + address.substring(address.lastIndexOf('@')) + ">");
        // Keeps out-of-office programs from answering (RFC 3834).
        message.setHeader("Auto-Submitted", "auto-generated");
        return message;
    }

    private static String text(Notification notification) {
        var text = new StringBuilder(notification.text());
        if (notification.link() != null) {
            text.append("\n\n").append(notification.link());
        }
        for (Notification.Action action : notification.actions()) {
            if (action.isLink()) {
                text.append("\n\n").append(action.label()).append(": ").append(action.value());
            }
        }
        return text.append('\n').toString();
    }

    private static InternetAddress parse(String address) throws DeliveryException {
        try {
            var parsed = new InternetAddress(address, true);
            if (parsed.isGroup()) {
                throw new AddressException("a group is not one address");
            }
            return parsed;
        } catch (AddressException e) {
            throw DeliveryException.lasting("This is not an e-mail address: " + e.getMessage(), e);
        }
    }
}
