package org.colonnade.calculators.phreeqc;

import org.colonnade.identity.Contacts;
import org.colonnade.jobs.Job;
import org.colonnade.jobs.JobEnded;
import org.colonnade.jobs.JobState;
import org.colonnade.jobs.Jobs;
import org.colonnade.notifications.Notification;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes to those who asked for it that their run ended. The mail leaves with the transaction that ends the run. */
@Component
class EndNotice {

    private final Jobs jobs;
    private final Contacts contacts;
    private final ApplicationEventPublisher events;
    private final JsonMapper mapper;

    EndNotice(Jobs jobs, Contacts contacts, ApplicationEventPublisher events, JsonMapper mapper) {
        this.jobs = jobs;
        this.contacts = contacts;
        this.events = events;
        this.mapper = mapper;
    }

    @EventListener
    void tell(JobEnded ended) {
        if (!ended.kind().equals(PhreeqcHandler.KIND) || ended.state() == JobState.CANCELLED) {
            return;
        }
        jobs.find(ended.id())
                .filter(job -> Boolean.TRUE.equals(
                        mapper.readValue(job.input(), RunInput.class).mail()))
                .ifPresent(job -> contacts.address(ended.owner())
                        .ifPresent(address -> events.publishEvent(notice(job, ended.state(), address))));
    }

    private Notification notice(Job job, JobState state, String address) {
        String word = switch (state) {
            case COMPLETED -> "completed";
            case TIMED_OUT -> "timed out";
            default -> "failed";
        };
        String why = state == JobState.COMPLETED
                ? "Its output, tables and plots are on its page."
                : "PHREEQC's messages and the output so far are on its page.";
        return new Notification(
                new Notification.Mail(address),
                "PHREEQC run “" + job.title() + "” " + word,
                "Your PHREEQC run “" + job.title() + "” " + word + ". " + why
                        + " You get this mail because you asked for it when you submitted the run.",
                contacts.link("/calculators/phreeqc/runs/" + job.id()));
    }
}
