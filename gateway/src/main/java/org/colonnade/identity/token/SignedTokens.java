package org.colonnade.identity.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.sql.Timestamp;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import org.colonnade.identity.AccessTokens;
import org.colonnade.identity.AuditLog;
import org.colonnade.identity.Visitor;
import org.colonnade.identity.account.Account;
import org.colonnade.identity.account.Accounts;
import org.colonnade.identity.key.Secrets;
import org.colonnade.identity.setup.IdentityProperties;
import org.colonnade.identity.setup.Urls;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Refresh and access tokens as JSON Web Tokens signed with ES256. The claim {@code type} tells the two apart, and no
 * token serves as the other.
 */
@Service
public class SignedTokens implements AccessTokens {

    /** The audience of all our tokens; a token for another service is not one for us. */
    public static final String AUDIENCE = "colonnade";

    private static final String ACCESS = "access";
    private static final String REFRESH = "refresh";

    /** What became of a token that was shown to us. */
    public sealed interface Verdict {
        record Good(Account account) implements Verdict {}

        /** @param why for the audit log */
        record Bad(String why) implements Verdict {}
    }

    /** The refresh token as its owner sees it. */
    public record View(
            String ending, Instant createdAt, @Nullable Instant lastUsedAt) {}

    private final SigningKeys keys;
    private final Accounts accounts;
    private final JdbcClient jdbc;
    private final AuditLog audit;
    private final Urls urls;
    private final IdentityProperties.Tokens settings;

    SignedTokens(
            SigningKeys keys,
            Accounts accounts,
            JdbcClient jdbc,
            AuditLog audit,
            Urls urls,
            IdentityProperties properties) {
        this.keys = keys;
        this.accounts = accounts;
        this.jdbc = jdbc;
        this.audit = audit;
        this.urls = urls;
        this.settings = properties.tokens();
    }

    /** Makes a refresh token, and thereby the account's earlier one worthless. */
    @Transactional
    public String createRefreshToken(Visitor by, UUID account) {
        String jti = Secrets.random();
        String token = sign(new JWTClaimsSet.Builder()
                .subject(account.toString())
                .jwtID(jti)
                .claim("type", REFRESH));
        jdbc.sql("""
            insert into identity.refresh_token (account, jti, ending)
            values (:account, :jti, :ending)
            on conflict (account) do update
            set jti = excluded.jti, ending = excluded.ending, created_at = now(), last_used_at = null
            """)
                .param("account", account)
                .param("jti", Secrets.digest(jti))
                .param("ending", token.substring(token.length() - 6))
                .update();
        audit.record(by, "identity.refresh-token.create", "account:" + account, AuditLog.Outcome.DONE, "");
        return token;
    }

    @Transactional
    public void revokeRefreshToken(Visitor by, UUID account) {
        int revoked = jdbc.sql("delete from identity.refresh_token where account = :account")
                .param("account", account)
                .update();
        if (revoked > 0) {
            audit.record(by, "identity.refresh-token.revoke", "account:" + account, AuditLog.Outcome.DONE, "");
        }
    }

    public Optional<View> refreshToken(UUID account) {
        return jdbc.sql("select ending, created_at, last_used_at from identity.refresh_token where account = :account")
                .param("account", account)
                .query((row, n) -> {
                    Timestamp used = row.getTimestamp("last_used_at");
                    return new View(
                            row.getString("ending"),
                            row.getTimestamp("created_at").toInstant(),
                            used == null ? null : used.toInstant());
                })
                .optional();
    }

    /** Not one transaction: a refusal is written in its own, and would need a second connection meanwhile. */
    @Override
    public Optional<String> refresh(String refreshToken) {
        Claims claims = read(refreshToken, REFRESH);
        if (claims.why != null || claims.account == null) {
            audit.record(
                    Visitor.SYSTEM,
                    "identity.token",
                    "refresh token",
                    AuditLog.Outcome.REFUSED,
                    String.valueOf(claims.why));
            return Optional.empty();
        }
        boolean stands = jdbc.sql("""
            update identity.refresh_token
            set last_used_at = now()
            where account = :account and jti = :jti
            """)
                        .param("account", claims.account.id())
                        .param("jti", Secrets.digest(claims.jti))
                        .update()
                == 1;
        if (!stands) {
            audit.record(
                    claims.account.visitor(),
                    "identity.token",
                    claims.account.target(),
                    AuditLog.Outcome.REFUSED,
                    "The refresh token was replaced or revoked");
            return Optional.empty();
        }
        return Optional.of(access(claims.account.id()));
    }

    @Override
    public long lifeInSeconds() {
        return settings.access().toSeconds();
    }

    private String access(UUID account) {
        return sign(new JWTClaimsSet.Builder()
                .subject(account.toString())
                .jwtID(Secrets.random())
                .claim("type", ACCESS)
                .expirationTime(Date.from(Instant.now().plus(settings.access()))));
    }

    private String sign(JWTClaimsSet.Builder claims) {
        ECKey key = keys.current();
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(JOSEObjectType.JWT)
                        .keyID(key.getKeyID())
                        .build(),
                claims.issuer(urls.base())
                        .audience(AUDIENCE)
                        .issueTime(new Date())
                        .build());
        try {
            token.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    /** Judges what came as an access token. */
    public Verdict verify(String token) {
        Claims claims = read(token, ACCESS);
        return claims.account == null || claims.why != null
                ? new Verdict.Bad(String.valueOf(claims.why))
                : new Verdict.Good(claims.account);
    }

    private record Claims(
            @Nullable Account account, String jti, @Nullable String why) {

        static Claims bad(String why) {
            return new Claims(null, "", why);
        }
    }

    private Claims read(String text, String type) {
        SignedJWT token;
        JWTClaimsSet claims;
        try {
            token = SignedJWT.parse(text);
            claims = token.getJWTClaimsSet();
        } catch (ParseException e) {
            return Claims.bad("Not a signed token");
        }
        if (!JWSAlgorithm.ES256.equals(token.getHeader().getAlgorithm())) {
            return Claims.bad("Wrong algorithm");
        }
        String kid = token.getHeader().getKeyID();
        ECKey key = kid == null ? null : keys.find(kid).orElse(null);
        if (key == null) {
            return Claims.bad("Unknown key");
        }
        try {
            if (!token.verify(new ECDSAVerifier(key))) {
                return Claims.bad("Wrong signature");
            }
            return judge(claims, type);
        } catch (JOSEException | ParseException e) {
            return Claims.bad("Wrong signature or claims");
        }
    }

    private Claims judge(JWTClaimsSet claims, String type) throws ParseException {
        if (!urls.base().equals(claims.getIssuer())) {
            return Claims.bad("Wrong issuer");
        }
        if (!claims.getAudience().contains(AUDIENCE)) {
            return Claims.bad("Wrong audience");
        }
        if (!type.equals(claims.getStringClaim("type"))) {
            return Claims.bad("Not a token of type " + type);
        }
        Date end = claims.getExpirationTime();
        if (type.equals(ACCESS) && end == null || end != null && end.toInstant().isBefore(Instant.now())) {
            return Claims.bad("Expired");
        }
        if (claims.getJWTID() == null || claims.getSubject() == null) {
            return Claims.bad("Claims are missing");
        }
        Account account = account(claims.getSubject());
        if (account == null || !account.standing().maySignIn()) {
            return Claims.bad("No such account, or it is closed");
        }
        return new Claims(account, claims.getJWTID(), null);
    }

    private @Nullable Account account(String subject) {
        try {
            return accounts.find(UUID.fromString(subject)).orElse(null);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
