package org.colonnade.certification.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ElsewhereTest {

    private static final String PREFIX = "colonnade.certification.elsewhere.";

    @Test
    void aRunHasAPageInEachSystemThatTheOperatorNames() {
        assertThat(bind(Map.of()).of(401001)).isEmpty();
        var both = bind(Map.of(
                PREFIX + "oms", "https://oms.example/runs/{run}",
                PREFIX + "quality-monitor", "https://dqm.example/?run={run}"));
        assertThat(both.of(401001))
                .containsExactly(
                        new Elsewhere.Link("OMS", "https://oms.example/runs/401001"),
                        new Elsewhere.Link("DQM", "https://dqm.example/?run=401001"));
    }

    @Test
    void whatIsNoAddressOfTheWebIsRefusedAtTheStart() {
        assertThatThrownBy(() -> bind(Map.of(PREFIX + "oms", "javascript:alert(1)")))
                .isInstanceOf(BindException.class)
                .rootCause()
                .hasMessageContaining("is not an address of the web");
    }

    private static Elsewhere bind(Map<String, String> values) {
        return new Elsewhere(new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("colonnade.certification.elsewhere", ElsewhereProperties.class));
    }
}
