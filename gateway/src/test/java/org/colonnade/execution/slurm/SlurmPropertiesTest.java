package org.colonnade.execution.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SlurmPropertiesTest {

    private static final String PREFIX = "colonnade.execution.slurm.clusters.keeling.";

    private static SlurmProperties.Cluster bind(Map<String, String> further) {
        Map<String, String> values = new HashMap<>(Map.of(
                "kinds",
                "phreeqc",
                "host",
                "login.example",
                "user",
                "gateway",
                "root",
                "/scratch",
                "host-keys[0]",
                "ssh-ed25519 AAAA"));
        values.putAll(further);
        var source = new MapConfigurationPropertySource();
        values.forEach((key, value) -> source.put(PREFIX + key, value));
        return Objects.requireNonNull(new Binder(source)
                .bind("colonnade.execution.slurm", SlurmProperties.class)
                .get()
                .clusters()
                .get("keeling"));
    }

    @Test
    void littleIsNeeded() {
        var cluster = bind(Map.of());
        assertThat(cluster.port()).isEqualTo(22);
        assertThat(cluster.maxCores()).isEqualTo(1);
        assertThat(cluster.allowPassword()).isFalse();
    }

    @Test
    void aPasswordIsRefusedUnlessTheOperatorAllowsIt() {
        assertThatThrownBy(() -> bind(Map.of("password", "secret")))
                .rootCause()
                .hasMessage("a password is used only with allow-password");
        assertThat(bind(Map.of("password", "secret", "allow-password", "true")).password())
                .isEqualTo("secret");
    }

    @Test
    void aHostWithoutAPinnedKeyIsRefused() {
        assertThatThrownBy(() -> bind(Map.of("host-keys", "", "host-keys[0]", "")))
                .rootCause()
                .hasMessageContaining("host-keys");
    }

    @Test
    void withoutASharedAccountUsersMustBeAllowedToBringTheirs() {
        assertThatThrownBy(() -> new Binder(source(Map.of(
                                "kinds", "phreeqc", "host", "h", "root", "/r", "host-keys[0]", "ssh-ed25519 AAAA")))
                        .bind("colonnade.execution.slurm", SlurmProperties.class)
                        .get())
                .rootCause()
                .hasMessage("user names the shared account (or own-accounts is true)");
    }

    private static MapConfigurationPropertySource source(Map<String, String> values) {
        var source = new MapConfigurationPropertySource();
        values.forEach((key, value) -> source.put(PREFIX + key, value));
        return source;
    }
}
