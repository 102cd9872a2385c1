package org.colonnade.identity.page;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.colonnade.identity.AccessTokens;
import org.colonnade.identity.NotSignedInException;
import org.colonnade.identity.Visitor;
import org.colonnade.identity.account.Account;
import org.colonnade.identity.request.Identified;
import org.colonnade.identity.session.PasswordCheck;
import org.colonnade.identity.setup.IdentityProperties;
import org.colonnade.identity.token.PersonalTokens;
import org.colonnade.identity.token.PersonalTokens.Scope;
import org.colonnade.identity.token.SigningKeys;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Tokens for scripts, over the API. */
@RestController
@Tag(name = "Tokens", description = "Credentials for scripts, instead of a password")
class TokenApi {

    /**
     * @param name what the token is for
     * @param scopes {@code READ} is always among them
     * @param days how long it is good
     */
    record Wish(
            @Size(min = 1, max = 100) String name,
            @Nullable Set<Scope> scopes,
            @Min(1) @Max(3650) int days) {}

    /** @param token shown this one time */
    record Created(UUID id, String name, Set<Scope> scopes, Instant expiresAt, String token) {}

    private final PersonalTokens personal;
    private final AccessTokens access;
    private final SigningKeys keys;
    private final PasswordCheck check;
    private final IdentityProperties.Tokens settings;

    TokenApi(
            PersonalTokens personal,
            AccessTokens access,
            SigningKeys keys,
            PasswordCheck check,
            IdentityProperties properties) {
        this.personal = personal;
        this.access = access;
        this.keys = keys;
        this.check = check;
        this.settings = properties.tokens();
    }

    /** With HTTP Basic (address and password of a local account), or from a signed-in page. */
    @PostMapping("/api/v1/tokens")
    @Operation(summary = "Makes a personal token, shown this one time")
    @ResponseStatus(HttpStatus.CREATED)
    Created create(Visitor visitor, @Valid @RequestBody Wish wish, HttpServletRequest request) {
        Visitor owner = visitor;
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (visitor.guest() && authorization != null) {
            owner = byPassword(visitor, authorization, request).visitor();
        } else {
            TokenPages.requireSession(request);
        }
        UUID account = Identified.accountOf(owner);
        if (wish.days() > settings.longest().toDays()) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST,
                    "days: at most " + settings.longest().toDays());
        }
        Set<Scope> scopes = EnumSet.of(Scope.READ);
        scopes.addAll(wish.scopes() == null ? Set.of() : wish.scopes());
        var created = personal.create(owner, account, wish.name(), scopes, Duration.ofDays(wish.days()));
        return new Created(
                created.view().id(), wish.name(), scopes, created.view().expiresAt(), created.token());
    }

    private Account byPassword(Visitor visitor, String authorization, HttpServletRequest request) {
        if (!authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            throw new NotSignedInException();
        }
        String pair;
        try {
            pair = new String(
                    Base64.getDecoder().decode(authorization.substring(6).strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new NotSignedInException();
        }
        int colon = pair.indexOf(':');
        if (colon < 0) {
            throw new NotSignedInException();
        }
        return check.check(visitor, request.getRemoteAddr(), pair.substring(0, colon), pair.substring(colon + 1))
                .orElseThrow(NotSignedInException::new);
    }

    @GetMapping("/api/v1/tokens")
    @Operation(summary = "Your personal tokens, newest first")
    List<PersonalTokens.View> list(Visitor visitor) {
        return personal.list(Identified.accountOf(visitor));
    }

    @DeleteMapping("/api/v1/tokens/{id}")
    @Operation(summary = "Revokes a personal token")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(Visitor visitor, @PathVariable UUID id) {
        if (!personal.revoke(visitor, Identified.accountOf(visitor), id)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "You have no such token.");
        }
    }

    /** Exchanges the refresh token in the {@code Authorization} header for an access token. */
    @PostMapping("/api/v1/token/refresh")
    @Operation(summary = "Exchanges a refresh token for an access token")
    Map<String, Object> refresh(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization == null || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            throw new NotSignedInException();
        }
        String token = access.refresh(authorization.substring(7).strip()).orElseThrow(NotSignedInException::new);
        return Map.of("access_token", token, "expires_in", access.lifeInSeconds());
    }

    /** The public keys with which our access tokens can be verified (RFC 7517). */
    @GetMapping("/.well-known/jwks.json")
    @Operation(summary = "The public keys that access tokens are verified with")
    Map<String, Object> keys() {
        return Map.of(
                "keys", keys.published().stream().map(key -> key.toJSONObject()).toList());
    }
}
