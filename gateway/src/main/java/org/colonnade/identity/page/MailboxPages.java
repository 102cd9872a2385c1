package org.colonnade.identity.page;

import java.util.List;
import java.util.UUID;
import org.colonnade.notifications.Mailbox;
import org.colonnade.notifications.Mailbox.Message;
import org.colonnade.notifications.Notification.Mail;
import org.colonnade.notifications.Notification.SlackChannel;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** What the gateway wrote to people, for administrators: on a laptop without a mail server this is where links are read. */
@Controller
class MailboxPages {

    private static final int PAGE = 50;

    private final Mailbox mailbox;

    MailboxPages(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    @GetMapping("/admin/mailbox")
    String list(@RequestParam(required = false) @Nullable UUID after, Model model) {
        List<Message> found = mailbox.list(after, PAGE + 1);
        List<Message> shown = found.subList(0, Math.min(PAGE, found.size()));
        model.addAttribute("messages", shown.stream().map(Shown::new).toList());
        model.addAttribute(
                "older",
                found.size() > PAGE ? "/admin/mailbox?after=" + shown.getLast().id() : null);
        return "identity/mailbox";
    }

    @GetMapping("/admin/mailbox/{id}")
    String show(@PathVariable UUID id, Model model) {
        model.addAttribute(
                "shown",
                mailbox.find(id).map(Shown::new).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
        return "identity/message";
    }

    /** A message as the page prints it. */
    public record Shown(Message message) {

        public String to() {
            return switch (message.notification().to()) {
                case Mail mail -> mail.address();
                case SlackChannel channel -> "Slack: " + channel.name();
            };
        }
    }
}
