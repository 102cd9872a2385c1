package org.colonnade.execution.slurm;

import java.util.Optional;
import java.util.UUID;
import org.colonnade.execution.ClusterAccounts.Account;
import org.colonnade.jobs.Owner;

/** A key ring with the account of one owner. */
record OneAccount(Owner owner, Account account, String key) implements KeyRing {

    static KeyRing of(Owner owner, Account account, String key) {
        return new OneAccount(owner, account, key);
    }

    @Override
    public Optional<Account> find(String cluster, Owner wanted) {
        return wanted.equals(owner) ? Optional.of(account) : Optional.empty();
    }

    @Override
    public Optional<Account> find(UUID id) {
        return id.equals(account.id()) ? Optional.of(account) : Optional.empty();
    }

    @Override
    public Optional<String> keyOf(UUID id) {
        return id.equals(account.id()) ? Optional.of(key) : Optional.empty();
    }

    @Override
    public Optional<String> keyOf(String cluster) {
        return Optional.empty();
    }
}
