package org.colonnade.identity.setup;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may come in, and how.
 *
 * @param baseUrl how the outside reaches the gateway, e.g. {@code https://gateway.example.edu}; goes into every link that
 *     is sent, never taken from a request; null for {@code http://localhost} and the port
 * @param registration whether strangers may register a local account
 * @param visibility who may see a column, by its key; what is not named is open to guests
 * @param providers OpenID Connect providers by key; written to the database on start
 * @param hubs notebook hubs whose users are recognised, by a name of your choice
 */
@ConfigurationProperties("colonnade.identity")
public record IdentityProperties(
        @Nullable URI baseUrl,
        @DefaultValue("true") boolean registration,
        @DefaultValue Passwords passwords,
        @DefaultValue Approval approval,
        @DefaultValue Sessions sessions,
        @DefaultValue Links links,
        @DefaultValue Tokens tokens,
        @DefaultValue Map<String, Openness> visibility,
        @DefaultValue Map<String, Provider> providers,
        @DefaultValue Map<String, Hub> hubs,
        @DefaultValue Proxy proxy,
        @DefaultValue Slack slack) {

    /** Who sees a column. */
    public enum Openness {
        GUESTS,
        SIGNED_IN,
        APPROVED
    }

    /** How an account gets from complete to approved. */
    public enum Policy {
        /** Everybody is approved. */
        OPEN,
        /** An administrator decides. */
        BY_HAND,
        /** Approved if the verified address or the provider is listed; otherwise an administrator decides. */
        BY_RULE
    }

    /**
     * Password hashing. The memory and passes are what OWASP's password storage advice gives for Argon2id.
     *
     * @param minLength in characters
     * @param hashesAtOnce how many passwords are hashed at the same time; 0 for half the processors, at least one, so
     *     that a rush of sign-ins leaves processors for everybody else
     * @param waiting how many more may wait for their turn; others are told to come back
     */
    public record Passwords(
            @DefaultValue("12") int minLength,
            @DefaultValue("0") int hashesAtOnce,
            @DefaultValue("500") int waiting,
            @DefaultValue("19456") int memoryKibibytes,
            @DefaultValue("2") int passes) {}

    /**
     * Who decides about new accounts.
     *
     * @param domains e.g. {@code example.edu}; sub-domains do not count
     * @param providers keys of providers all of whose users are approved
     */
    public record Approval(
            @DefaultValue("BY_HAND") Policy policy,
            @DefaultValue List<String> domains,
            @DefaultValue List<String> providers) {}

    /**
     * How long people stay signed in.
     *
     * @param idle without a request
     * @param life in any case
     */
    public record Sessions(
            @DefaultValue("7d") Duration idle,
            @DefaultValue("30d") Duration life) {}

    /** How long links in mails are good: for a new account, and for a new password or address. */
    public record Links(
            @DefaultValue("24h") Duration registration,
            @DefaultValue("1h") Duration recovery) {}

    /**
     * Credentials for scripts.
     *
     * @param access life of an access token
     * @param longest life of a personal token at most
     * @param keys how long one key signs before a new one is made
     */
    public record Tokens(
            @DefaultValue("6h") Duration access,
            @DefaultValue("365d") Duration longest,
            @DefaultValue("90d") Duration keys) {}

    /**
     * An OpenID Connect provider.
     *
     * @param title on the button
     * @param issuer exactly as the provider's discovery document says
     * @param scopes beside {@code openid}
     * @param groupsClaim the claim that lists a person's groups; null for none
     * @param roles which role a group brings, as {@code group=role}, e.g. {@code cms-shifters=certification.shifter}
     * @param domains address domains that may come in; empty for all; needs a verified address
     * @param entityIds identity providers behind a federation (claim {@code idp}) that may come in; empty for all
     */
    public record Provider(
            String title,
            String issuer,
            String clientId,
            @DefaultValue("") String clientSecret,
            @DefaultValue({"email", "profile"}) List<String> scopes,
            @Nullable String groupsClaim,
            @DefaultValue List<String> roles,
            @DefaultValue List<String> domains,
            @DefaultValue List<String> entityIds) {}

    /**
     * A notebook hub.
     *
     * @param host as notebooks name it, e.g. {@code hub.example.edu}
     * @param prefix path under which the hub is served; empty for the root
     * @param insecure asks over plain HTTP; for tests only
     */
    public record Hub(
            String host,
            @DefaultValue("") String prefix,
            @DefaultValue("false") boolean insecure) {}

    /**
     * A reverse proxy that signs people in before us. It is known by its secret or by its certificate; with neither
     * configured none is trusted.
     *
     * @param secret what the proxy sends in {@code X-Proxy-Secret}, at least 32 characters; null if it shows a
     *     certificate
     * @param certificates SHA-256 fingerprints, hexadecimal with or without colons, of the client certificates that it
     *     may show; works where {@code server.ssl.client-auth} asks for them
     */
    public record Proxy(
            @Nullable String secret,
            @DefaultValue Set<String> certificates,
            @DefaultValue("X-Forwarded-User") String subjectHeader,
            @DefaultValue("X-Forwarded-Email") String emailHeader,
            @DefaultValue("X-Forwarded-Preferred-Username") String nameHeader,
            @DefaultValue("X-Forwarded-Groups") String groupsHeader,
            @DefaultValue List<String> roles) {

        public Proxy {
            if (secret != null && secret.length() < 32) {
                throw new IllegalArgumentException("The proxy's secret has at least 32 characters");
            }
            certificates = certificates.stream()
                    .map(fingerprint -> fingerprint.replace(":", "").toLowerCase(Locale.ROOT))
                    .collect(Collectors.toUnmodifiableSet());
            if (!certificates.stream().allMatch(fingerprint -> fingerprint.matches("[0-9a-f]{64}"))) {
                throw new IllegalArgumentException(
                        "A proxy's certificate is named by its SHA-256 fingerprint, 64 hexadecimal digits");
            }
        }
    }

    /**
     * Decisions from Slack.
     *
     * @param channel of the notifications room in which administrators hear of new accounts
     * @param signingSecret of the Slack app; null refuses all its messages
     */
    public record Slack(
            @DefaultValue("administrators") String channel,
            @Nullable String signingSecret) {}
}
