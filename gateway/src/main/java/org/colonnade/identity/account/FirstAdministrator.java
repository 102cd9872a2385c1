package org.colonnade.identity.account;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.colonnade.identity.access.Roles;
import org.colonnade.identity.account.OneTimeLinks.Purpose;
import org.colonnade.identity.setup.AdministratorProperties;
import org.colonnade.identity.setup.Urls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets exactly one person in on an empty database: whoever reads the machine's console or data folder, or set its
 * environment. There is no default password.
 */
@Service
public class FirstAdministrator {

    private static final Logger LOG = LoggerFactory.getLogger(FirstAdministrator.class);
    private static final String FILE = "first-administrator.txt";
    private static final Duration LIFE = Duration.ofDays(7);

    private final Accounts accounts;
    private final Registration registration;
    private final OneTimeLinks links;
    private final Passwords passwords;
    private final Roles roles;
    private final Urls urls;
    private final AdministratorProperties settings;
    private final TransactionTemplate transaction;
    private final Path data;

    FirstAdministrator(
            Accounts accounts,
            Registration registration,
            OneTimeLinks links,
            Passwords passwords,
            Roles roles,
            Urls urls,
            AdministratorProperties settings,
            TransactionTemplate transaction,
            @Value("${colonnade.data:data}") Path data) {
        this.accounts = accounts;
        this.registration = registration;
        this.links = links;
        this.passwords = passwords;
        this.roles = roles;
        this.urls = urls;
        this.settings = settings;
        this.transaction = transaction;
        this.data = data;
    }

    @EventListener(ApplicationReadyEvent.class)
    void offer() throws IOException {
        if (accounts.anyAdministrator()) {
            Files.deleteIfExists(data.resolve(FILE));
            return;
        }
        String email = settings.email();
        String password = settings.password();
        if (email != null && !email.isBlank() && password != null && !password.isBlank()) {
            Optional<String> objection = passwords.objection(password, email);
            if (objection.isEmpty()) {
                createAtOnce("Administrator", email, password, "from the environment");
                return;
            }
            LOG.error("COLONNADE_ADMIN_PASSWORD is not taken: {}", objection.get());
        }
        offerLink();
    }

    private void offerLink() throws IOException {
        String link = urls.to("/setup?link=" + links.create(Purpose.SETUP, null, null, LIFE));
        Files.createDirectories(data);
        Path file = data.resolve(FILE);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, link + System.lineSeparator());
        // To the console and not to the log: the link is as good as a password until it is used.
        System.out.printf(
                "%nNobody administers this gateway yet. Open this link once to become its administrator:%n%n  %s%n%n"
                        + "It also stands in %s.%n%n",
                link, file.toAbsolutePath());
    }

    /** Whether the link from the console would still work. */
    public boolean isOpen(String secret) {
        return links.peek(Purpose.SETUP, secret).isPresent() && !accounts.anyAdministrator();
    }

    /** @return empty if the link is used up, or there is an administrator already */
    public Optional<Account> create(String secret, String name, String email, String password) {
        String encoded = passwords.hash(password);
        Optional<Account> made = transaction.execute(status -> links.take(Purpose.SETUP, secret)
                .filter(link -> !accounts.anyAdministrator())
                .map(link -> administrator(name, email, encoded, "by the link from the console")));
        made.ifPresent(account -> forgetFile());
        return made;
    }

    private void createAtOnce(String name, String email, String password, String why) {
        String encoded = passwords.hash(password);
        try {
            transaction.executeWithoutResult(status -> administrator(name, email, encoded, why));
        } catch (DuplicateKeyException e) {
            LOG.info("Another gateway, which starts on the same database, made the first administrator");
        }
    }

    private Account administrator(String name, String email, String encoded, String why) {
        Account account = registration.createApproved(name, email, encoded, why);
        roles.grantFirst(account.id());
        return accounts.find(account.id()).orElseThrow();
    }

    private void forgetFile() {
        try {
            Files.deleteIfExists(data.resolve(FILE));
        } catch (IOException e) {
            LOG.warn("{} could not be deleted; its link is used up", data.resolve(FILE), e);
        }
    }
}
