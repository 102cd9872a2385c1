package org.colonnade.identity.account;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.colonnade.identity.AuditLog;
import org.colonnade.identity.NotAllowedException;
import org.colonnade.identity.ProfileField;
import org.colonnade.identity.Visitor;
import org.colonnade.identity.setup.IdentityProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Moves accounts on their way in, by the operator's policy or an administrator's word. */
@Service
@Transactional
public class Onboarding {

    /** What an administrator can decide. */
    public enum Decision {
        ACCEPT(Standing.APPROVED, "identity.accept"),
        REJECT(Standing.REJECTED, "identity.reject"),
        ARCHIVE(Standing.ARCHIVED, "identity.archive");

        private final Standing standing;
        private final String action;

        Decision(Standing standing, String action) {
            this.standing = standing;
            this.action = action;
        }
    }

    private final Accounts accounts;
    private final Notices notices;
    private final AuditLog audit;
    private final IdentityProperties.Approval policy;
    private final ObjectProvider<ProfileField> fields;

    Onboarding(
            Accounts accounts,
            Notices notices,
            AuditLog audit,
            IdentityProperties properties,
            ObjectProvider<ProfileField> fields) {
        this.accounts = accounts;
        this.notices = notices;
        this.audit = audit;
        this.policy = properties.approval();
        this.fields = fields;
    }

    /** What people are asked beside their name and address, in order. */
    public List<ProfileField> fields() {
        return fields.orderedStream().toList();
    }

    /** An address was confirmed, or a provider vouched for the person. */
    public void verified(UUID id, String how) {
        Account account = lock(id);
        if (account.standing() == Standing.REGISTERED) {
            accounts.setStanding(id, account.standing(), Standing.VERIFIED, "system", how);
        }
    }

    /**
     * Moves a verified account on if everything is answered. Does nothing to any other.
     *
     * @param provider key of the provider that vouches; null for a local account
     * @return where the account stands now
     */
    public Standing advance(UUID id, @Nullable String provider) {
        Account account = lock(id);
        if (account.standing() != Standing.VERIFIED || !isComplete(account.fields())) {
            return account.standing();
        }
        accounts.setStanding(id, Standing.VERIFIED, Standing.COMPLETE, "system", null);
        String rule = approvedBy(account, provider);
        if (rule == null) {
            accounts.setStanding(id, Standing.COMPLETE, Standing.PENDING, "system", null);
            notices.awaitingApproval(account, fields());
            return Standing.PENDING;
        }
        accounts.setStanding(id, Standing.COMPLETE, Standing.APPROVED, "system", rule);
        audit.record(Visitor.SYSTEM, "identity.accept", account.target(), AuditLog.Outcome.DONE, rule);
        return Standing.APPROVED;
    }

    /**
     * Saves what the person says of themselves, and moves the account on if that was what it lacked.
     *
     * @param provider key of the provider through which the person is here; null for none
     */
    public void updateProfile(UUID id, String name, Map<String, String> answers, @Nullable String provider) {
        accounts.updateProfile(id, name, answers);
        advance(id, provider);
    }

    /**
     * @param reason told to the person; may be empty
     * @throws NoSuchElementException if there is no such account
     * @throws NotAllowedException if it is the administrator's own account
     */
    public Account decide(Visitor by, UUID id, Decision decision, String reason) {
        Account account = lock(id);
        if (account.owner().equals(by.owner())) {
            throw new NotAllowedException("Nobody decides about their own account.");
        }
        if (account.standing() == decision.standing) {
            return account;
        }
        if (decision == Decision.ACCEPT && account.standing() == Standing.REGISTERED) {
            throw new NotAllowedException(account.name() + " did not confirm the address yet.");
        }
        accounts.setStanding(
                id, account.standing(), decision.standing, by.owner().value(), reason);
        audit.record(by, decision.action, account.target(), AuditLog.Outcome.DONE, reason);
        notices.decided(account, decision, reason);
        return account;
    }

    /**
     * Decides about somebody who waits. Once somebody else decided, an old message's button changes nothing.
     *
     * @return where the account stood before
     */
    public Standing decideWaiting(Visitor by, UUID id, Decision decision) {
        Standing before = lock(id).standing();
        if (before == Standing.PENDING) {
            decide(by, id, decision, "");
        }
        return before;
    }

    private boolean isComplete(Map<String, String> answers) {
        return fields().stream()
                .filter(ProfileField::required)
                .allMatch(field -> !answers.getOrDefault(field.key(), "").isBlank());
    }

    private @Nullable String approvedBy(Account account, @Nullable String provider) {
        return switch (policy.policy()) {
            case OPEN -> "open to everybody";
            case BY_HAND -> null;
            case BY_RULE -> ruleFor(account, provider);
        };
    }

    private @Nullable String ruleFor(Account account, @Nullable String provider) {
        if (provider != null && policy.providers().contains(provider)) {
            return "provider " + provider;
        }
        String email = account.email();
        if (email == null || !account.emailVerified()) {
            return null;
        }
        String domain = email.substring(email.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        return policy.domains().stream().anyMatch(domain::equalsIgnoreCase) ? "domain " + domain : null;
    }

    private Account lock(UUID id) {
        return accounts.lock(id).orElseThrow(() -> new NoSuchElementException("No account " + id));
    }
}
