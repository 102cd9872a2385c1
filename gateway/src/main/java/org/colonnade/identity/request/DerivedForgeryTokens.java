package org.colonnade.identity.request;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.colonnade.identity.key.Secrets;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DefaultCsrfToken;

/**
 * Derives the anti-forgery token from the secret cookie: only who can read the cookie can make the token, nothing is
 * stored, and the token changes with the session.
 */
class DerivedForgeryTokens implements CsrfTokenRepository {

    @Override
    public CsrfToken generateToken(HttpServletRequest request) {
        CsrfToken token = loadToken(request);
        // Without a cookie there is nothing to forge; a random token cannot be matched by anybody.
        return token == null ? token(Secrets.random()) : token;
    }

    @Override
    public @Nullable CsrfToken loadToken(HttpServletRequest request) {
        return request.getAttribute(IdentificationFilter.SECRET) instanceof String secret
                ? token(Secrets.digest("anti-forgery:" + secret))
                : null;
    }

    @Override
    public void saveToken(@Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
        // Derived anew for every request.
    }

    private static CsrfToken token(String value) {
        return new DefaultCsrfToken("X-CSRF-TOKEN", "_csrf", value);
    }
}
