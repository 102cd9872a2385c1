package org.colonnade.web.admin;

import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.colonnade.execution.Place;
import org.colonnade.execution.Places;
import org.colonnade.identity.Access;
import org.colonnade.identity.Visitor;
import org.colonnade.jobs.Job;
import org.colonnade.jobs.JobState;
import org.colonnade.jobs.Jobs;
import org.colonnade.notifications.Mailbox;
import org.colonnade.notifications.Mailbox.Message;
import org.colonnade.notifications.Notification;
import org.colonnade.web.JobPage;
import org.colonnade.web.ProblemException;
import org.colonnade.web.StatusSource;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** How the base is doing, and what it wrote to people. */
@Controller
class AdminPages {

    private static final int LONGEST_QUEUE = 20;
    private static final int MESSAGES = 50;

    private final Access access;
    private final Jobs jobs;
    private final Places places;
    private final Mailbox mailbox;
    private final HealthEndpoint health;
    private final List<JobPage> kinds;
    private final List<StatusSource> sources;

    AdminPages(
            Access access,
            Jobs jobs,
            Places places,
            Mailbox mailbox,
            HealthEndpoint health,
            List<JobPage> kinds,
            List<StatusSource> sources) {
        this.access = access;
        this.jobs = jobs;
        this.places = places;
        this.mailbox = mailbox;
        this.health = health;
        this.kinds = kinds;
        this.sources = sources;
    }

    /** A message with its recipient in words. */
    record Letter(Message message, String to) {

        static Letter of(Message message) {
            return new Letter(
                    message,
                    switch (message.notification().to()) {
                        case Notification.Mail mail -> mail.address();
                        case Notification.SlackChannel channel -> "Slack, " + channel.name();
                    });
        }
    }

    @GetMapping("/admin/status")
    String status(Visitor visitor, Model model) {
        access.require(visitor, "web.status", null);
        model.addAttribute("gateways", jobs.gateways());
        List<Job> queued = jobs.list(null, null, JobState.QUEUED, null, LONGEST_QUEUE + 1);
        model.addAttribute("queued", queued.subList(0, Math.min(LONGEST_QUEUE, queued.size())));
        model.addAttribute("more", queued.size() > LONGEST_QUEUE);
        model.addAttribute("waiting", jobs.list(null, null, JobState.WAITING, null, LONGEST_QUEUE));
        model.addAttribute(
                "places",
                kinds.stream()
                        .flatMap(kind -> places.forKind(kind.kind()).stream())
                        .distinct()
                        .sorted(Comparator.comparing(Place::name))
                        .toList());
        model.addAttribute("foundations", Foundation.of(health.health()));
        model.addAttribute("sources", sources);
        return "web/status";
    }

    @GetMapping("/admin/mailbox")
    String mailbox(Visitor visitor, @RequestParam(defaultValue = "") String after, Model model) {
        access.require(visitor, "web.mailbox", null);
        List<Message> found = mailbox.list(after.isEmpty() ? null : id(after), MESSAGES + 1);
        List<Message> shown = found.subList(0, Math.min(MESSAGES, found.size()));
        model.addAttribute("letters", shown.stream().map(Letter::of).toList());
        model.addAttribute("newest", after.isEmpty() ? null : "/admin/mailbox");
        model.addAttribute(
                "older",
                found.size() > MESSAGES
                        ? "/admin/mailbox?after=" + shown.getLast().id()
                        : null);
        return "web/mailbox";
    }

    @GetMapping("/admin/mailbox/{message}")
    String message(Visitor visitor, @PathVariable String message, Model model) {
        access.require(visitor, "web.mailbox", null);
        model.addAttribute(
                "letter",
                mailbox.find(id(message))
                        .map(Letter::of)
                        .orElseThrow(() -> ProblemException.notFound("There is no such message")));
        return "web/message";
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.notFound("There is no such message");
        }
    }
}
