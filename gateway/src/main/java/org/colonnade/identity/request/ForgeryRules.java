package org.colonnade.identity.request;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import org.colonnade.identity.StatelessPaths;
import org.colonnade.identity.session.SecretCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.stereotype.Component;

/**
 * Which requests must prove that they were meant: those that change something and on which a browser could have been made
 * to act by itself. A request with an {@code Authorization} header, one to a stateless path, and a call of the API
 * without cookies carry nothing that a browser adds on its own.
 */
@Component
class ForgeryRules implements RequestMatcher {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final List<StatelessPaths> stateless;

    private final TrustedProxy proxy;

    ForgeryRules(List<StatelessPaths> stateless, TrustedProxy proxy) {
        this.proxy = proxy;
        this.stateless = stateless;
    }

    /** Whether the anti-forgery token is asked for. */
    @Override
    public boolean matches(HttpServletRequest request) {
        return changes(request)
                && !isStateless(request)
                && !hasCredentials(request)
                && !(isApi(request) && !hasCookie(request) && !proxy.speaks(request));
    }

    /** Whether to refuse a request that a foreign page caused, token or not. */
    boolean refusesForeign(HttpServletRequest request) {
        return changes(request) && !isStateless(request) && !hasCredentials(request);
    }

    /** Whether the request's cookies may say who it is. */
    boolean trustsCookies(HttpServletRequest request) {
        return !(isStateless(request) && FetchSite.isForeign(request));
    }

    boolean isStateless(HttpServletRequest request) {
        return stateless.stream().anyMatch(paths -> paths.covers(request));
    }

    static boolean isApi(HttpServletRequest request) {
        return request.getRequestURI().startsWith(request.getContextPath() + "/api/");
    }

    static boolean changes(HttpServletRequest request) {
        return !SAFE.contains(request.getMethod());
    }

    private static boolean hasCredentials(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.AUTHORIZATION) != null;
    }

    private static boolean hasCookie(HttpServletRequest request) {
        return SecretCookie.GUEST.read(request).isPresent()
                || SecretCookie.SESSION.read(request).isPresent();
    }
}
