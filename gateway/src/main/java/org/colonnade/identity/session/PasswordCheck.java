package org.colonnade.identity.session;

import java.util.Optional;
import org.colonnade.identity.AuditLog;
import org.colonnade.identity.Visitor;
import org.colonnade.identity.abuse.Throttle;
import org.colonnade.identity.abuse.Throttle.Limit;
import org.colonnade.identity.account.Account;
import org.colonnade.identity.account.Accounts;
import org.colonnade.identity.account.Passwords;
import org.springframework.stereotype.Service;

/** Checks an address and a password, slowly for those who guess, and in the same time whether the address exists. */
@Service
public class PasswordCheck {

    private final Accounts accounts;
    private final Passwords passwords;
    private final Throttle throttle;
    private final AuditLog audit;

    PasswordCheck(Accounts accounts, Passwords passwords, Throttle throttle, AuditLog audit) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.throttle = throttle;
        this.audit = audit;
    }

    /**
     * @param who who asks, for the audit log
     * @param address from where
     * @return the account if everything is right and it may sign in
     * @throws org.colonnade.identity.abuse.TooManyAttemptsException if somebody has to wait
     * @throws org.colonnade.identity.account.BusyException if too many wait already
     */
    public Optional<Account> check(Visitor who, String address, String email, String password) {
        return passwords.inTurn(() -> checkNow(who, address, email, password));
    }

    private Optional<Account> checkNow(Visitor who, String address, String email, String password) {
        String guess = email + " from " + address;
        throttle.attempt(Limit.ADDRESS, address);
        throttle.attempt(Limit.GUESS, guess);
        throttle.attempt(Limit.ACCOUNT, email);
        Optional<Account> account = accounts.findLocal(email);
        boolean right = passwords.matches(
                password, account.map(Account::id).map(accounts::password).orElse(null));
        if (!right || account.isEmpty()) {
            refuse(who, account, "Wrong address or password");
            return Optional.empty();
        }
        throttle.forget(Limit.GUESS, guess);
        throttle.forgive(Limit.ACCOUNT, email);
        throttle.forgive(Limit.ADDRESS, address);
        if (!account.get().standing().maySignIn()) {
            refuse(who, account, "The account is " + account.get().standing().words());
            return Optional.empty();
        }
        return account;
    }

    private void refuse(Visitor who, Optional<Account> account, String why) {
        // What was typed as an address may be a password in the wrong field, so it is not written down.
        audit.record(
                who,
                "identity.sign-in",
                account.map(Account::target).orElse("unknown account"),
                AuditLog.Outcome.REFUSED,
                why);
    }
}
