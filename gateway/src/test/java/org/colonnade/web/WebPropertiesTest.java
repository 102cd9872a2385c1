package org.colonnade.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class WebPropertiesTest {

    @Test
    void defaults() {
        assertThat(bind(Map.of()))
                .isEqualTo(new WebProperties(
                        "Colonnade", null, 200, 2000, 20, DataSize.ofMegabytes(4), DataSize.ofMegabytes(64)));
    }

    @Test
    void everyNameReachesItsSetting() {
        assertThat(bind(Map.of(
                        "colonnade.web.name", "Borehole Lab",
                        "colonnade.web.logo", "/srv/logo.svg",
                        "colonnade.web.requests-per-second", "1",
                        "colonnade.web.request-burst", "2",
                        "colonnade.web.streams-per-person", "3",
                        "colonnade.web.max-json", "5KB",
                        "colonnade.web.max-upload", "6MB")))
                .isEqualTo(new WebProperties(
                        "Borehole Lab",
                        Path.of("/srv/logo.svg"),
                        1,
                        2,
                        3,
                        DataSize.ofKilobytes(5),
                        DataSize.ofMegabytes(6)));
    }

    private static WebProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("colonnade.web", WebProperties.class);
    }
}
