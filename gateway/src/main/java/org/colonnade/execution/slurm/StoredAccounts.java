package org.colonnade.execution.slurm;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.colonnade.execution.ClusterAccounts;
import org.colonnade.execution.Clusters;
import org.colonnade.execution.ssh.SshKeys;
import org.colonnade.jobs.Owner;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Keeps accounts in the database and their keys in the secret store. */
@Component
class StoredAccounts implements ClusterAccounts {

    private static final Pattern LOGIN = Pattern.compile("[A-Za-z_][A-Za-z0-9._-]{0,63}");
    private static final Pattern ROOT = Pattern.compile("/[^\\p{Cntrl}]{1,400}");

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final StoredKeys keys;
    private final ObjectProvider<SlurmPlace> places;

    StoredAccounts(
            JdbcClient jdbc, TransactionOperations transaction, StoredKeys keys, ObjectProvider<SlurmPlace> places) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.keys = keys;
        this.places = places;
    }

    @Override
    public List<Offer> offers() {
        return places.stream().map(SlurmPlace::offer).flatMap(Optional::stream).toList();
    }

    private SlurmPlace place(String cluster) {
        return places.stream()
                .filter(place ->
                        place.offer().isPresent() && place.place().name().equals(cluster))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("there is no such cluster, or it takes no own accounts"));
    }

    @Override
    public List<Account> of(Owner owner) {
        return keys.of(owner);
    }

    @Override
    public Account add(Owner owner, Request request) {
        place(request.cluster());
        if (!LOGIN.matcher(request.login()).matches()) {
            throw new IllegalArgumentException("the login is not a name on a cluster");
        }
        if (!ROOT.matcher(request.root()).matches() || request.root().contains("/../")) {
            throw new IllegalArgumentException("the folder is an absolute path, e.g. /home/ada/colonnade");
        }
        SshKeys.Text key = key(request.privateKey(), request.passphrase(), "colonnade for " + request.login());
        UUID id = UUID.randomUUID();
        transaction.executeWithoutResult(status -> {
            of(owner).stream()
                    .filter(before -> before.cluster().equals(request.cluster()))
                    .forEach(before -> remove(owner, before.id()));
            jdbc.sql("""
                            insert into execution.account (id, owner, cluster, login, root, public_key)
                            values (:id, :owner, :cluster, :login, :root, :key)
                            """)
                    .param("id", id)
                    .param("owner", owner.value())
                    .param("cluster", request.cluster())
                    .param("login", request.login())
                    .param("root", request.root().replaceFirst("/+$", ""))
                    .param("key", key.publicKey())
                    .update();
            keys.put(id, key.privateKey());
        });
        return of(owner).stream()
                .filter(account -> account.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public String giveKey(String cluster, @Nullable String privateKey, @Nullable String passphrase) {
        SlurmPlace place = places.stream()
                .filter(one -> one.place().name().equals(cluster) && one.keepsKeyHere())
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("the key of this cluster is in a file of the operator"));
        SshKeys.Text key = key(privateKey, passphrase, "colonnade");
        keys.put(cluster, key.privateKey());
        place.renewKey();
        return key.publicKey();
    }

    @Override
    public boolean keepsKey(String cluster) {
        return places.stream().anyMatch(place -> place.place().name().equals(cluster) && place.keepsKeyHere());
    }

    private static SshKeys.Text key(@Nullable String given, @Nullable String passphrase, String comment) {
        return given == null || given.isBlank() ? SshKeys.fresh(comment) : SshKeys.withoutPassphrase(given, passphrase);
    }

    @Override
    public void remove(Owner owner, UUID account) {
        transaction.executeWithoutResult(status -> {
            int removed = jdbc.sql("delete from execution.account where id = :id and owner = :owner")
                    .param("id", account)
                    .param("owner", owner.value())
                    .update();
            if (removed > 0) {
                keys.remove(account);
            }
        });
        places.forEach(place -> place.forget(account));
    }

    @Override
    public Optional<List<Clusters.Check>> test(Owner owner, UUID account) throws InterruptedException {
        Optional<Account> found =
                of(owner).stream().filter(one -> one.id().equals(account)).findFirst();
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(place(found.get().cluster()).test(found.get()));
    }
}
