package org.colonnade.identity.account;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.colonnade.identity.key.Secrets;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Secrets that travel in mails: each works once, until it expires, and for one purpose. */
@Repository
public class OneTimeLinks {

    /** What a link is for. */
    public enum Purpose {
        /** Confirms an address and chooses the first password. */
        REGISTRATION,
        /** Chooses a new password. */
        RECOVERY,
        /** The present address agrees to be replaced. */
        LEAVE_ADDRESS,
        /** The new address is the person's own. */
        JOIN_ADDRESS,
        /** Makes the first administrator. */
        SETUP
    }

    /** @param detail what was written into the link when it was made */
    public record Link(@Nullable UUID account, @Nullable String detail) {}

    private final JdbcClient jdbc;

    OneTimeLinks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Makes a link, and voids the account's earlier ones of the same purpose. */
    public String create(Purpose purpose, @Nullable UUID account, @Nullable String detail, Duration life) {
        revoke(purpose, account);
        String secret = Secrets.random();
        jdbc.sql("""
                insert into identity.one_time_link (digest, purpose, account, detail, expires_at)
                values (:digest, :purpose, :account, :detail, now() + make_interval(secs => :seconds))
                """)
                .param("digest", Secrets.digest(secret))
                .param("purpose", purpose.name())
                .param("account", account)
                .param("detail", detail)
                .param("seconds", life.toSeconds())
                .update();
        return secret;
    }

    public void revoke(Purpose purpose, @Nullable UUID account) {
        jdbc.sql("""
                delete from identity.one_time_link
                where purpose = :purpose and account is not distinct from :account::uuid or expires_at < now()
                """).param("purpose", purpose.name()).param("account", account).update();
    }

    /** Looks at a link without using it up: what a mail scanner does that follows it. */
    public Optional<Link> peek(Purpose purpose, String secret) {
        return jdbc.sql("""
                select account, detail
                from identity.one_time_link
                where digest = :digest and purpose = :purpose and expires_at > now()
                """)
                .param("digest", Secrets.digest(secret))
                .param("purpose", purpose.name())
                .query((row, n) -> new Link(row.getObject(1, UUID.class), row.getString(2)))
                .optional();
    }

    /** Uses a link up. Of two that try at once, one gets it. */
    public Optional<Link> take(Purpose purpose, String secret) {
        return jdbc.sql("""
                delete from identity.one_time_link
                where digest = :digest and purpose = :purpose and expires_at > now()
                returning account, detail
                """)
                .param("digest", Secrets.digest(secret))
                .param("purpose", purpose.name())
                .query((row, n) -> new Link(row.getObject(1, UUID.class), row.getString(2)))
                .optional();
    }
}
