package org.colonnade.identity.account;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.colonnade.identity.AuditLog;
import org.colonnade.identity.access.Roles;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Accounts of people for whom somebody else vouches. Found by issuer and subject only: an address proves nothing here,
 * and the same address at two providers is two accounts.
 */
@Service
public class ExternalAccounts {

    private final Accounts accounts;
    private final Onboarding onboarding;
    private final Roles roles;
    private final AuditLog audit;

    ExternalAccounts(Accounts accounts, Onboarding onboarding, Roles roles, AuditLog audit) {
        this.accounts = accounts;
        this.onboarding = onboarding;
        this.roles = roles;
        this.audit = audit;
    }

    /**
     * Who somebody is in the words of a provider.
     *
     * @param issuer with the subject, the only thing that identifies
     */
    public record Claimed(
            String issuer,
            String subject,
            String name,
            @Nullable String email,
            boolean emailVerified) {}

    /**
     * Finds the account, or makes one on the first sight.
     *
     * @param provider key of the provider
     * @param granted the roles that the person's groups bring now
     */
    @Transactional
    public Account arrive(Claimed claimed, String provider, Collection<String> granted) {
        UUID id = accounts.findExternal(claimed.issuer(), claimed.subject())
                .map(Account::id)
                .orElseGet(() -> create(claimed, provider));
        roles.synchronize(id, "provider:" + provider, granted);
        onboarding.advance(id, provider);
        return accounts.find(id).orElseThrow();
    }

    private UUID create(Claimed claimed, String provider) {
        UUID id = accounts.insert(name(claimed), claimed.email(), claimed.emailVerified(), false, Map.of());
        accounts.setStanding(id, null, Standing.REGISTERED, "system", "came from provider " + provider);
        if (!accounts.link(id, claimed.issuer(), claimed.subject(), claimed.email())) {
            throw new IllegalStateException("The same person arrived twice at the same moment");
        }
        onboarding.verified(id, "provider " + provider + " vouches");
        audit.record(
                accounts.find(id).orElseThrow().visitor(),
                "identity.register",
                "account:" + id,
                AuditLog.Outcome.DONE,
                "provider " + provider);
        return id;
    }

    /** Makes and approves an account at once, e.g. for a notebook user whose hub the operator trusts. */
    @Transactional
    public Account arriveApproved(Claimed claimed, String provider, Collection<String> granted) {
        Account account = arrive(claimed, provider, granted);
        if (account.standing() != Standing.PENDING && account.standing() != Standing.VERIFIED) {
            return account;
        }
        accounts.setStanding(account.id(), account.standing(), Standing.APPROVED, "system", "provider " + provider);
        return accounts.find(account.id()).orElseThrow();
    }

    /**
     * Adds an identity to the account of somebody who is signed in.
     *
     * @return false if the identity already opens an account
     */
    @Transactional
    public boolean link(Account account, Claimed claimed, String provider) {
        boolean linked = accounts.link(account.id(), claimed.issuer(), claimed.subject(), claimed.email());
        audit.record(
                account.visitor(),
                "identity.link",
                account.target(),
                linked ? AuditLog.Outcome.DONE : AuditLog.Outcome.REFUSED,
                "provider " + provider);
        return linked;
    }

    private static String name(Claimed claimed) {
        String name = claimed.name().replaceAll("\\p{Cntrl}", " ").strip();
        return name.isEmpty() ? "Unnamed" : name.substring(0, Math.min(200, name.length()));
    }
}
