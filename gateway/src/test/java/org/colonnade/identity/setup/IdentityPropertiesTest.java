package org.colonnade.identity.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.colonnade.identity.setup.IdentityProperties.Openness;
import org.colonnade.identity.setup.IdentityProperties.Policy;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The names and defaults that operators rely on. */
public class IdentityPropertiesTest {

    /** Settings for tests of single classes, by their names without the prefix. */
    public static IdentityProperties of(Map<String, String> settings) {
        var source = new MapConfigurationPropertySource();
        settings.forEach((name, value) -> source.put("colonnade.identity." + name, value));
        return new Binder(source).bindOrCreate("colonnade.identity", IdentityProperties.class);
    }

    @Test
    void nothingNeedsToBeSet() {
        IdentityProperties defaults = of(Map.of());
        assertThat(defaults.baseUrl()).isNull();
        assertThat(defaults.registration()).isTrue();
        assertThat(defaults.passwords()).isEqualTo(new IdentityProperties.Passwords(12, 0, 500, 19456, 2));
        assertThat(defaults.approval().policy()).isEqualTo(Policy.BY_HAND);
        assertThat(defaults.sessions())
                .isEqualTo(new IdentityProperties.Sessions(Duration.ofDays(7), Duration.ofDays(30)));
        assertThat(defaults.links()).isEqualTo(new IdentityProperties.Links(Duration.ofHours(24), Duration.ofHours(1)));
        assertThat(defaults.tokens())
                .isEqualTo(
                        new IdentityProperties.Tokens(Duration.ofHours(6), Duration.ofDays(365), Duration.ofDays(90)));
        assertThat(defaults.visibility()).isEmpty();
        assertThat(defaults.providers()).isEmpty();
        assertThat(defaults.hubs()).isEmpty();
        assertThat(defaults.proxy().secret()).isNull();
        assertThat(defaults.slack()).isEqualTo(new IdentityProperties.Slack("administrators", null));
    }

    @Test
    void everythingHasAName() {
        IdentityProperties set = of(Map.of(
                "approval.policy",
                "by-rule",
                "approval.domains",
                "example.edu,example.org",
                "visibility.catalog",
                "approved",
                "providers.cern.title",
                "CERN",
                "providers.cern.issuer",
                "https://auth.cern.ch/auth/realms/cern",
                "providers.cern.client-id",
                "colonnade",
                "providers.cern.roles",
                "shifters=certification.shifter",
                "hubs.geo.host",
                "hub.example.edu",
                "tokens.access",
                "1h"));
        assertThat(set.approval().policy()).isEqualTo(Policy.BY_RULE);
        assertThat(set.approval().domains()).containsExactly("example.edu", "example.org");
        assertThat(set.visibility()).containsEntry("catalog", Openness.APPROVED);
        assertThat(set.providers().values()).singleElement().satisfies(cern -> {
            assertThat(cern.scopes()).containsExactly("email", "profile");
            assertThat(cern.roles()).containsExactly("shifters=certification.shifter");
        });
        assertThat(set.hubs().values())
                .singleElement()
                .satisfies(hub -> assertThat(hub.insecure()).isFalse());
        assertThat(set.tokens().access()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void aProxysSecretIsLong() {
        assertThatThrownBy(() -> of(Map.of("proxy.secret", "short"))).isInstanceOf(BindException.class);
    }
}
