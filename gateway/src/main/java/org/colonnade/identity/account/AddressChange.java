package org.colonnade.identity.account;

import java.util.Optional;
import java.util.UUID;
import org.colonnade.identity.AuditLog;
import org.colonnade.identity.account.OneTimeLinks.Link;
import org.colonnade.identity.account.OneTimeLinks.Purpose;
import org.colonnade.identity.key.Secrets;
import org.colonnade.identity.setup.IdentityProperties;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Moves an account to another address once both the old and the new one agreed, in any order. */
@Service
public class AddressChange {

    /** How far a change is. */
    public enum Progress {
        /** The link is used up, too old, or was never sent. */
        NO_SUCH_LINK,
        OTHER_ADDRESS_MISSING,
        DONE,
        /** Somebody else took the address meanwhile. */
        TAKEN
    }

    private final Accounts accounts;
    private final OneTimeLinks links;
    private final Notices notices;
    private final AuditLog audit;
    private final JdbcClient jdbc;
    private final IdentityProperties.Links lives;

    AddressChange(
            Accounts accounts,
            OneTimeLinks links,
            Notices notices,
            AuditLog audit,
            JdbcClient jdbc,
            IdentityProperties properties) {
        this.accounts = accounts;
        this.links = links;
        this.notices = notices;
        this.audit = audit;
        this.jdbc = jdbc;
        this.lives = properties.links();
    }

    /** Sends both links. A change that was begun earlier is forgotten. */
    @Transactional
    public void begin(Account account, String next) {
        String present = account.email();
        if (present == null) {
            throw new IllegalArgumentException("The account has no address to leave");
        }
        String leave = links.create(Purpose.LEAVE_ADDRESS, account.id(), next, lives.recovery());
        String join = links.create(Purpose.JOIN_ADDRESS, account.id(), next, lives.recovery());
        notices.leaveAddress(present, next, leave);
        notices.joinAddress(next, join);
        audit.record(account.visitor(), "identity.address.begin", account.target(), AuditLog.Outcome.DONE, "");
    }

    @Transactional
    public Progress confirm(boolean oldAddress, String secret) {
        Purpose purpose = oldAddress ? Purpose.LEAVE_ADDRESS : Purpose.JOIN_ADDRESS;
        Optional<UUID> holder = links.peek(purpose, secret).map(Link::account);
        // The account's lock makes two clicks at the same moment follow one another.
        if (holder.isEmpty() || accounts.lock(holder.get()).isEmpty()) {
            return Progress.NO_SUCH_LINK;
        }
        UUID id = holder.get();
        String next = links.take(purpose, secret).map(Link::detail).orElse(null);
        if (next == null) {
            return Progress.NO_SUCH_LINK;
        }
        if (isOpen(oldAddress ? Purpose.JOIN_ADDRESS : Purpose.LEAVE_ADDRESS, id)) {
            return Progress.OTHER_ADDRESS_MISSING;
        }
        if (accounts.findLocal(next).isPresent()) {
            return Progress.TAKEN;
        }
        try {
            accounts.setEmail(id, next);
        } catch (DuplicateKeyException e) {
            throw new IllegalStateException("The address was taken at the same moment", e);
        }
        accounts.find(id)
                .ifPresent(account -> audit.record(
                        account.visitor(),
                        "identity.address",
                        account.target(),
                        AuditLog.Outcome.DONE,
                        "now " + Secrets.digest(next).substring(0, 8)));
        return Progress.DONE;
    }

    private boolean isOpen(Purpose purpose, UUID account) {
        return jdbc.sql("""
                select exists (
                    select from identity.one_time_link where account = :account and purpose = :purpose and expires_at > now())
                """)
                .param("account", account)
                .param("purpose", purpose.name())
                .query((row, n) -> row.getBoolean(1))
                .single();
    }
}
