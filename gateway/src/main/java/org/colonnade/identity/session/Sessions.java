package org.colonnade.identity.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.colonnade.identity.account.Account;
import org.colonnade.identity.account.Accounts;
import org.colonnade.identity.key.Sealing;
import org.colonnade.identity.key.Secrets;
import org.colonnade.identity.setup.IdentityProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of sessions. The cookie's secret itself is not in it. */
@Repository
public class Sessions {

    private static final String ID_TOKEN = "session.id-token";

    /** A signed-in request. */
    public record SignedIn(UUID session, String method, Account account) {}

    /** A session as its owner sees it. */
    public record View(
            UUID id,
            String method,
            String address,
            String agent,
            Instant createdAt,
            Instant lastSeenAt,
            Instant expiresAt) {}

    /** @param idToken what the provider said about the person when the session began; null for local accounts */
    public record Ended(String method, @Nullable String idToken) {}

    private final JdbcClient jdbc;
    private final Sealing sealing;
    private final IdentityProperties.Sessions limits;

    Sessions(JdbcClient jdbc, Sealing sealing, IdentityProperties properties) {
        this.jdbc = jdbc;
        this.sealing = sealing;
        this.limits = properties.sessions();
    }

    /** @return the secret for the cookie */
    String open(UUID account, String method, String address, String agent, @Nullable String idToken) {
        String secret = Secrets.random();
        jdbc.sql("""
                insert into identity.session (digest, id, account, method, address, agent, id_token, expires_at)
                values (:digest, :id, :account, :method, :address, :agent, :idToken,
                        now() + make_interval(secs => :life))
                """)
                .param("digest", Secrets.digest(secret))
                .param("id", UUID.randomUUID())
                .param("account", account)
                .param("method", method)
                .param("address", address)
                .param("agent", agent.length() > 300 ? agent.substring(0, 300) : agent)
                .param("idToken", idToken == null ? null : sealing.seal(ID_TOKEN, idToken))
                .param("life", limits.life().toSeconds())
                .update();
        return secret;
    }

    public Optional<SignedIn> find(String secret) {
        record Found(SignedIn signedIn, boolean stale) {}
        Optional<Found> found = jdbc.sql("""
                select s.id as session, s.method, s.last_seen_at < now() - interval '1 minute' as stale, %s
                from identity.session s
                join identity.account a on a.id = s.account
                where s.digest = :digest and s.expires_at > now()
                  and s.last_seen_at > now() - make_interval(secs => :idle)
                """.formatted(Accounts.COLUMNS))
                .param("digest", Secrets.digest(secret))
                .param("idle", limits.idle().toSeconds())
                .query((row, n) -> new Found(
                        new SignedIn(
                                row.getObject("session", UUID.class), row.getString("method"), Accounts.account(row)),
                        row.getBoolean("stale")))
                .optional()
                .filter(f -> f.signedIn.account().standing().maySignIn());
        // Once a minute is enough to know when a session was last used, and keeps reading pages free of writes.
        found.filter(Found::stale).ifPresent(f -> touch(f.signedIn.session()));
        return found.map(Found::signedIn);
    }

    private void touch(UUID session) {
        jdbc.sql("update identity.session set last_seen_at = now() where id = :id")
                .param("id", session)
                .update();
    }

    public List<View> list(UUID account) {
        return jdbc.sql("""
                select id, method, address, agent, created_at, last_seen_at, expires_at
                from identity.session
                where account = :account and expires_at > now()
                  and last_seen_at > now() - make_interval(secs => :idle)
                order by last_seen_at desc
                limit 100
                """)
                .param("account", account)
                .param("idle", limits.idle().toSeconds())
                .query((row, n) -> new View(
                        row.getObject("id", UUID.class),
                        row.getString("method"),
                        row.getString("address"),
                        Agents.name(row.getString("agent")),
                        row.getTimestamp("created_at").toInstant(),
                        row.getTimestamp("last_seen_at").toInstant(),
                        row.getTimestamp("expires_at").toInstant()))
                .list();
    }

    /** @return empty if the account has no such session */
    public Optional<Ended> end(UUID account, UUID session) {
        return jdbc.sql("delete from identity.session where account = :account and id = :id returning method, id_token")
                .param("account", account)
                .param("id", session)
                .query((row, n) -> {
                    byte[] sealed = row.getBytes("id_token");
                    return new Ended(
                            row.getString("method"),
                            sealed == null
                                    ? null
                                    : sealing.open(ID_TOKEN, sealed).orElse(null));
                })
                .optional();
    }

    /** @param except a session that goes on; null to end all */
    public int endAll(UUID account, @Nullable UUID except) {
        return jdbc.sql("delete from identity.session where account = :account and id is distinct from :except::uuid")
                .param("account", account)
                .param("except", except)
                .update();
    }
}
