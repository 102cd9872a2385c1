package org.colonnade.identity.oidc;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.colonnade.identity.AuditLog;
import org.colonnade.identity.Visitor;
import org.colonnade.identity.account.Account;
import org.colonnade.identity.account.Accounts;
import org.colonnade.identity.account.ExternalAccounts;
import org.colonnade.identity.account.ExternalAccounts.Claimed;
import org.colonnade.identity.session.SignIn;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.stereotype.Component;

/** What happens when a person comes back from a provider. */
@Component
class ProviderSignIn implements AuthenticationSuccessHandler, AuthenticationFailureHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderSignIn.class);

    private final Providers providers;
    private final ExternalAccounts external;
    private final Accounts accounts;
    private final SignIn signIn;
    private final AuditLog audit;

    ProviderSignIn(Providers providers, ExternalAccounts external, Accounts accounts, SignIn signIn, AuditLog audit) {
        this.providers = providers;
        this.external = external;
        this.accounts = accounts;
        this.signIn = signIn;
        this.audit = audit;
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException {
        Optional<Provider> provider = authentication instanceof OAuth2AuthenticationToken token
                ? providers.find(token.getAuthorizedClientRegistrationId())
                : Optional.empty();
        if (provider.isEmpty() || !(authentication.getPrincipal() instanceof OidcUser user)) {
            response.sendRedirect("/sign-in?problem=provider");
            return;
        }
        Claimed claimed = claimed(user);
        String objection =
                provider.get().objection(claimed.email(), claimed.emailVerified(), user.getClaimAsString("idp"));
        if (objection != null) {
            refuse(request, provider.get().key(), objection);
            response.sendRedirect("/sign-in?problem=not-listed");
            return;
        }
        Went went = Went.of(request);
        if (went.link() != null) {
            response.sendRedirect(
                    link(request, went.link(), claimed, provider.get().key()));
            return;
        }
        Account account =
                external.arrive(claimed, provider.get().key(), provider.get().rolesOf(groups(user, provider.get())));
        if (!account.standing().maySignIn()) {
            refuse(
                    request,
                    provider.get().key(),
                    "The account is " + account.standing().words());
            response.sendRedirect("/sign-in?problem=closed");
            return;
        }
        signIn.begin(
                request,
                response,
                account,
                provider.get().key(),
                user.getIdToken().getTokenValue());
        response.sendRedirect(account.visitor().isApproved() ? went.next() : "/waiting");
    }

    /** Links only if the session that asked is the one that comes back. */
    private String link(HttpServletRequest request, String asked, Claimed claimed, String provider) {
        Visitor visitor = visitor(request);
        if (!visitor.owner().value().equals("user:" + asked)) {
            refuse(request, provider, "Another session wanted to link");
            return "/sign-in?problem=provider";
        }
        Account account = accounts.find(UUID.fromString(asked)).orElseThrow();
        return external.link(account, claimed, provider) ? "/account?done=linked" : "/account?done=not-linked";
    }

    private static Claimed claimed(OidcUser user) {
        // Spring's validator lets no ID token through without these two.
        String issuer = Objects.requireNonNull(user.getIdToken().getIssuer()).toString();
        String subject = Objects.requireNonNull(user.getIdToken().getSubject());
        String name = user.getFullName() == null ? user.getPreferredUsername() : user.getFullName();
        return new Claimed(
                issuer,
                subject,
                name == null ? subject : name,
                user.getEmail(),
                Boolean.TRUE.equals(user.getEmailVerified()));
    }

    private static Collection<String> groups(OidcUser user, Provider provider) {
        String claim = provider.groupsClaim();
        Object value = claim == null ? null : user.getClaim(claim);
        if (value instanceof Collection<?> many) {
            return many.stream().map(String::valueOf).toList();
        }
        return value instanceof String one ? List.of(one.split("[,; ]+")) : List.of();
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException problem)
            throws IOException {
        String code = problem instanceof OAuth2AuthenticationException known
                ? known.getError().getErrorCode()
                : problem.getClass().getSimpleName();
        String key = request.getRequestURI().substring(request.getRequestURI().lastIndexOf('/') + 1);
        LOG.warn("Sign-in at provider {} failed: {}", key.replaceAll("[^a-z0-9-]", "?"), code);
        refuse(request, key, code);
        response.sendRedirect(code.equals("access_denied") ? "/sign-in?problem=denied" : "/sign-in?problem=provider");
    }

    private void refuse(HttpServletRequest request, String provider, String why) {
        audit.record(visitor(request), "identity.sign-in", "provider:" + provider, AuditLog.Outcome.REFUSED, why);
    }

    private static Visitor visitor(HttpServletRequest request) {
        return request.getAttribute("visitor") instanceof Visitor visitor ? visitor : Visitor.SYSTEM;
    }

    /** What the person wanted when they left for the provider. */
    record Went(String next, @Nullable String link) {

        static final String ATTRIBUTE = Went.class.getName();

        static Went of(HttpServletRequest request) {
            return request.getAttribute(ATTRIBUTE) instanceof Went went ? went : new Went("/", null);
        }
    }
}
