package org.colonnade.identity.access;

import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.colonnade.identity.Access;
import org.colonnade.identity.AuditLog;
import org.colonnade.identity.NotAllowedException;
import org.colonnade.identity.RoleDeclaration;
import org.colonnade.identity.Visitor;
import org.colonnade.identity.account.Account;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who holds which role, and by whose hand. */
@Service
@Transactional
public class Roles {

    private static final RoleDeclaration ADMINISTRATOR = new RoleDeclaration(
            RoleDeclaration.ADMIN, "Administrator", "May do everything, and decides about accounts and roles.");
    private static final String BY_HAND = "administrator";

    private final JdbcClient jdbc;
    private final Access access;
    private final AuditLog audit;
    private final ObjectProvider<RoleDeclaration> declared;

    Roles(JdbcClient jdbc, Access access, AuditLog audit, ObjectProvider<RoleDeclaration> declared) {
        this.jdbc = jdbc;
        this.access = access;
        this.audit = audit;
        this.declared = declared;
    }

    /** Every role there is; the administrator's first. */
    public List<RoleDeclaration> all() {
        return Stream.concat(Stream.of(ADMINISTRATOR), declared.orderedStream()).toList();
    }

    public Optional<RoleDeclaration> find(String name) {
        return all().stream().filter(role -> role.name().equals(name)).findFirst();
    }

    /**
     * @throws NotAllowedException if the grantor is no administrator
     * @throws NoSuchElementException if no room declares the role
     */
    public void grant(Visitor by, UUID account, String role) {
        RoleDeclaration declaration = require(by, role);
        if (insert(account, declaration.name(), BY_HAND, by.owner().value())) {
            audit.record(by, "identity.grant", "account:" + account, AuditLog.Outcome.DONE, role);
        }
    }

    /** @throws NotAllowedException as for {@link #grant}, and for the last administrator */
    public void revoke(Visitor by, UUID account, String role) {
        require(by, role);
        if (role.equals(RoleDeclaration.ADMIN) && Account.owner(account).equals(by.owner())) {
            throw new NotAllowedException("Nobody takes this role from themselves; another administrator can.");
        }
        int removed = jdbc.sql("delete from identity.role_grant where account = :account and role = :role")
                .param("account", account)
                .param("role", role)
                .update();
        if (removed > 0) {
            audit.record(by, "identity.revoke", "account:" + account, AuditLog.Outcome.DONE, role);
        }
    }

    private RoleDeclaration require(Visitor by, String role) {
        RoleDeclaration declaration =
                find(role).orElseThrow(() -> new NoSuchElementException("There is no role " + role));
        access.require(by, "identity.grant", declaration);
        return declaration;
    }

    /** Makes somebody an administrator on the word of whoever holds the machine. */
    public void grantFirst(UUID account) {
        insert(account, RoleDeclaration.ADMIN, BY_HAND, "system");
        audit.record(
                Visitor.SYSTEM, "identity.grant", "account:" + account, AuditLog.Outcome.DONE, RoleDeclaration.ADMIN);
    }

    /**
     * Gives exactly the roles that a provider's groups bring now; roles granted by hand stay.
     *
     * @param source names the provider
     */
    public void synchronize(UUID account, String source, Collection<String> roles) {
        Set<String> known = new TreeSet<>(roles);
        known.retainAll(all().stream().map(RoleDeclaration::name).toList());
        List<String> present = jdbc.sql(
                        "select role from identity.role_grant where account = :account and source = :source")
                .param("account", account)
                .param("source", source)
                .query((row, n) -> row.getString(1))
                .list();
        for (String role : present) {
            if (!known.contains(role)) {
                jdbc.sql("""
                    delete from identity.role_grant
                    where account = :account and role = :role and source = :source
                    """)
                        .param("account", account)
                        .param("role", role)
                        .param("source", source)
                        .update();
                audit.record(
                        Visitor.SYSTEM,
                        "identity.revoke",
                        "account:" + account,
                        AuditLog.Outcome.DONE,
                        role + ", " + source);
            }
        }
        for (String role : known) {
            if (insert(account, role, source, source)) {
                audit.record(
                        Visitor.SYSTEM,
                        "identity.grant",
                        "account:" + account,
                        AuditLog.Outcome.DONE,
                        role + ", " + source);
            }
        }
    }

    private boolean insert(UUID account, String role, String source, String by) {
        return jdbc.sql("""
            insert into identity.role_grant (account, role, source, granted_by)
            values (:account, :role, :source, :by)
            on conflict do nothing
            """)
                        .param("account", account)
                        .param("role", role)
                        .param("source", source)
                        .param("by", by)
                        .update()
                == 1;
    }

    /** Who holds a role. */
    public record Holder(UUID account, String name, String role, String source) {}

    public List<Holder> holders() {
        return jdbc.sql("""
            select g.account, a.name, g.role, g.source
            from identity.role_grant g
            join identity.account a on a.id = g.account
            order by g.role, lower(a.name), g.account
            limit 1000
            """)
                .query((row, n) -> new Holder(
                        row.getObject("account", UUID.class),
                        row.getString("name"),
                        row.getString("role"),
                        row.getString("source")))
                .list();
    }
}
