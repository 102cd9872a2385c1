package org.colonnade.identity.account;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The table of accounts. */
@Repository
public class Accounts {

    /** What {@link #account} reads; for other statements of this room that join accounts under the alias {@code a}. */
    public static final String COLUMNS = """
        a.id, a.name, a.email, a.email_verified_at is not null as email_verified, a.local, a.standing,
        a.fields, a.created_at, a.last_sign_in_at,
        array(select distinct g.role from identity.role_grant g where g.account = a.id) as granted
        """;

    private static final TypeReference<Map<String, String>> FIELDS = new TypeReference<>() {};
    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;

    Accounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<Account> find(UUID id) {
        return jdbc.sql("select " + COLUMNS + " from identity.account a where a.id = :id")
                .param("id", id)
                .query((row, n) -> account(row))
                .optional();
    }

    /** Locks the account until the transaction ends, so that two decisions about it follow one another. */
    public Optional<Account> lock(UUID id) {
        return jdbc.sql("select " + COLUMNS + " from identity.account a where a.id = :id for update")
                .param("id", id)
                .query((row, n) -> account(row))
                .optional();
    }

    /** The account that signs in with this address and a password. */
    public Optional<Account> findLocal(String email) {
        return jdbc.sql("select " + COLUMNS
                        + " from identity.account a where a.local and lower(a.email) = lower(:email)")
                .param("email", email)
                .query((row, n) -> account(row))
                .optional();
    }

    public Optional<Account> findExternal(String issuer, String subject) {
        return jdbc.sql("""
            select %s
            from identity.account a
            join identity.external_identity e on e.account = a.id
            where e.issuer = :issuer and e.subject = :subject
            """.formatted(COLUMNS))
                .param("issuer", issuer)
                .param("subject", subject)
                .query((row, n) -> account(row))
                .optional();
    }

    public @Nullable String password(UUID id) {
        return jdbc.sql("select password from identity.account where id = :id")
                .param("id", id)
                .query((row, n) -> Optional.ofNullable(row.getString(1)))
                .optional()
                .flatMap(found -> found)
                .orElse(null);
    }

    UUID insert(String name, @Nullable String email, boolean verified, boolean local, Map<String, String> fields) {
        UUID id = UUID.randomUUID();
        jdbc.sql("""
            insert into identity.account (id, name, email, email_verified_at, local, standing, fields)
            values (:id, :name, :email, case when :verified then now() end, :local, 'REGISTERED', :fields::jsonb)
            """)
                .param("id", id)
                .param("name", name)
                .param("email", email)
                .param("verified", verified)
                .param("local", local)
                .param("fields", JSON.writeValueAsString(fields))
                .update();
        return id;
    }

    void updateProfile(UUID id, String name, Map<String, String> fields) {
        jdbc.sql("update identity.account set name = :name, fields = :fields::jsonb where id = :id")
                .param("id", id)
                .param("name", name)
                .param("fields", JSON.writeValueAsString(fields))
                .update();
    }

    void setPassword(UUID id, String encoded) {
        jdbc.sql("""
            update identity.account
            set password = :password, email_verified_at = coalesce(email_verified_at, now())
            where id = :id
            """).param("id", id).param("password", encoded).update();
    }

    void setEmail(UUID id, String email) {
        jdbc.sql("update identity.account set email = :email, email_verified_at = now() where id = :id")
                .param("id", id)
                .param("email", email)
                .update();
    }

    void setStanding(UUID id, @Nullable Standing before, Standing after, String who, @Nullable String why) {
        jdbc.sql("update identity.account set standing = :after where id = :id")
                .param("id", id)
                .param("after", after.name())
                .update();
        jdbc.sql("""
            insert into identity.standing_change (account, who, before, after, why)
            values (:id, :who, :before, :after, :why)
            """)
                .param("id", id)
                .param("who", who)
                .param("before", before == null ? null : before.name())
                .param("after", after.name())
                .param("why", why)
                .update();
    }

    public void signedIn(UUID id) {
        jdbc.sql("update identity.account set last_sign_in_at = now() where id = :id")
                .param("id", id)
                .update();
    }

