package org.colonnade.identity.request;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.colonnade.identity.AuditLog;
import org.colonnade.identity.RoleDeclaration;
import org.colonnade.identity.Visitor;
import org.colonnade.identity.abuse.Throttle;
import org.colonnade.identity.abuse.Throttle.Limit;
import org.colonnade.identity.request.Identified.Means;
import org.colonnade.identity.token.PersonalTokens;
import org.colonnade.identity.token.PersonalTokens.Bearer;
import org.colonnade.identity.token.PersonalTokens.Scope;
import org.colonnade.identity.token.SignedTokens;
import org.colonnade.identity.token.SignedTokens.Verdict;
import org.springframework.stereotype.Component;

/**
 * Judges the {@code Authorization} header: our tokens as {@code Bearer}, or as the password of {@code Basic} for clients
 * that know nothing else. A wrong credential is an error, never a fall-back to a guest.
 */
@Component
class Credentials {

    /** What the header came to. */
    sealed interface Judgement {
        record Accepted(Identified identified) implements Judgement {}

        /** Here the header is the controller's own business. */
        record NotOurs() implements Judgement {}

        record Refused(int status, String message) implements Judgement {}
    }

    private final PersonalTokens personal;
    private final SignedTokens signed;
    private final Throttle throttle;
    private final AuditLog audit;

    Credentials(PersonalTokens personal, SignedTokens signed, Throttle throttle, AuditLog audit) {
        this.personal = personal;
        this.signed = signed;
        this.throttle = throttle;
        this.audit = audit;
    }

    /** @throws org.colonnade.identity.abuse.TooManyAttemptsException after many bad tokens from one address */
    Judgement judge(HttpServletRequest request, String header, Visitor guest) {
        throttle.check(Limit.TOKEN, request.getRemoteAddr());
        int space = header.indexOf(' ');
        String scheme = space < 0 ? header : header.substring(0, space);
        String value = space < 0 ? "" : header.substring(space + 1).strip();
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "bearer" -> isRefresh(request) ? new Judgement.NotOurs() : token(request, value, guest);
            case "basic" -> basic(request, value, guest);
            default -> refuse(request, guest, "Unknown scheme of authorization");
        };
    }

    private Judgement basic(HttpServletRequest request, String value, Visitor guest) {
        Optional<String> password = passwordOf(value);
        if (password.isPresent() && password.get().startsWith(PersonalTokens.PREFIX)) {
            return token(request, password.get(), guest);
        }
        return request.getMethod().equals("POST") && path(request).equals("/api/v1/tokens")
                ? new Judgement.NotOurs()
                : refuse(request, guest, "A password where a token is expected");
    }

    static Optional<String> passwordOf(String basic) {
        try {
            String pair = new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(pair.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Judgement token(HttpServletRequest request, String token, Visitor guest) {
        if (token.startsWith(PersonalTokens.PREFIX)) {
            return personal.bearer(token)
                    .map(bearer -> accept(request, bearer))
                    .orElseGet(() -> refuse(request, guest, "Unknown, expired or revoked personal token"));
        }
        return switch (signed.verify(token)) {
            case Verdict.Good good ->
                new Judgement.Accepted(new Identified(good.account().visitor(), Means.TOKEN, null));
            case Verdict.Bad bad -> refuse(request, guest, bad.why());
        };
    }

    private Judgement accept(HttpServletRequest request, Bearer bearer) {
        Visitor owner = bearer.account().visitor();
        if (ForgeryRules.changes(request) && !bearer.scopes().contains(Scope.WRITE)) {
            audit.record(
                    owner,
                    "identity.token",
                    "token:" + bearer.id(),
                    AuditLog.Outcome.REFUSED,
                    "The token may only read");
            return new Judgement.Refused(403, "This token may only read.");
        }
        Visitor visitor = bearer.scopes().contains(Scope.ROLES) ? owner : ordinary(owner);
        return new Judgement.Accepted(new Identified(visitor, Means.TOKEN, null));
    }

    private static Visitor ordinary(Visitor owner) {
        Set<String> roles = new HashSet<>(owner.roles());
        roles.retainAll(Set.of(RoleDeclaration.USER));
        return new Visitor(owner.owner(), false, owner.name(), roles);
    }

    private Judgement refuse(HttpServletRequest request, Visitor guest, String why) {
        throttle.attempt(Limit.TOKEN, request.getRemoteAddr());
        audit.record(guest, "identity.token", path(request), AuditLog.Outcome.REFUSED, why);
        return new Judgement.Refused(401, "The credential is not valid.");
    }

    /** Where a refresh token is exchanged the header carries it, and the controller judges it. */
    private static boolean isRefresh(HttpServletRequest request) {
        return request.getMethod().equals("POST") && path(request).endsWith("/token/refresh");
    }

    private static String path(HttpServletRequest request) {
        return request.getRequestURI()
                .substring(request.getContextPath().length())
                .replaceAll("/{2,}", "/");
    }
}
