package org.colonnade.identity.oidc;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.colonnade.identity.key.Sealing;
import org.colonnade.identity.key.Secrets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps what has to be remembered while a person is away at the provider (state, nonce, code verifier) in an encrypted
 * cookie of their own browser: nothing is stored for those who never come back, and nobody else's browser can finish
 * what this one began.
 */
@Component
class SealedRequests implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {

    /** Attributes of ours in the request. */
    static final String NEXT = "colonnade.next";

    static final String LINK = "colonnade.link";

    private static final String PURPOSE = "oidc.request";
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final JsonMapper JSON = JsonMapper.shared();

    /** What is in the cookie. */
    record Kept(
            String authorizationUri,
            String clientId,
            String redirectUri,
            Set<String> scopes,
            String state,
            Map<String, Object> parameters,
            Map<String, Object> attributes,
            long until) {}

    private final Sealing sealing;

    SealedRequests(Sealing sealing) {
        this.sealing = sealing;
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
        String state = request.getParameter("state");
        if (state == null) {
            return null;
        }
        return cookie(request)
                .flatMap(this::open)
                .filter(kept ->
                        Secrets.same(kept.state(), state) && Instant.now().getEpochSecond() < kept.until())
                .map(kept -> OAuth2AuthorizationRequest.authorizationCode()
                        .authorizationUri(kept.authorizationUri())
                        .clientId(kept.clientId())
                        .redirectUri(kept.redirectUri())
                        .scopes(kept.scopes())
                        .state(kept.state())
                        .additionalParameters(new HashMap<>(kept.parameters()))
                        .attributes(new HashMap<>(kept.attributes()))
                        .build())
                .orElse(null);
    }

    @Override
    public void saveAuthorizationRequest(
            @Nullable OAuth2AuthorizationRequest sent, HttpServletRequest request, HttpServletResponse response) {
        if (sent == null) {
            write(request, response, "", Duration.ZERO);
            return;
        }
        var kept = new Kept(
                sent.getAuthorizationUri(),
                sent.getClientId(),
                String.valueOf(sent.getRedirectUri()),
                sent.getScopes(),
                String.valueOf(sent.getState()),
                sent.getAdditionalParameters(),
                sent.getAttributes(),
                Instant.now().plus(LIFE).getEpochSecond());
        byte[] sealed = sealing.seal(PURPOSE, JSON.writeValueAsString(kept));
        write(request, response, Secrets.encode(sealed), LIFE);
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
            HttpServletRequest request, HttpServletResponse response) {
        OAuth2AuthorizationRequest kept = loadAuthorizationRequest(request);
        write(request, response, "", Duration.ZERO);
        if (kept != null) {
            Map<String, Object> attributes = kept.getAttributes();
            request.setAttribute(
                    ProviderSignIn.Went.ATTRIBUTE,
                    new ProviderSignIn.Went(
                            String.valueOf(attributes.getOrDefault(NEXT, "/")),
                            attributes.get(LINK) instanceof String account ? account : null));
        }
        return kept;
    }

    private Optional<Kept> open(String value) {
        try {
            return sealing.open(PURPOSE, Base64.getUrlDecoder().decode(value))
                    .map(json -> JSON.readValue(json, Kept.class));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> cookie(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return Optional.empty();
        }
        for (Cookie cookie : cookies) {
            if (cookie.getName().equals(name(request))) {
                return Optional.of(cookie.getValue());
            }
        }
        return Optional.empty();
    }

    private static void write(HttpServletRequest request, HttpServletResponse response, String value, Duration age) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(name(request), value)
                        .path("/")
                        .httpOnly(true)
                        .secure(request.isSecure())
                        .sameSite("Lax")
                        .maxAge(age)
                        .build()
                        .toString());
    }

    private static String name(HttpServletRequest request) {
        return (request.isSecure() ? "__Host-" : "") + "colonnade-provider";
    }
}
