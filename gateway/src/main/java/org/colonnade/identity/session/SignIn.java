package org.colonnade.identity.session;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.colonnade.identity.AuditLog;
import org.colonnade.identity.GuestSignedIn;
import org.colonnade.identity.account.Account;
import org.colonnade.identity.account.Accounts;
import org.colonnade.jobs.Jobs;
import org.colonnade.jobs.Owner;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Begins and ends signed-in sessions. */
@Service
public class SignIn {

    /** How a session began that a provider had no part in. */
    public static final String PASSWORD = "password";

    private final Accounts accounts;
    private final Sessions sessions;
    private final AuditLog audit;
    private final ObjectProvider<Jobs> jobs;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;

    SignIn(
            Accounts accounts,
            Sessions sessions,
            AuditLog audit,
            ObjectProvider<Jobs> jobs,
            ApplicationEventPublisher events,
            TransactionTemplate transaction) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.audit = audit;
        this.jobs = jobs;
        this.events = events;
        this.transaction = transaction;
    }

    /**
     * Gives the browser a new session, always with a new secret, and the account what the guest owned.
     *
     * @param method {@link #PASSWORD}, or the key of the provider
     */
    public void begin(
            HttpServletRequest request,
            HttpServletResponse response,
            Account account,
            String method,
            @Nullable String idToken) {
        Optional<Owner> guest = SecretCookie.GUEST.read(request).map(GuestOwner::of);
        String agent =
                Optional.ofNullable(request.getHeader(HttpHeaders.USER_AGENT)).orElse("");
        Optional<String> earlier = SecretCookie.SESSION.read(request);
        String secret = transaction.execute(status -> {
            earlier.flatMap(sessions::find)
                    .ifPresent(old -> sessions.end(old.account().id(), old.session()));
            guest.ifPresent(owner -> move(owner, account.owner()));
            accounts.signedIn(account.id());
            audit.record(account.visitor(), "identity.sign-in", account.target(), AuditLog.Outcome.DONE, method);
            return sessions.open(account.id(), method, request.getRemoteAddr(), agent, idToken);
        });
        SecretCookie.SESSION.write(request, response, secret);
        if (guest.isPresent()) {
            SecretCookie.GUEST.clear(request, response);
        }
    }

    private void move(Owner guest, Owner account) {
        jobs.ifAvailable(all -> all.transfer(guest, account));
        events.publishEvent(new GuestSignedIn(guest, account));
    }

    /** @return the session that ended, if there was one */
    public Optional<Sessions.Ended> end(HttpServletRequest request, HttpServletResponse response) {
        Optional<Sessions.SignedIn> present = SecretCookie.SESSION.read(request).flatMap(sessions::find);
        SecretCookie.SESSION.clear(request, response);
        return present.flatMap(signedIn -> transaction.execute(status -> {
            Account account = signedIn.account();
            audit.record(account.visitor(), "identity.sign-out", account.target(), AuditLog.Outcome.DONE, "");
            return sessions.end(account.id(), signedIn.session());
        }));
    }
}
