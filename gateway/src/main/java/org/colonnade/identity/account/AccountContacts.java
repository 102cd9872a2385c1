package org.colonnade.identity.account;

import java.util.Optional;
import java.util.UUID;
import org.colonnade.identity.Contacts;
import org.colonnade.identity.setup.Urls;
import org.colonnade.jobs.Owner;
import org.springframework.stereotype.Component;

@Component
class AccountContacts implements Contacts {

    private static final String USER = "user:";

    private final Accounts accounts;
    private final Urls urls;

    AccountContacts(Accounts accounts, Urls urls) {
        this.accounts = accounts;
        this.urls = urls;
    }

    @Override
    public Optional<String> address(Owner owner) {
        return owner.value().startsWith(USER)
                ? accounts.find(UUID.fromString(owner.value().substring(USER.length())))
                        .filter(Account::emailVerified)
                        .flatMap(account -> Optional.ofNullable(account.email()))
                : Optional.empty();
    }

    @Override
    public String link(String path) {
        return urls.to(path);
    }
}
