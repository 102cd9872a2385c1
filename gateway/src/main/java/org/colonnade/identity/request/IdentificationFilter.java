package org.colonnade.identity.request;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.colonnade.identity.Visitor;
import org.colonnade.identity.abuse.TooManyAttemptsException;
import org.colonnade.identity.account.Account;
import org.colonnade.identity.key.Secrets;
import org.colonnade.identity.request.Credentials.Judgement;
import org.colonnade.identity.request.Identified.Means;
import org.colonnade.identity.session.SecretCookie;
import org.colonnade.identity.session.Sessions;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Decides who is behind a request and leaves the answer in the request as {@code visitor}, where templates find it. */
@Component
class IdentificationFilter extends OncePerRequestFilter {

    static final String VISITOR = "visitor";

    /** The cookie's secret from which the anti-forgery token is derived. */
    static final String SECRET = IdentificationFilter.class.getName() + ".secret";

    private final Guests guests;
    private final ForgeryRules rules;
    private final Credentials credentials;
    private final Sessions sessions;

    private final TrustedProxy proxy;

    IdentificationFilter(
            Guests guests, ForgeryRules rules, Credentials credentials, Sessions sessions, TrustedProxy proxy) {
        this.proxy = proxy;
        this.guests = guests;
        this.rules = rules;
        this.credentials = credentials;
        this.sessions = sessions;
    }

    /** Files are the same for everybody, and asking for them costs no look into the database. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return path.startsWith("/webjars/") || path.startsWith("/assets/") || path.startsWith("/actuator/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Visitor byAddress = guests.byAddress(request.getRemoteAddr());
        Identified.guest(byAddress).putInto(request);
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization == null) {
            byCookie(request, response).putInto(request);
            chain.doFilter(request, response);
            return;
        }
        try {
            switch (credentials.judge(request, authorization, byAddress)) {
                case Judgement.Accepted accepted -> accepted.identified().putInto(request);
                case Judgement.NotOurs notOurs -> {}
                case Judgement.Refused refused -> {
                    if (refused.status() == HttpServletResponse.SC_UNAUTHORIZED) {
                        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
                    }
                    response.sendError(refused.status(), refused.message());
                    return;
                }
            }
        } catch (TooManyAttemptsException e) {
            e.getHeaders().forEach((name, values) -> response.setHeader(name, values.getFirst()));
            response.sendError(429, "Too many attempts");
            return;
        }
        chain.doFilter(request, response);
    }

    private Identified byCookie(HttpServletRequest request, HttpServletResponse response) {
        if (!rules.trustsCookies(request)) {
            return Identified.guest(guests.byAddress(request.getRemoteAddr()));
        }
        Optional<Account> proxied = proxy.account(request);
        if (proxied.isPresent()) {
            Identified guest = guest(request, response);
            return new Identified(proxied.get().visitor(), Means.PROXY, guest.session());
        }
        Optional<String> session = SecretCookie.SESSION.read(request);
        if (session.isPresent()) {
            Optional<Sessions.SignedIn> signedIn = sessions.find(session.get());
            if (signedIn.isPresent()) {
                request.setAttribute(SECRET, session.get());
                return new Identified(signedIn.get().account().visitor(), Means.SESSION, signedIn.get());
            }
            SecretCookie.SESSION.clear(request, response);
        }
        return guest(request, response);
    }

    private Identified guest(HttpServletRequest request, HttpServletResponse response) {
        Optional<String> known = SecretCookie.GUEST.read(request);
        if (known.isEmpty() && !asksForPage(request)) {
            return Identified.guest(guests.byAddress(request.getRemoteAddr()));
        }
        String secret = known.orElseGet(() -> {
            String fresh = Secrets.random();
            SecretCookie.GUEST.write(request, response, fresh);
            return fresh;
        });
        request.setAttribute(SECRET, secret);
        return Identified.guest(guests.byCookie(secret));
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
