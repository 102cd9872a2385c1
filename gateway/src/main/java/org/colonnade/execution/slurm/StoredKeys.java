package org.colonnade.execution.slurm;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.colonnade.execution.ClusterAccounts.Account;
import org.colonnade.execution.secret.SecretStore;
import org.colonnade.jobs.Owner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Accounts in the database, their keys in the secret store. */
@Component
class StoredKeys implements KeyRing {

    private final JdbcClient jdbc;
    private final SecretStore secrets;

    StoredKeys(JdbcClient jdbc, SecretStore secrets) {
        this.jdbc = jdbc;
        this.secrets = secrets;
    }

    List<Account> of(Owner owner) {
        return jdbc.sql("""
                        select id, cluster, login, root, public_key, added_at
                        from execution.account
                        where owner = :owner
                        order by cluster
                        """)
                .param("owner", owner.value())
                .query((row, n) -> account(row))
                .list();
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                row.getObject("id", UUID.class),
                row.getString("cluster"),
                row.getString("login"),
                row.getString("root"),
                row.getString("public_key"),
                row.getObject("added_at", OffsetDateTime.class).toInstant());
    }

    @Override
    public Optional<Account> find(String cluster, Owner owner) {
        return of(owner).stream()
                .filter(account -> account.cluster().equals(cluster))
                .findFirst();
    }

    @Override
    public Optional<Account> find(UUID account) {
        return jdbc.sql("""
                        select id, cluster, login, root, public_key, added_at
                        from execution.account
                        where id = :id
                        """)
                .param("id", account)
                .query((row, n) -> account(row))
                .optional();
    }

    @Override
    public Optional<String> keyOf(UUID account) {
        return secrets.get("account:" + account);
    }

    void put(UUID account, String privateKey) {
        secrets.put("account:" + account, privateKey);
    }

    void remove(UUID account) {
        secrets.remove("account:" + account);
    }

    @Override
    public Optional<String> keyOf(String cluster) {
        return secrets.get("cluster:" + cluster);
    }

    void put(String cluster, String privateKey) {
        secrets.put("cluster:" + cluster, privateKey);
    }
}
