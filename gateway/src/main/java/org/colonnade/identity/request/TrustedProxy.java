package org.colonnade.identity.request;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.servlet.http.HttpServletRequest;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.colonnade.identity.account.Account;
import org.colonnade.identity.account.Accounts;
import org.colonnade.identity.account.ExternalAccounts;
import org.colonnade.identity.account.ExternalAccounts.Claimed;
import org.colonnade.identity.key.Secrets;
import org.colonnade.identity.oidc.Provider;
import org.colonnade.identity.setup.IdentityProperties;
import org.springframework.stereotype.Component;

/**
 * Believes the identity headers of a proxy that knows the shared secret or shows a known client certificate. From anybody
 * else they are ordinary headers that mean nothing.
 */
@Component
class TrustedProxy {

    static final String SECRET_HEADER = "X-Proxy-Secret";

    /** Where the servlet container leaves what the client proved in the TLS handshake. */
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    private static final String KEY = "proxy";

    private final IdentityProperties.Proxy settings;
    private final ExternalAccounts external;
    private final Accounts accounts;

    /** Which account the same headers came to a moment ago, so that groups are not compared for every request. */
    private final Cache<List<String>, UUID> arrived = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();

    TrustedProxy(IdentityProperties properties, ExternalAccounts external, Accounts accounts) {
        this.settings = properties.proxy();
        this.external = external;
        this.accounts = accounts;
    }

    /** Whether the request comes from the proxy. */
    boolean speaks(HttpServletRequest request) {
        return knowsTheSecret(request) || showsItsCertificate(request);
    }

    private boolean knowsTheSecret(HttpServletRequest request) {
        String secret = settings.secret();
        String shown = request.getHeader(SECRET_HEADER);
        return secret != null && shown != null && Secrets.same(secret, shown);
    }

    private boolean showsItsCertificate(HttpServletRequest request) {
        return !settings.certificates().isEmpty()
                && request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain
                && chain.length > 0
                && settings.certificates().contains(fingerprint(chain[0]));
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    Optional<Account> account(HttpServletRequest request) {
        String subject = header(request, settings.subjectHeader());
        if (!speaks(request) || subject.isBlank()) {
            return Optional.empty();
        }
        String name = header(request, settings.nameHeader());
        String email = header(request, settings.emailHeader());
        String groups = header(request, settings.groupsHeader());
        UUID id = arrived.get(
                List.of(subject, name, email, groups),
                headers -> external.arrive(
                                new Claimed(
                                        KEY,
                                        subject,
                                        name.isBlank() ? subject : name,
                                        email.isBlank() ? null : email,
                                        !email.isBlank()),
                                KEY,
                                Provider.rolesOf(
                                        settings.roles(),
                                        Arrays.stream(groups.split(","))
                                                .map(String::strip)
                                                .toList()))
                        .id());
        return accounts.find(id).filter(account -> account.standing().maySignIn());
    }

    private static String header(HttpServletRequest request, String name) {
        String value = request.getHeader(name);
        return value == null ? "" : value;
    }
}
