package org.colonnade.execution.ssh;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.jspecify.annotations.Nullable;

/** Reads keys in OpenSSH's text forms. */
public final class SshKeys {

    private SshKeys() {}

    /**
     * A key pair as files hold it.
     *
     * @param privateKey in OpenSSH's form, without a pass phrase
     * @param publicKey one line, as authorized_keys wants it
     */
    public record Text(String privateKey, String publicKey) {

        @Override
        public String toString() {
            return "Text[" + publicKey + "]";
        }
    }

    /** A new pair of type ed25519. */
    public static Text fresh(String comment) {
        try {
            return text(KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256), comment);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Somebody's key, ready to be encrypted by us.
     *
     * @throws IllegalArgumentException as {@link #privateKey}
     */
    public static Text withoutPassphrase(String privateKey, @Nullable String passphrase) {
        return text(privateKey(privateKey, passphrase), "");
    }

    private static Text text(KeyPair pair, String comment) {
        var out = new ByteArrayOutputStream();
        try {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, comment, null, out);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("The private key is of a kind that cannot be kept");
        }
        String line = PublicKeyEntry.toString(pair.getPublic()) + (comment.isEmpty() ? "" : " " + comment);
        return new Text(out.toString(StandardCharsets.UTF_8), line);
    }

    /**
     * @param line as in a known_hosts file behind the host's name, e.g. {@code ssh-ed25519 AAAA…}
     * @throws IllegalArgumentException if it is not a public key
     */
    public static PublicKey publicKey(String line) {
        try {
            return AuthorizedKeyEntry.parseAuthorizedKeyEntry(line)
                    .resolvePublicKey(null, PublicKeyEntryResolver.FAILING);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new IllegalArgumentException("Not a public key as ssh-keyscan prints it", e);
        }
    }

    /**
     * @param text a private key file's content (OpenSSH or PEM)
     * @param passphrase null if the key is not encrypted
     * @throws IllegalArgumentException if it cannot be read; the message never quotes the key
     */
    public static KeyPair privateKey(String text, @Nullable String passphrase) {
        var provider = passphrase == null ? FilePasswordProvider.EMPTY : FilePasswordProvider.of(passphrase);
        try (var content = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))) {
            return SecurityUtils.loadKeyPairIdentities(null, NamedResource.ofName("private key"), content, provider)
                    .iterator()
                    .next();
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new IllegalArgumentException("The private key cannot be read: wrong form or wrong pass phrase");
        }
    }
}
