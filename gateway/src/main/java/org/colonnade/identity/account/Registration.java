package org.colonnade.identity.account;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.colonnade.identity.AuditLog;
import org.colonnade.identity.AuditLog.Outcome;
import org.colonnade.identity.Visitor;
import org.colonnade.identity.account.OneTimeLinks.Link;
import org.colonnade.identity.account.OneTimeLinks.Purpose;
import org.colonnade.identity.setup.IdentityProperties;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Local accounts from the first form to the first password, and new passwords. A password is chosen only behind the link
 * that was mailed: whoever registers a stranger's address has thereby no password on it.
 */
@Service
public class Registration {

    private final Accounts accounts;
    private final OneTimeLinks links;
    private final Onboarding onboarding;
    private final Notices notices;
    private final AuditLog audit;
    private final IdentityProperties.Links lives;

    Registration(
            Accounts accounts,
            OneTimeLinks links,
            Onboarding onboarding,
            Notices notices,
            AuditLog audit,
            IdentityProperties properties) {
        this.accounts = accounts;
        this.links = links;
        this.onboarding = onboarding;
        this.notices = notices;
        this.audit = audit;
        this.lives = properties.links();
    }

    /** Registers, or tells the holder of the address by mail that there is an account. The caller cannot tell which. */
    @Transactional
    public void register(Visitor who, String name, String email, Map<String, String> answers) {
        Optional<Account> known = accounts.findLocal(email);
        if (known.isPresent() && known.get().standing() != Standing.REGISTERED) {
            notices.alreadyRegistered(email);
            audit.record(who, "identity.register", known.get().target(), Outcome.DONE, "The address has an account");
            return;
        }
        UUID id = known.map(Account::id).orElseGet(() -> {
            UUID fresh = accounts.insert(name, email, false, true, answers);
            accounts.setStanding(fresh, null, Standing.REGISTERED, who.owner().value(), null);
            return fresh;
        });
        accounts.updateProfile(id, name, answers);
        notices.confirmAddress(email, links.create(Purpose.REGISTRATION, id, null, lives.registration()));
        audit.record(who, "identity.register", "account:" + id, Outcome.DONE, "");
    }

    /** Mails a link, or that there is nothing to recover. The caller cannot tell which. */
    @Transactional
    public void forgot(Visitor who, String email) {
        Optional<Account> known = accounts.findLocal(email);
        if (known.isEmpty()) {
            notices.noAccount(email);
            audit.record(who, "identity.forgot", "unknown account", Outcome.DONE, "");
            return;
        }
        Account account = known.get();
        if (account.standing() == Standing.REGISTERED) {
            notices.confirmAddress(email, links.create(Purpose.REGISTRATION, account.id(), null, lives.registration()));
        } else {
            notices.recover(email, links.create(Purpose.RECOVERY, account.id(), null, lives.recovery()));
        }
        audit.record(who, "identity.forgot", account.target(), Outcome.DONE, "");
    }

    /** Whose password a link would set; following it this far uses nothing up. */
    public Optional<Account> holder(Purpose purpose, String secret) {
        return links.peek(purpose, secret).map(Link::account).flatMap(accounts::find);
    }

    /**
     * Uses the link up and sets the password.
     *
     * @param encoded the hashed password
     * @return the account, or empty if the link is used up or too old
     */
    @Transactional
    public Optional<Account> choosePassword(Purpose purpose, String secret, String encoded) {
        UUID id = links.take(purpose, secret).map(Link::account).orElse(null);
        if (id == null) {
            return Optional.empty();
        }
        accounts.setPassword(id, encoded);
        if (purpose == Purpose.REGISTRATION) {
            onboarding.verified(id, "followed the link sent to the address");
            onboarding.advance(id, null);
        }
        return accounts.find(id).map(account -> {
            if (purpose == Purpose.RECOVERY && account.email() != null) {
                notices.passwordChanged(account.email());
            }
            audit.record(
                    account.visitor(),
                    purpose == Purpose.REGISTRATION ? "identity.verify" : "identity.password",
                    account.target(),
                    Outcome.DONE,
                    "");
            return account;
        });
    }

    /** Sets a new password for somebody who proved to know the old one. */
    @Transactional
    public void changePassword(Account account, String encoded) {
        accounts.setPassword(account.id(), encoded);
        if (account.email() != null) {
            notices.passwordChanged(account.email());
        }
        audit.record(account.visitor(), "identity.password", account.target(), Outcome.DONE, "");
    }

    /** Makes an approved account with a password at once: for whoever holds the machine. */
    @Transactional
    public Account createApproved(String name, String email, String encoded, String why) {
        UUID id = accounts.findLocal(email)
                .map(Account::id)
                .orElseGet(() -> accounts.insert(name, email, true, true, Map.of()));
        accounts.setPassword(id, encoded);
        accounts.setStanding(id, null, Standing.APPROVED, "system", why);
        return accounts.find(id).orElseThrow();
    }
}
