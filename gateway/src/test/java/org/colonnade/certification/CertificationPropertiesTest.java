package org.colonnade.certification;

import static org.assertj.core.api.Assertions.assertThat;

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
                                null, null, null, null, null, Duration.ZERO, Duration.ofSeconds(30), 5000)));
    }

    @Test
    void everySettingHasItsName() {
        String prefix = "colonnade.certification.";
        var properties = bind(Map.of(
                prefix + "root-port", "9500",
                prefix + "oms.url", "http://oms/agg/api/v1",
                prefix + "oms.token-url", "http://token",
                prefix + "oms.client-id", "id",
                prefix + "oms.client-secret", "secret",
                prefix + "oms.audience", "oms",
                prefix + "oms.interval", "2m",
                prefix + "oms.timeout", "10s",
                prefix + "oms.page-size", "100"));
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
                                100)));
    }

    private static CertificationProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("colonnade.certification", CertificationProperties.class);
    }
}
