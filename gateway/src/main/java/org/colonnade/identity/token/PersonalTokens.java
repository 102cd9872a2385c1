package org.colonnade.identity.token;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.colonnade.identity.AuditLog;
import org.colonnade.identity.Visitor;
import org.colonnade.identity.account.Account;
import org.colonnade.identity.account.Accounts;
import org.colonnade.identity.key.Secrets;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Tokens that people make for their scripts. The token itself is shown once and never stored. */
@Service
public class PersonalTokens {

    /** Begins every token, so that tools which look for leaked secrets recognise one. */
    public static final String PREFIX = "col_";

    /** What a token may be used for. */
    public enum Scope {
        /** Looking at things. */
        READ,
        /** Changing things, too. */
        WRITE,
        /** Acting with its owner's roles beyond an ordinary user's. */
        ROLES
    }

    /** A token as its owner sees it. */
    public record View(
            UUID id,
            String name,
            Set<Scope> scopes,
            String ending,
            Instant createdAt,
            Instant expiresAt,
            @Nullable Instant lastUsedAt) {}

    /** @param token the only time that it is seen */
    public record Created(View view, String token) {}

    /** Whom a token speaks for. */
    public record Bearer(UUID id, Set<Scope> scopes, Account account) {}

    private final JdbcClient jdbc;
    private final AuditLog audit;

    PersonalTokens(JdbcClient jdbc, AuditLog audit) {
        this.jdbc = jdbc;
        this.audit = audit;
    }

    @Transactional
    public Created create(Visitor by, UUID account, String name, Set<Scope> scopes, Duration life) {
        String token = PREFIX + Secrets.random();
        UUID id = UUID.randomUUID();
        jdbc.sql("""
                insert into identity.personal_token (id, account, digest, name, scopes, ending, expires_at)
                values (:id, :account, :digest, :name, :scopes, :ending, now() + make_interval(secs => :life))
                """)
                .param("id", id)
                .param("account", account)
                .param("digest", Secrets.digest(token))
                .param("name", name)
                .param("scopes", scopes.stream().map(Scope::name).toArray(String[]::new))
                .param("ending", token.substring(token.length() - 4))
                .param("life", life.toSeconds())
                .update();
        audit.record(by, "identity.token.create", "token:" + id, AuditLog.Outcome.DONE, name);
        return new Created(find(account, id).orElseThrow(), token);
    }

    /** @return why the token is not good is told to the audit log only */
    public Optional<Bearer> bearer(String token) {
        record Found(Bearer bearer, boolean stale) {}
        Optional<Found> found = jdbc.sql("""
                select t.id as token, t.scopes, %s,
                       coalesce(t.last_used_at < now() - interval '1 minute', true) as stale
                from identity.personal_token t
                join identity.account a on a.id = t.account
                where t.digest = :digest and t.revoked_at is null and t.expires_at > now()
                """.formatted(Accounts.COLUMNS))
                .param("digest", Secrets.digest(token))
                .query((row, n) -> new Found(
                        new Bearer(
                                row.getObject("token", UUID.class),
                                scopes((String[]) row.getArray("scopes").getArray()),
                                Accounts.account(row)),
                        row.getBoolean("stale")))
                .optional()
                .filter(f -> f.bearer.account().standing().maySignIn());
        found.filter(Found::stale)
                .ifPresent(f -> jdbc.sql("update identity.personal_token set last_used_at = now() where id = :id")
                        .param("id", f.bearer.id())
                        .update());
        return found.map(Found::bearer);
    }

    public List<View> list(UUID account) {
        return jdbc.sql("""
                select id, name, scopes, ending, created_at, expires_at, last_used_at
                from identity.personal_token
                where account = :account and revoked_at is null and expires_at > now()
                order by created_at desc
                limit 200
                """)
                .param("account", account)
                .query((row, n) -> {
                    Timestamp used = row.getTimestamp("last_used_at");
                    return new View(
                            row.getObject("id", UUID.class),
                            row.getString("name"),
                            scopes((String[]) row.getArray("scopes").getArray()),
                            row.getString("ending"),
                            row.getTimestamp("created_at").toInstant(),
                            row.getTimestamp("expires_at").toInstant(),
                            used == null ? null : used.toInstant());
                })
                .list();
    }

    private Optional<View> find(UUID account, UUID id) {
        return list(account).stream().filter(view -> view.id().equals(id)).findFirst();
    }

    /** @return false if the account has no such token */
    @Transactional
    public boolean revoke(Visitor by, UUID account, UUID id) {
        boolean revoked =
                jdbc.sql("""
                update identity.personal_token
                set revoked_at = now()
                where account = :account and id = :id and revoked_at is null
                """).param("account", account).param("id", id).update() == 1;
        if (revoked) {
            audit.record(by, "identity.token.revoke", "token:" + id, AuditLog.Outcome.DONE, "");
        }
        return revoked;
    }

    private static Set<Scope> scopes(String[] names) {
        return Arrays.stream(names).map(Scope::valueOf).collect(Collectors.toUnmodifiableSet());
    }
}
