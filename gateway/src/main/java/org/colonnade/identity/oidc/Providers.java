package org.colonnade.identity.oidc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.colonnade.identity.AuditLog;
import org.colonnade.identity.Visitor;
import org.colonnade.identity.key.Sealing;
import org.colonnade.identity.setup.IdentityProperties;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The table of providers. What the configuration names is written into it on every start. */
@Repository
public class Providers {

    private static final String SECRET = "provider.secret";
    private static final String COLUMNS = """
            key, title, issuer, client_id, client_secret, scopes, groups_claim, roles, domains, entity_ids, enabled
            """;

    private final JdbcClient jdbc;
    private final Sealing sealing;
    private final AuditLog audit;
    private final IdentityProperties properties;

    Providers(JdbcClient jdbc, Sealing sealing, AuditLog audit, IdentityProperties properties) {
        this.jdbc = jdbc;
        this.sealing = sealing;
        this.audit = audit;
        this.properties = properties;
    }

    /** The settings win over what an administrator typed, except that who switched a provider off is not overruled. */
    @EventListener(ApplicationStartedEvent.class)
    void writeConfigured() {
        Map<String, Boolean> present = all().stream().collect(Collectors.toMap(Provider::key, Provider::enabled));
        properties
                .providers()
                .forEach((key, p) -> write(new Provider(
                        key,
                        p.title(),
                        p.issuer(),
                        p.clientId(),
                        p.clientSecret().isBlank() ? null : p.clientSecret(),
                        p.scopes(),
                        p.groupsClaim(),
                        p.roles(),
                        p.domains(),
                        p.entityIds(),
                        present.getOrDefault(key, true))));
    }

    public List<Provider> all() {
        return jdbc.sql("select " + COLUMNS + " from identity.provider order by lower(title), key")
                .query((row, n) -> provider(row))
                .list();
    }

    public List<Provider> enabled() {
        return all().stream().filter(Provider::enabled).toList();
    }

    public Optional<Provider> find(String key) {
        return jdbc.sql("select " + COLUMNS + " from identity.provider where key = :key and enabled")
                .param("key", key)
                .query((row, n) -> provider(row))
                .optional();
    }

    /** Adds a provider, or changes the one with the same key. A null secret keeps the present one. */
    @Transactional
    public void save(Visitor by, Provider provider) {
        write(provider);
        audit.record(
                by, "identity.provider.save", "provider:" + provider.key(), AuditLog.Outcome.DONE, provider.issuer());
    }

    /** @return false if there is no such provider */
    @Transactional
    public boolean switchOnOrOff(Visitor by, String key, boolean enabled) {
        boolean changed =
                jdbc.sql("update identity.provider set enabled = :enabled, updated_at = now() where key = :key")
                                .param("key", key)
                                .param("enabled", enabled)
                                .update()
                        == 1;
        if (changed) {
            audit.record(
                    by,
                    "identity.provider.save",
                    "provider:" + key,
                    AuditLog.Outcome.DONE,
                    enabled ? "switched on" : "switched off");
        }
        return changed;
    }

    private void write(Provider provider) {
        String secret = provider.clientSecret();
        jdbc.sql("""
                insert into identity.provider as p (key, title, issuer, client_id, client_secret, scopes, groups_claim,
                                                    roles, domains, entity_ids, enabled)
                values (:key, :title, :issuer, :clientId, :secret, :scopes, :groupsClaim,
                        :roles, :domains, :entityIds, :enabled)
                on conflict (key) do update
                set title = excluded.title, issuer = excluded.issuer, client_id = excluded.client_id,
                    client_secret = coalesce(excluded.client_secret, p.client_secret), scopes = excluded.scopes,
                    groups_claim = excluded.groups_claim, roles = excluded.roles, domains = excluded.domains,
                    entity_ids = excluded.entity_ids, enabled = excluded.enabled, updated_at = now()
                """)
                .param("key", provider.key())
                .param("title", provider.title())
                .param("issuer", provider.issuer())
                .param("clientId", provider.clientId())
                .param("secret", secret == null ? null : sealing.seal(SECRET, secret))
                .param("scopes", provider.scopes().toArray(String[]::new))
                .param("groupsClaim", provider.groupsClaim())
                .param("roles", provider.roles().toArray(String[]::new))
                .param("domains", provider.domains().toArray(String[]::new))
                .param("entityIds", provider.entityIds().toArray(String[]::new))
                .param("enabled", provider.enabled())
                .update();
    }

    private Provider provider(ResultSet row) throws SQLException {
        byte[] sealed = row.getBytes("client_secret");
        return new Provider(
                row.getString("key"),
                row.getString("title"),
                row.getString("issuer"),
                row.getString("client_id"),
                sealed == null ? null : sealing.open(SECRET, sealed).orElse(null),
                strings(row, "scopes"),
                row.getString("groups_claim"),
                strings(row, "roles"),
                strings(row, "domains"),
                strings(row, "entity_ids"),
                row.getBoolean("enabled"));
    }

    private static List<String> strings(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }
}
