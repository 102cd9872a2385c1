package org.colonnade.execution.slurm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.colonnade.execution.ClusterAccounts.Account;
import org.colonnade.execution.place.Desk;
import org.colonnade.execution.ssh.SshEndpoint;
import org.colonnade.execution.ssh.SshKeys;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.Owner;
import org.jspecify.annotations.Nullable;

/** The connections to one cluster: that of the account that all share, and one for each account that an owner brought. */
final class Connections implements AutoCloseable {

    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(20);

    private final String name;
    private final SlurmProperties.Cluster cluster;
    private final KeyRing keys;
    private final InstantSource clock;
    private final Desk desk;
    private final Supplier<List<JobId>> there;
    private final Map<UUID, Connection> own = new ConcurrentHashMap<>();
    private volatile @Nullable Connection shared;

    /** @throws IllegalStateException if a key in a file cannot be read; the message never quotes it */
    Connections(
            String name,
            SlurmProperties.Cluster cluster,
            KeyRing keys,
            InstantSource clock,
            Desk desk,
            Supplier<List<JobId>> there) {
        this.name = name;
        this.cluster = cluster;
        this.keys = keys;
        this.clock = clock;
        this.desk = desk;
        this.there = there;
        Path file = cluster.privateKey();
        String password = cluster.password();
        if (file != null) {
            shared = open(cluster.login(), cluster.root(), key(read(file), cluster.passphrase()));
        } else if (password != null) {
            shared = open(cluster.login(), cluster.root(), new SshEndpoint.Password(password));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException("The private key " + file + " cannot be read", e);
        }
    }

    private SshEndpoint.Credential key(String text, @Nullable String passphrase) {
        try {
            return new SshEndpoint.Key(SshKeys.privateKey(text, passphrase));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("Cluster '" + name + "': " + e.getMessage(), e);
        }
    }

    private Connection open(String login, String root, SshEndpoint.Credential credential) {
        var endpoint = new SshEndpoint(
                cluster.host(),
                cluster.port(),
                login,
                cluster.hostKeys().stream().map(SshKeys::publicKey).toList(),
                credential,
                cluster.jump(),
                CONNECTION_TIMEOUT);
        return new Connection(cluster, endpoint, root, clock, desk, there);
    }

    /** Empty if there is no shared account, or nobody gave it a key yet. */
    synchronized Optional<Connection> shared() {
        if (shared == null && cluster.user() != null) {
            keys.keyOf(name).ifPresent(text -> shared = open(cluster.login(), cluster.root(), key(text, null)));
        }
        return Optional.ofNullable(shared);
    }

    /** The connection of the account that the owner brought, else the shared one; with the account's id. */
    Optional<Map.Entry<String, Connection>> of(Owner owner) {
        Optional<Account> account = cluster.ownAccounts() ? keys.find(name, owner) : Optional.empty();
        return account.isPresent()
                ? Optional.of(Map.entry(account.get().id().toString(), of(account.get())))
                : shared().map(connection -> Map.entry(Connection.SHARED, connection));
    }

    /** Empty if the account is gone. */
    Optional<Connection> find(String id) {
        if (id.equals(Connection.SHARED)) {
            return shared();
        }
        UUID account = UUID.fromString(id);
        Connection open = own.get(account);
        return open != null ? Optional.of(open) : keys.find(account).map(this::of);
    }

    Connection of(Account account) {
        return own.computeIfAbsent(
                account.id(),
                id -> open(
                        account.login(),
                        account.root(),
                        key(
                                keys.keyOf(id)
                                        .orElseThrow(() -> new IllegalStateException(
                                                "The key of an account on " + name + " is missing")),
                                null)));
    }

    /** Ends the connection of an account that was removed. */
    void forget(UUID account) {
        Optional.ofNullable(own.remove(account)).ifPresent(Connection::close);
    }

    /** Ends the shared connection; the next use opens it with the key that is stored by then. */
    synchronized void renew() {
        if (shared != null && cluster.privateKey() == null) {
            Objects.requireNonNull(shared).close();
            shared = null;
        }
    }

    List<Connection> all() {
        List<Connection> all = new ArrayList<>(own.values());
        Connection common = shared;
        if (common != null) {
            all.addFirst(common);
        }
        return all;
    }

    @Override
    public void close() {
        all().forEach(Connection::close);
    }
}
