package org.colonnade.calculators;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class CalculatorsPropertiesTest {

    @Test
    void withoutSettingsPhreeqcHasTheLimitsThatItsGuideNames() {
        var phreeqc = bind(Map.of()).phreeqc();
        assertThat(phreeqc)
                .isEqualTo(new CalculatorsProperties.Phreeqc(
                        null,
                        Path.of("data/engines"),
                        Path.of("data/databases/phreeqc"),
                        Path.of("/usr/bin/python3"),
                        Duration.ofMinutes(20),
                        DataSize.ofGigabytes(2),
                        DataSize.ofMegabytes(200),
                        DataSize.ofMegabytes(500),
                        DataSize.ofMegabytes(2),
                        DataSize.ofMegabytes(20),
                        Runtime.getRuntime().availableProcessors(),
                        2,
                        100,
                        Duration.ofDays(30)));
    }

    @Test
    void everySettingHasItsName() {
        var set = bind(Map.ofEntries(
                        Map.entry("library", "/opt/libiphreeqc.so"),
                        Map.entry("engines", "/srv/engines"),
                        Map.entry("databases", "/srv/databases"),
                        Map.entry("python", "/opt/python3"),
                        Map.entry("wall-time", "1m"),
                        Map.entry("memory", "1GB"),
                        Map.entry("file-size", "1MB"),
                        Map.entry("folder-size", "3MB"),
                        Map.entry("max-input", "4MB"),
                        Map.entry("max-database", "5MB"),
                        Map.entry("running", "6"),
                        Map.entry("running-per-owner", "7"),
                        Map.entry("waiting-per-owner", "8"),
                        Map.entry("retention", "9d")))
                .phreeqc();
        assertThat(set)
                .isEqualTo(new CalculatorsProperties.Phreeqc(
                        Path.of("/opt/libiphreeqc.so"),
                        Path.of("/srv/engines"),
                        Path.of("/srv/databases"),
                        Path.of("/opt/python3"),
                        Duration.ofMinutes(1),
                        DataSize.ofGigabytes(1),
                        DataSize.ofMegabytes(1),
                        DataSize.ofMegabytes(3),
                        DataSize.ofMegabytes(4),
                        DataSize.ofMegabytes(5),
                        6,
                        7,
                        8,
                        Duration.ofDays(9)));
    }

    private static CalculatorsProperties bind(Map<String, String> settings) {
        var source = new MapConfigurationPropertySource();
        settings.forEach((name, value) -> source.put("colonnade.calculators.phreeqc." + name, value));
        return new Binder(source).bindOrCreate("colonnade.calculators", CalculatorsProperties.class);
    }
}
