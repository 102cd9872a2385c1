package org.colonnade.calculators.supcrt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

/** The names and defaults that operators rely on. */
class SupcrtPropertiesTest {

    @Test
    void nothingNeedsToBeSet() {
        assertThat(of(Map.of()))
                .isEqualTo(new SupcrtProperties(
                        null, DataSize.ofMegabytes(20), 3000, 2_000_000, Duration.ofDays(30), Duration.ofDays(365)));
    }

    @Test
    void everythingHasAName() {
        var set = of(Map.of(
                "databases", "/srv/supcrt",
                "max-database", "5MB",
                "max-reactions", "7",
                "max-points", "8",
                "retention", "2h",
                "database-retention", "3d"));
        assertThat(set)
                .isEqualTo(new SupcrtProperties(
                        Path.of("/srv/supcrt"),
                        DataSize.ofMegabytes(5),
                        7,
                        8,
                        Duration.ofHours(2),
                        Duration.ofDays(3)));
    }

    private static SupcrtProperties of(Map<String, String> settings) {
        var source = new MapConfigurationPropertySource();
        settings.forEach((name, value) -> source.put("colonnade.calculators.supcrt." + name, value));
        return new Binder(source).bindOrCreate("colonnade.calculators.supcrt", SupcrtProperties.class);
    }
}
