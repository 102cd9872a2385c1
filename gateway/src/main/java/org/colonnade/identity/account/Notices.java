package org.colonnade.identity.account;

import java.util.List;
import java.util.stream.Collectors;
import org.colonnade.identity.ProfileField;
import org.colonnade.identity.RoleDeclaration;
import org.colonnade.identity.setup.IdentityProperties;
import org.colonnade.identity.setup.Urls;
import org.colonnade.notifications.Notification;
import org.colonnade.notifications.Notification.Action;
import org.colonnade.notifications.Notification.Style;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** What this room writes to people. Each message leaves with the transaction in which it was published. */
@Component
class Notices {

    private final ApplicationEventPublisher events;
    private final Accounts accounts;
    private final Urls urls;
    private final String slackChannel;

    Notices(ApplicationEventPublisher events, Accounts accounts, Urls urls, IdentityProperties properties) {
        this.events = events;
        this.accounts = accounts;
        this.urls = urls;
        this.slackChannel = properties.slack().channel();
    }

    void confirmAddress(String email, String secret) {
        mail(
                email,
                "Confirm your address",
                "Somebody, we hope you, asked for an account with this address. Follow the link to confirm it and to"
                        + " choose a password. If it was not you, do nothing: no account comes of it.",
                "/password?for=registration&link=" + secret);
    }

    void alreadyRegistered(String email) {
        mail(
                email,
                "You already have an account",
                "Somebody, perhaps you, asked for an account with this address, but you have one. If you forgot your"
                        + " password, the link lets you choose a new one.",
                "/forgot");
    }

    void recover(String email, String secret) {
        mail(
                email,
                "Choose a new password",
                "Somebody, we hope you, asked for a new password. The link works once and for a short time. If it was"
                        + " not you, do nothing: your password stays as it is.",
                "/password?for=recovery&link=" + secret);
    }

    void noAccount(String email) {
        mail(
                email,
                "No account with this address",
                "Somebody, perhaps you, asked for a new password, but no account here has this address and a password."
                        + " You may have signed in through your institution, or with another address.",
                "/sign-in");
    }

    void passwordChanged(String email) {
        mail(
                email,
                "Your password was changed",
                "Your password was changed just now, and all other sessions were ended. If it was not you, choose a new"
                        + " one at once.",
                "/forgot");
    }

    void leaveAddress(String email, String next, String secret) {
        mail(
                email,
                "Confirm the change of your address",
                "Your account is to move to the address " + next
                        + ". Follow the link to agree. If it was not you, choose" + " a new password at once.",
                "/address?side=old&link=" + secret);
    }

    void joinAddress(String email, String secret) {
        mail(
                email,
                "Confirm your new address",
                "An account here is to move to this address. Follow the link to agree. If it was not you, do nothing.",
                "/address?side=new&link=" + secret);
    }

    void awaitingApproval(Account account, List<ProfileField> fields) {
        String answers = fields.stream()
                .map(field -> field.label() + ": " + account.fields().getOrDefault(field.key(), "–"))
                .collect(Collectors.joining("\n"));
        String text =
                account.name() + " (" + account.email() + ") asks for access. The link leads to the page where you"
                        + " accept or reject." + (answers.isEmpty() ? "" : "\n\n" + answers);
        String subject = "New account waits for approval: " + account.name().replaceAll("[\\r\\n]", " ");
        String path = "/admin/users/" + account.id();
        accounts.addressesOf(RoleDeclaration.ADMIN).forEach(address -> mail(address, subject, text, path));
        events.publishEvent(new Notification(
                new Notification.SlackChannel(slackChannel),
                subject,
                text,
                urls.to(path),
                List.of(
                        new Action("accept_user", "Accept", account.id().toString(), Style.PRIMARY),
                        new Action("reject_user", "Reject", account.id().toString(), Style.DANGER))));
    }

    void decided(Account account, Onboarding.Decision decision, String reason) {
        String email = account.email();
        if (email == null || !account.emailVerified()) {
            return;
        }
        String because = reason.isBlank() ? "" : " The administrator says: " + reason;
        switch (decision) {
            case ACCEPT ->
                mail(
                        email,
                        "Your account is approved",
                        "You can sign in and use everything now." + because,
                        "/sign-in");
            case REJECT ->
                mail(email, "Your account was not approved", "An administrator did not approve it." + because, "/");
            case ARCHIVE ->
                mail(email, "Your account is closed", "Nobody can sign in with it any more." + because, "/");
        }
    }

    private void mail(String address, String subject, String text, String path) {
        events.publishEvent(new Notification(new Notification.Mail(address), subject, text, urls.to(path)));
    }
}