    /** @return false if the identity already belongs to an account */
    public boolean link(UUID account, String issuer, String subject, @Nullable String email) {
        return jdbc.sql("""
            insert into identity.external_identity (issuer, subject, account, email)
            values (:issuer, :subject, :account, :email)
            on conflict (issuer, subject) do nothing
            """)
                        .param("issuer", issuer)
                        .param("subject", subject)
                        .param("account", account)
                        .param("email", email)
                        .update()
                == 1;
    }

    /** An identity at a provider that opens this account. */
    public record ExternalIdentity(
            String issuer, String subject, @Nullable String email, Instant linkedAt) {}

    public List<ExternalIdentity> identities(UUID account) {
        return jdbc.sql("""
            select issuer, subject, email, linked_at
            from identity.external_identity
            where account = :account
            order by linked_at
            """)
                .param("account", account)
                .query((row, n) -> new ExternalIdentity(
                        row.getString("issuer"),
                        row.getString("subject"),
                        row.getString("email"),
                        row.getTimestamp("linked_at").toInstant()))
                .list();
    }

    /**
     * One step of an account's way.
     *
     * @param name of the one who took it, for people
     */
    public record Change(
            Instant at,
            String who,
            String name,
            Standing after,
            @Nullable String why) {}

    public List<Change> history(UUID account) {
        return jdbc.sql("""
            select c.at, c.who, c.after, c.why,
                   case when c.who like 'guest:%' then 'a guest'
                        when c.who = 'system' then 'the gateway'
                        else coalesce(by.name, c.who) end as name
            from identity.standing_change c
            left join identity.account by on 'user:' || by.id = c.who
            where c.account = :account
            order by c.sequence
            """)
                .param("account", account)
                .query((row, n) -> new Change(
                        row.getTimestamp("at").toInstant(),
                        row.getString("who"),
                        row.getString("name"),
                        Standing.valueOf(row.getString("after")),
                        row.getString("why")))
                .list();
    }

    /**
     * Accounts, newest first.
     *
     * @param words a part of the name or address; empty for all
     * @param standing null for all
     * @param before null for the first page, else the last id of the page before
     */
    public List<Account> list(String words, @Nullable Standing standing, @Nullable UUID before, int limit) {
        return jdbc.sql("""
            select %s
            from identity.account a
            where (:words = '' or a.name ilike :pattern or a.email ilike :pattern)
              and (:standing::text is null or a.standing = :standing)
              and (:before::uuid is null or (a.created_at, a.id) <
                   (select b.created_at, b.id from identity.account b where b.id = :before::uuid))
            order by a.created_at desc, a.id desc
            limit :limit
            """.formatted(COLUMNS))
                .param("words", words)
                .param("pattern", "%" + words.replaceAll("([\\\\%_])", "\\\\$1") + "%")
                .param("standing", standing == null ? null : standing.name())
                .param("before", before)
                .param("limit", limit)
                .query((row, n) -> account(row))
                .list();
    }

    /** Confirmed addresses of those who hold a role and are approved. */
    public List<String> addressesOf(String role) {
        return jdbc.sql("""
            select distinct a.email
            from identity.account a
            join identity.role_grant g on g.account = a.id
            where g.role = :role and a.standing = 'APPROVED' and a.email is not null
              and a.email_verified_at is not null
            order by a.email
            """)
                .param("role", role)
                .query((row, n) -> row.getString(1))
                .list();
    }

    public boolean anyAdministrator() {
        return jdbc.sql("select exists (select from identity.role_grant where role = 'admin')")
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    /** Reads a row of {@link #COLUMNS}. */
    public static Account account(ResultSet row) throws SQLException {
        Timestamp signedIn = row.getTimestamp("last_sign_in_at");
        Array granted = row.getArray("granted");
        return new Account(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("email"),
                row.getBoolean("email_verified"),
                row.getBoolean("local"),
                Standing.valueOf(row.getString("standing")),
                JSON.readValue(row.getString("fields"), FIELDS),
                row.getTimestamp("created_at").toInstant(),
                signedIn == null ? null : signedIn.toInstant(),
                Set.of((String[]) granted.getArray()));
    }
}
