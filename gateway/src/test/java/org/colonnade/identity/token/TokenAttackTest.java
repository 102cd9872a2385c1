package org.colonnade.identity.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.PlainHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import java.util.UUID;
import org.colonnade.identity.TestBrowser;
import org.colonnade.identity.Visitor;
import org.colonnade.identity.abuse.Throttle;
import org.colonnade.identity.account.Account;
import org.colonnade.identity.account.ExternalAccounts;
import org.colonnade.identity.account.ExternalAccounts.Claimed;
import org.colonnade.identity.account.Onboarding;
import org.colonnade.identity.setup.Urls;
import org.colonnade.testing.Asvs;
import org.colonnade.testing.GatewayTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tokens that are not good: each gets 401, an entry in the audit log, and no line with it in any log. */
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
class TokenAttackTest {

    @Value("${local.server.port}")
    int port;

    @Autowired
    SignedTokens signed;

    @Autowired
    PersonalTokens personal;

    @Autowired
    SigningKeys keys;

    @Autowired
    ExternalAccounts external;

    @Autowired
    Onboarding onboarding;

    @Autowired
    Throttle throttle;

    @Autowired
    Urls urls;

    @Autowired
    JdbcClient jdbc;

    private Account account;

    @BeforeEach
    void somebodyHasAnAccount() {
        account = external.arriveApproved(
                new Claimed("https://issuer.example", UUID.randomUUID().toString(), "Mira", null, false),
                "test",
                Set.of());
    }

    @AfterEach
    void forgetTheAttempts() {
        throttle.forget(Throttle.Limit.TOKEN, "127.0.0.1");
    }

    @Test
    @Asvs({"9.1.1", "9.2.1", "10.3.1"})
    void aGoodTokenIsLetIn() {
        assertThat(me(accessTokenOf(account)).body()).contains("user:" + account.id());
    }

    @Test
    @Asvs({"9.1.1", "9.1.2"})
    void anUnsignedTokenIsRefused(CapturedOutput output) {
        var none =
                new PlainJWT(new PlainHeader.Builder().type(JOSEObjectType.JWT).build(), claims().build());
        refused(none.serialize(), output);
        String good = accessTokenOf(account);
        refused(good.substring(0, good.lastIndexOf('.') + 1), output);
    }

    @Test
    @Asvs("9.1.1")
    void aChangedTokenIsRefused(CapturedOutput output) throws Exception {
        String good = accessTokenOf(account);
        String[] parts = good.split("\\.");
        String other = new JWTClaimsSet.Builder(SignedJWT.parse(good).getJWTClaimsSet())
                .subject(UUID.randomUUID().toString())
                .build()
                .toPayload()
                .toBase64URL()
                .toString();
        refused(parts[0] + "." + other + "." + parts[2], output);
    }

    @Test
    @Asvs({"9.1.3", "9.1.1"})
    void aTokenWithAForeignKeyIsRefused(CapturedOutput output) throws Exception {
        ECKey foreign =
                new ECKeyGenerator(Curve.P_256).keyID(keys.current().getKeyID()).generate();
        refused(sign(claims(), foreign), output);
        ECKey unknown = new ECKeyGenerator(Curve.P_256).keyID("unknown").generate();
        refused(sign(claims(), unknown), output);
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .jwk(foreign.toPublicJWK())
                .build();
        refused(sign(header, claims(), new ECDSASigner(foreign)), output);
    }

    @Test
    @Asvs("9.1.2")
    void thePublicKeyIsNoSharedSecret(CapturedOutput output) throws Exception {
        byte[] published =
                keys.current().toPublicJWK().toJSONString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        var header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .keyID(keys.current().getKeyID())
                .build();
        refused(sign(header, claims(), new MACSigner(published)), output);
    }

    @Test
    @Asvs({"9.2.1", "9.2.2", "9.2.3", "9.2.4", "10.3.1"})
    void aTokenForSomethingElseIsRefused(CapturedOutput output) throws Exception {
        refused(sign(claims().audience("another-service"), keys.current()), output);
        refused(sign(claims().audience((String) null), keys.current()), output);
        refused(sign(claims().issuer("https://evil.example"), keys.current()), output);
        refused(sign(claims().expirationTime(Date.from(Instant.now().minusSeconds(1))), keys.current()), output);
        refused(sign(claims().expirationTime(null), keys.current()), output);
        refused(sign(claims().claim("type", "id"), keys.current()), output);
        refused(sign(claims().claim("type", null).claim("nonce", "an ID token"), keys.current()), output);
        refused(sign(claims().subject("not-an-account"), keys.current()), output);
        refused(sign(claims().subject(UUID.randomUUID().toString()), keys.current()), output);
    }

