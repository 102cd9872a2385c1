package org.colonnade.identity.session;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.colonnade.identity.key.Secrets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/**
 * A cookie that holds one random secret. Over TLS its name has the prefix {@code __Host-}, by which browsers promise that
 * no other host and no plain connection has set it.
 */
public enum SecretCookie {
    /** Recognises a guest, so that they find their own work again. */
    GUEST("colonnade-guest", Duration.ofDays(30)),
    /** Belongs to a signed-in session. */
    SESSION("colonnade-session", Duration.ofDays(30));

    private final String baseName;
    private final Duration life;

    SecretCookie(String baseName, Duration life) {
        this.baseName = baseName;
        this.life = life;
    }

    /** @return the secret, if the request carries one of the right form */
    public Optional<String> read(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return Optional.empty();
        }
        String name = name(request);
        for (Cookie cookie : cookies) {
            if (cookie.getName().equals(name) && Secrets.isWellFormed(cookie.getValue())) {
                return Optional.of(cookie.getValue());
            }
        }
        return Optional.empty();
    }

    public void write(HttpServletRequest request, HttpServletResponse response, String secret) {
        add(request, response, secret, life);
    }

    public void clear(HttpServletRequest request, HttpServletResponse response) {
        add(request, response, "", Duration.ZERO);
    }

    private void add(HttpServletRequest request, HttpServletResponse response, String value, Duration age) {
        var cookie = ResponseCookie.from(name(request), value)
                .path("/")
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Lax")
                .maxAge(age)
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }

    private String name(HttpServletRequest request) {
        return request.isSecure() ? "__Host-" + baseName : baseName;
    }
}
