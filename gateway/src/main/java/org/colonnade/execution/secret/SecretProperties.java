package org.colonnade.execution.secret;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The operator's keys, with which secrets are encrypted. Each is 32 bytes in Base64, as {@code openssl rand -base64 32} prints
 * them. Several keys, separated by blanks or line breaks, serve their change: the first encrypts, the others still decrypt,
 * and at the next start everything is encrypted anew with the first.
 *
 * @param key the keys themselves, for an environment variable; wins over the file
 * @param keyFile where they stand; made with a fresh key when it is needed and does not exist
 */
@ConfigurationProperties("colonnade.execution.secrets")
public record SecretProperties(
        @Nullable String key,
        @DefaultValue("data/secrets.key") Path keyFile) {

    @Override
    public String toString() {
        return "SecretProperties[" + keyFile + "]";
    }
}
