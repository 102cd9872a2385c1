package org.colonnade.identity.request;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.colonnade.identity.Visitor;
import org.colonnade.identity.key.Secrets;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/** Decides who is behind a request and leaves the answer in the request as {@code visitor}, where templates find it. */
class IdentificationFilter extends OncePerRequestFilter {

    static final String VISITOR = "visitor";
    static final String SECRET = IdentificationFilter.class.getName() + ".secret";

    private final Guests guests;
    private final ForgeryRules rules;

    IdentificationFilter(Guests guests, ForgeryRules rules) {
        this.guests = guests;
        this.rules = rules;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        request.setAttribute(VISITOR, identify(request, response));
        chain.doFilter(request, response);
    }

    private Visitor identify(HttpServletRequest request, HttpServletResponse response) {
        Optional<String> known = rules.trustsCookies(request) ? SecretCookie.GUEST.read(request) : Optional.empty();
        if (known.isEmpty() && !asksForPage(request)) {
            return guests.byAddress(request.getRemoteAddr());
        }
        String secret = known.orElseGet(() -> {
            String fresh = Secrets.random();
            SecretCookie.GUEST.write(request, response, fresh);
            return fresh;
        });
        request.setAttribute(SECRET, secret);
        return guests.byCookie(secret);
    }

    private boolean asksForPage(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return request.getMethod().equals("GET")
                && accept != null
                && accept.contains("text/html")
                && !ForgeryRules.isApi(request)
                && !rules.isStateless(request);
    }
}
