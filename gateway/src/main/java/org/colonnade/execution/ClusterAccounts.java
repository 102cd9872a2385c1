package org.colonnade.execution;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.colonnade.jobs.Owner;
import org.jspecify.annotations.Nullable;

/**
 * Accounts that users have on clusters themselves. Where somebody brought one, that person's jobs run under it instead of the
 * installation's own. Its private key is encrypted and never shown again, not even to its owner.
 */
public interface ClusterAccounts {

    /** The clusters to which users may bring an account. */
    List<Offer> offers();

    List<Account> of(Owner owner);

    /**
     * Adds an account, or replaces the one that the owner has on that cluster.
     *
     * @throws IllegalArgumentException if something is not acceptable; the message is for people and never quotes the key
     */
    Account add(Owner owner, Request request);

    /** Also forgets the key. Jobs that are on the cluster under this account can no longer be looked at. */
    void remove(Owner owner, UUID account);

    /**
     * Walks through everything that a job needs under this account.
     *
     * @return empty if the owner has no such account
     */
    Optional<List<Clusters.Check>> test(Owner owner, UUID account) throws InterruptedException;

    /**
     * Gives the account that all share on a cluster its key, or another one.
     *
     * @param privateKey in OpenSSH's or PEM form; null to have a fresh one made
     * @param passphrase of that key; it is used once and not kept
     * @return the public key
     * @throws IllegalArgumentException if the key cannot be read, there is no such cluster, or its key is in a file
     */
    String giveKey(String cluster, @Nullable String privateKey, @Nullable String passphrase);

    /** Whether {@link #giveKey} is possible: the cluster has a shared account, and its key is not in a file. */
    boolean keepsKey(String cluster);

    /** @param shared whether jobs can run there without an account of one's own */
    record Offer(String cluster, String title, String host, boolean shared) {}

    /**
     * @param login the name on the cluster
     * @param root a folder there for the files of jobs
     * @param publicKey to be added to {@code ~/.ssh/authorized_keys} on the cluster
     */
    record Account(UUID id, String cluster, String login, String root, String publicKey, Instant addedAt) {}

    /**
     * @param privateKey in OpenSSH's or PEM form; null to have a fresh one made
     * @param passphrase of that key; it is used once and not kept
     */
    record Request(
            String cluster,
            String login,
            String root,
            @Nullable String privateKey,
            @Nullable String passphrase) {

        @Override
        public String toString() {
            return "Request[" + cluster + ", " + login + "]";
        }
    }
}
