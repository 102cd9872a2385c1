package org.colonnade.identity.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.colonnade.identity.key.Sealing;
import org.colonnade.identity.key.Secrets;
import org.colonnade.identity.setup.IdentityProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keys for access tokens (ECDSA on P-256). A new one is made when the present one is old enough; old ones go on
 * verifying, because refresh tokens have no end, until an administrator retires them.
 */
@Component
public class SigningKeys {

    private static final String PURPOSE = "signing-key";

    private final JdbcClient jdbc;
    private final Sealing sealing;
    private final TransactionTemplate transaction;
    private final Duration life;
    private final Cache<String, Optional<ECKey>> known = Caffeine.newBuilder()
            .maximumSize(1000)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();

    private volatile @Nullable Current current;

    private record Current(ECKey key, long readAt) {}

    SigningKeys(JdbcClient jdbc, Sealing sealing, TransactionTemplate transaction, IdentityProperties properties) {
        this.jdbc = jdbc;
        this.sealing = sealing;
        this.transaction = transaction;
        this.life = properties.tokens().keys();
    }

    /** The key that signs now. */
    ECKey current() {
        Current seen = current;
        if (seen != null
                && System.nanoTime() - seen.readAt < Duration.ofMinutes(1).toNanos()) {
            return seen.key;
        }
        ECKey key = young().orElseGet(this::make);
        current = new Current(key, System.nanoTime());
        return key;
    }

    private Optional<ECKey> young() {
        return jdbc.sql("""
                select sealed
                from identity.signing_key
                where retired_at is null and created_at > now() - make_interval(secs => :life)
                order by created_at desc
                limit 1
                """)
                .param("life", life.toSeconds())
                .query((row, n) -> open(row.getBytes(1)))
                .optional();
    }

    /** Two gateways that find the key too old at the same moment make one new key. */
    private ECKey make() {
        return transaction.execute(status -> {
            jdbc.sql("select pg_advisory_xact_lock(hashtext('identity.signing_key'))")
                    .query((row, n) -> 0)
                    .single();
            return young().orElseGet(this::insert);
        });
    }

    private ECKey insert() {
        try {
            ECKey key = new ECKeyGenerator(Curve.P_256)
                    .keyID(Secrets.random().substring(0, 16))
                    .generate();
            jdbc.sql("insert into identity.signing_key (kid, sealed) values (:kid, :sealed)")
                    .param("kid", key.getKeyID())
                    .param("sealed", sealing.seal(PURPOSE, key.toJSONString()))
                    .update();
            return key;
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return empty for a key that we never made or that was retired */
    Optional<ECKey> find(String kid) {
        return known.get(
                kid,
                id -> jdbc.sql("select sealed from identity.signing_key where kid = :kid and retired_at is null")
                        .param("kid", kid)
                        .query((row, n) -> open(row.getBytes(1)))
                        .optional());
    }

    /** The public halves of all keys that verify. */
    public List<ECKey> published() {
        current();
        return jdbc.sql("select sealed from identity.signing_key where retired_at is null order by created_at desc")
                .query((row, n) -> open(row.getBytes(1)).toPublicJWK())
                .list();
    }

    /** Makes everything that was signed so far worthless, after a key leaked. */
    public void retireAll() {
        jdbc.sql("update identity.signing_key set retired_at = now() where retired_at is null")
                .update();
        forget();
    }

    /** Reads the keys anew at the next use. */
    void forget() {
        known.invalidateAll();
        current = null;
    }

    private ECKey open(byte[] sealed) {
        try {
            return ECKey.parse(sealing.open(PURPOSE, sealed)
                    .orElseThrow(() ->
                            new IllegalStateException("A signing key cannot be opened with this installation's key")));
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }
}
