package org.colonnade.execution.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * Keeps secrets in the database, each under AES-256-GCM with the operator's key and bound to its name: one that is copied to
 * another name does not open. Nothing here writes a secret into a log or a message.
 */
@Component
public class SecretStore {

    private static final Logger LOG = LoggerFactory.getLogger(SecretStore.class);
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final JdbcClient jdbc;
    private final SecureRandom random = new SecureRandom();

    /** Asked for late: an installation without secrets needs no key. */
    private final SingletonSupplier<OperatorKeys> keys;

    SecretStore(JdbcClient jdbc, SecretProperties properties) {
        this.jdbc = jdbc;
        this.keys = SingletonSupplier.of(() -> new OperatorKeys(properties));
    }

    private record Sealed(String name, String key, byte[] content) {}

    /** Replaces an earlier secret of that name. */
    public void put(String name, String secret) {
        String key = keys.obtain().current();
        jdbc.sql("""
                        insert into execution.secret (name, key, content, changed_at)
                        values (:name, :key, :content, now())
                        on conflict (name) do update
                        set key = excluded.key, content = excluded.content, changed_at = now()
                        """)
                .param("name", name)
                .param("key", key)
                .param("content", seal(name, key, secret))
                .update();
    }

    /** @throws IllegalStateException if it is there but the operator's keys do not open it */
    public Optional<String> get(String name) {
        return jdbc.sql("select name, key, content from execution.secret where name = :name")
                .param("name", name)
                .query((row, n) -> new Sealed(row.getString(1), row.getString(2), row.getBytes(3)))
                .optional()
                .map(this::open);
    }

    public void remove(String name) {
        jdbc.sql("delete from execution.secret where name = :name")
                .param("name", name)
                .update();
    }

    /**
     * Encrypts with the current key what an earlier one encrypted.
     *
     * @return how many secrets
     */
    public int renew() {
        if (jdbc.sql("select count(*) from execution.secret")
                        .query(Integer.class)
                        .single()
                == 0) {
            return 0;
        }
        List<Sealed> old = jdbc.sql("select name, key, content from execution.secret where key <> :key")
                .param("key", keys.obtain().current())
                .query((row, n) -> new Sealed(row.getString(1), row.getString(2), row.getBytes(3)))
                .list();
        old.forEach(secret -> put(secret.name(), open(secret)));
        return old.size();
    }

    @EventListener(ApplicationReadyEvent.class)
    void renewAtStart() {
        try {
            int renewed = renew();
            if (renewed > 0) {
                LOG.info("{} secrets were encrypted anew with the current key", renewed);
            }
        } catch (IllegalStateException e) {
            LOG.error("{}", e.getMessage());
        }
    }

    private byte[] seal(String name, String key, String secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, name, key, nonce).doFinal(secret.getBytes(StandardCharsets.UTF_8));
            byte[] whole = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
            return whole;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The secret " + name + " could not be encrypted", e);
        }
    }

    private String open(Sealed secret) {
        byte[] whole = secret.content();
        try {
            byte[] text = cipher(Cipher.DECRYPT_MODE, secret.name(), secret.key(), Arrays.copyOf(whole, NONCE_BYTES))
                    .doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES);
            return new String(text, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The secret " + secret.name() + " was altered, or its key is another one");
        }
    }

    private Cipher cipher(int mode, String name, String key, byte[] nonce) throws GeneralSecurityException {
        byte[] material = keys.obtain()
                .find(key)
                .orElseThrow(() -> new IllegalStateException("The secret " + name + " was encrypted with key " + key
                        + ", which is not among the given keys"));
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(material, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