    @Test
    @Asvs("9.2.2")
    void aRefreshTokenIsNoAccessTokenAndTheOtherWayRound(CapturedOutput output) {
        String refresh = signed.createRefreshToken(account.visitor(), account.id());
        refused(refresh, output);
        var browser = new TestBrowser(port);
        var exchanged = refresh(browser, refresh);
        assertThat(exchanged.statusCode()).isEqualTo(200);
        String access = exchanged.body().replaceAll(".*\"access_token\":\"([^\"]+)\".*", "$1");
        assertThat(me(access).statusCode()).isEqualTo(200);
        assertThat(refresh(browser, access).statusCode()).isEqualTo(401);
    }

    @Test
    @Asvs("10.4.9")
    void aReplacedRefreshTokenIsWorthless() {
        String first = signed.createRefreshToken(account.visitor(), account.id());
        signed.createRefreshToken(account.visitor(), account.id());
        assertThat(refresh(new TestBrowser(port), first).statusCode()).isEqualTo(401);
    }

    @Test
    @Asvs("7.4.2")
    void noTokenOpensAClosedAccount(CapturedOutput output) {
        String access = accessTokenOf(account);
        String own = personal.create(account.visitor(), account.id(), "x", Set.of(), Duration.ofDays(1))
                .token();
        onboarding.decide(Visitor.SYSTEM, account.id(), Onboarding.Decision.ARCHIVE, "");
        refused(access, output);
        refused(own, output);
    }

    @Test
    void anInventedOrExpiredPersonalTokenIsRefused(CapturedOutput output) {
        refused("col_" + "a".repeat(43), output);
        var created = personal.create(account.visitor(), account.id(), "x", Set.of(), Duration.ofDays(1));
        jdbc.sql("update identity.personal_token set expires_at = now() where id = :id")
                .param("id", created.view().id())
                .update();
        refused(created.token(), output);
    }

    @Test
    @Asvs({"8.2.2", "8.2.3"})
    void anotherUsersTokenCannotBeRevokedOrSeen() {
        Account other = external.arriveApproved(
                new Claimed("https://issuer.example", UUID.randomUUID().toString(), "Eve", null, false),
                "test",
                Set.of());
        var created = personal.create(account.visitor(), account.id(), "x", Set.of(), Duration.ofDays(1));
        var eve = new TestBrowser(port);
        var answer = eve.send(eve.request("/api/v1/tokens/" + created.view().id())
                .header("Authorization", "Bearer " + accessTokenOf(other))
                .DELETE());
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(me(created.token()).statusCode()).isEqualTo(200);
    }

    @Test
    void keysRotateWithoutBreakingWhatTheySigned() {
        String before = accessTokenOf(account);
        jdbc.sql("update identity.signing_key set created_at = created_at - interval '100 days'")
                .update();
        keys.forget();
        String after = accessTokenOf(account);
        assertThat(me(before).statusCode()).isEqualTo(200);
        assertThat(me(after).statusCode()).isEqualTo(200);
        assertThat(kid(before)).isNotEqualTo(kid(after));
        var browser = new TestBrowser(port);
        assertThat(browser.send(browser.request("/.well-known/jwks.json").GET()).body())
                .contains(kid(before), kid(after))
                .doesNotContain("\"d\":");
    }

    private static String kid(String token) {
        try {
            return SignedJWT.parse(token).getHeader().getKeyID();
        } catch (java.text.ParseException e) {
            throw new AssertionError(e);
        }
    }

    private void refused(String token, CapturedOutput output) {
        long before = refusals();
        var answer = me(token);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(answer.body()).doesNotContain(token);
        assertThat(refusals()).isEqualTo(before + 1);
        assertThat(output.getAll()).doesNotContain(token);
    }

    private long refusals() {
        return jdbc.sql("select count(*) from identity.audit_entry where action = 'identity.token' and outcome ="
                        + " 'REFUSED'")
                .query((row, n) -> row.getLong(1))
                .single();
    }

    private JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(urls.base())
                .audience(SignedTokens.AUDIENCE)
                .subject(account.id().toString())
                .jwtID(UUID.randomUUID().toString())
                .claim("type", "access")
                .issueTime(new Date())
                .expirationTime(Date.from(Instant.now().plusSeconds(600)));
    }

    private static String sign(JWTClaimsSet.Builder claims, ECKey key) throws JOSEException {
        return sign(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims, new ECDSASigner(key));
    }

    private static String sign(JWSHeader header, JWTClaimsSet.Builder claims, JWSSigner signer) throws JOSEException {
        var token = new SignedJWT(header, claims.build());
        token.sign(signer);
        return token.serialize();
    }

    private HttpResponse<String> me(String token) {
        var script = new TestBrowser(port);
        return script.send(script.request("/api/v1/me")
                .header("Authorization", "Bearer " + token)
                .GET());
    }

    private static HttpResponse<String> refresh(TestBrowser browser, String token) {
        return browser.send(browser.request("/api/v1/token/refresh")
                .header("Authorization", "Bearer " + token)
                .POST(java.net.http.HttpRequest.BodyPublishers.noBody()));
    }

    private String accessTokenOf(Account owner) {
        return signed.refresh(signed.createRefreshToken(owner.visitor(), owner.id()))
                .orElseThrow();
    }
}
