package org.colonnade.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ExecutionPropertiesTest {

    @Test
    void withoutSettingsCommandsRunProtectedAndOnePerCore() {
        ExecutionProperties defaults = bind(Map.of());
        assertThat(defaults.unsafe()).isFalse();
        assertThat(defaults.local())
                .isEqualTo(new ExecutionProperties.Local(
                        Path.of("data/work"),
                        Runtime.getRuntime().availableProcessors(),
                        65000,
                        Duration.ofMillis(250)));
    }

    @Test
    void everySettingHasItsName() {
        ExecutionProperties set = bind(Map.of(
                "colonnade.execution.unsafe", "true",
                "colonnade.execution.local.folder", "/srv/work",
                "colonnade.execution.local.concurrent", "3",
                "colonnade.execution.local.first-user", "62000",
                "colonnade.execution.local.watch-interval", "1s",
                "colonnade.execution.places.phreeqc", "keeling, local"));
        assertThat(set)
                .isEqualTo(new ExecutionProperties(
                        true,
                        new ExecutionProperties.Local(Path.of("/srv/work"), 3, 62000, Duration.ofSeconds(1)),
                        Map.of("phreeqc", List.of("keeling", "local"))));
    }

    @Test
    void settingsThatMakeNoSenseAreRefusedAtTheStart() {
        assertThatThrownBy(() -> bind(Map.of("colonnade.execution.local.concurrent", "-1")))
                .rootCause()
                .hasMessageContaining("between 0 and 500");
    }

    private static ExecutionProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("colonnade.execution", ExecutionProperties.class);
    }
}
