package org.colonnade.identity.session;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import org.colonnade.identity.key.Secrets;
import org.colonnade.testing.Asvs;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class SecretCookieTest {

    @ParameterizedTest
    @EnumSource
    @Asvs("7.2.2")
    void overTlsTheNamePromisesThatNoOtherHostSetIt(SecretCookie kind) {
        var request = new MockHttpServletRequest();
        request.setSecure(true);
        var response = new MockHttpServletResponse();
        String secret = Secrets.random();
        kind.write(request, response, secret);
        String header = String.valueOf(response.getHeader("Set-Cookie"));
        assertThat(header)
                .startsWith("__Host-colonnade-" + kind.name().toLowerCase(java.util.Locale.ROOT) + "=" + secret)
                .contains("; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax")
                .doesNotContain("Domain");
    }

    @ParameterizedTest
    @EnumSource
    void overTlsACookieWithoutThatNameCountsForNothing(SecretCookie kind) {
        var request = new MockHttpServletRequest();
        request.setSecure(true);
        String plain = "colonnade-" + kind.name().toLowerCase(java.util.Locale.ROOT);
        request.setCookies(new Cookie(plain, Secrets.random()));
        assertThat(kind.read(request)).isEmpty();
        request.setCookies(new Cookie("__Host-" + plain, Secrets.random()));
        assertThat(kind.read(request)).isPresent();
    }
}
