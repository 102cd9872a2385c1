package org.colonnade.execution.ssh;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.jspecify.annotations.Nullable;

/** Reads keys in OpenSSH's text forms. */
public final class SshKeys {

    private SshKeys() {}

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
