package org.colonnade.identity.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.colonnade.identity.account.Account;
import org.colonnade.identity.account.Accounts;
import org.colonnade.identity.account.ExternalAccounts;
import org.colonnade.identity.setup.IdentityPropertiesTest;
import org.colonnade.testing.GatewayTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;

@GatewayTest
class TrustedProxyTest {

    private static final String SECRET = "a shared secret of at least 32 characters";

    @Autowired
    ExternalAccounts external;

    @Autowired
    Accounts accounts;

    private TrustedProxy proxy;
    private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");

    @BeforeEach
    void ask() {
        proxy = new TrustedProxy(
                IdentityPropertiesTest.of(Map.of("proxy.secret", SECRET, "proxy.roles", "admins=admin")),
                external,
                accounts);
        request.addHeader("X-Forwarded-User", "mira-" + UUID.randomUUID());
        request.addHeader("X-Forwarded-Email", "mira@example.edu");
        request.addHeader("X-Forwarded-Groups", "users, admins");
    }

    @Test
    void theProxysWordCountsWithItsSecret() {
        request.addHeader("X-Proxy-Secret", SECRET);
        Account account = proxy.account(request).orElseThrow();
        assertThat(account.email()).isEqualTo("mira@example.edu");
        assertThat(account.granted()).containsExactly("admin");
        assertThat(proxy.account(request)).map(Account::id).contains(account.id());
    }

    @Test
    void identityHeadersFromAnybodyElseMeanNothing() {
        assertThat(proxy.account(request)).isEmpty();
        request.addHeader("X-Proxy-Secret", SECRET + "x");
        assertThat(proxy.account(request)).isEmpty();
    }

    @Test
    void withoutAConfiguredSecretNoProxyIsTrusted() {
        var none = new TrustedProxy(IdentityPropertiesTest.of(Map.of()), external, accounts);
        request.addHeader("X-Proxy-Secret", "");
        assertThat(none.account(request)).isEmpty();
    }
}
