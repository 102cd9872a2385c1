package org.colonnade.execution.slurm;

import java.util.Optional;
import java.util.UUID;
import org.colonnade.execution.ClusterAccounts.Account;
import org.colonnade.jobs.Owner;

/** The accounts that owners brought, and the keys of all accounts that are not in files of the operator. */
interface KeyRing {

    /** Nobody has any. */
    KeyRing EMPTY = new KeyRing() {
        @Override
        public Optional<Account> find(String cluster, Owner owner) {
            return Optional.empty();
        }

        @Override
        public Optional<Account> find(UUID account) {
            return Optional.empty();
        }

        @Override
        public Optional<String> keyOf(UUID account) {
            return Optional.empty();
        }

        @Override
        public Optional<String> keyOf(String cluster) {
            return Optional.empty();
        }
    };

    Optional<Account> find(String cluster, Owner owner);

    Optional<Account> find(UUID account);

    /** The private key of an owner's account, in OpenSSH's form without a pass phrase. */
    Optional<String> keyOf(UUID account);

    /** The private key of the account that all share on a cluster. */
    Optional<String> keyOf(String cluster);
}
