package org.colonnade.execution.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Secret;
import java.util.Base64;
import java.util.Objects;

/** Reads secrets as an API server keeps them, and as the mock server does. */
final class Secrets {

    private Secrets() {}

    static String value(Secret secret, String key) {
        String encoded = secret.getData() == null ? null : secret.getData().get(key);
        return encoded == null
                ? Objects.requireNonNull(secret.getStringData().get(key))
                : new String(Base64.getDecoder().decode(encoded), UTF_8);
    }
}
