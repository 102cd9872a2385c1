package org.colonnade.execution.ssh;

import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A login node and how to prove who we are and who it is.
 *
 * @param hostKeys the only keys that the host, and the host on the way to it, may show
 * @param credential what we show
 * @param jump {@code user@host:port} of a host to go through; null to connect directly
 * @param timeout for connecting and for authenticating, each
 */
public record SshEndpoint(
        String host,
        int port,
        String user,
        List<PublicKey> hostKeys,
        Credential credential,
        @Nullable String jump,
        Duration timeout) {

    /** Proof of who we are. Its text form never shows the secret. */
    public sealed interface Credential {}

    /** The usual one. */
    public record Key(KeyPair pair) implements Credential {

        @Override
        public String toString() {
            return "Key[" + pair.getPublic().getAlgorithm() + "]";
        }
    }

    /** Only where the operator allows it. */
    public record Password(String secret) implements Credential {

        @Override
        public String toString() {
            return "Password[…]";
        }
    }

    @Override
    public String toString() {
        return user + "@" + host + ":" + port;
    }
}
