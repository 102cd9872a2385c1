package org.colonnade.certification;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class CertificationPropertiesTest {

    @Test
    void nothingIsAskedAndNoPortIsOpenedUnlessConfigured() {
        var properties = bind(Map.of());
        assertThat(properties)
                .isEqualTo(new CertificationProperties(
                        0,
                        new CertificationProperties.Oms(
                                null, null, null, null, null, Duration.ZERO, Duration.ofSeconds(30), 5000),
                        new CertificationProperties.QualityMonitor(
                                null, Duration.ZERO, Duration.ofSeconds(60), null, null)));
    }

    @Test
    void everySettingHasItsName() {
        String prefix = "colonnade.certification.";
        var properties = bind(Map.ofEntries(
                Map.entry(prefix + "root-port", "9500"),
                Map.entry(prefix + "oms.url", "http://oms/agg/api/v1"),
                Map.entry(prefix + "oms.token-url", "http://token"),
                Map.entry(prefix + "oms.client-id", "id"),
                Map.entry(prefix + "oms.client-secret", "secret"),
                Map.entry(prefix + "oms.audience", "oms"),
                Map.entry(prefix + "oms.interval", "2m"),
                Map.entry(prefix + "oms.timeout", "10s"),
                Map.entry(prefix + "oms.page-size", "100"),
                Map.entry(prefix + "quality-monitor.url", "https://dqm/samples"),
                Map.entry(prefix + "quality-monitor.interval", "10m"),
                Map.entry(prefix + "quality-monitor.timeout", "20s"),
                Map.entry(prefix + "quality-monitor.key-store", "/etc/robot.p12"),
                Map.entry(prefix + "quality-monitor.key-store-password", "secret")));
        assertThat(properties)
                .isEqualTo(new CertificationProperties(
                        9500,
                        new CertificationProperties.Oms(
                                "http://oms/agg/api/v1",
                                "http://token",
                                "id",
                                "secret",
                                "oms",
                                Duration.ofMinutes(2),
                                Duration.ofSeconds(10),
                                100),
                        new CertificationProperties.QualityMonitor(
                                "https://dqm/samples",
                                Duration.ofMinutes(10),
                                Duration.ofSeconds(20),
                                Path.of("/etc/robot.p12"),
                                "secret")));
    }

    private static CertificationProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("colonnade.certification", CertificationProperties.class);
    }
}
