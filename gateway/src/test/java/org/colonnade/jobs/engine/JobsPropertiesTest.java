package org.colonnade.jobs.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class JobsPropertiesTest {

    private static JobsProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("colonnade.jobs", JobsProperties.class);
    }

    @Test
    void theDefaultsSuitAGatewayOnALaptop() {
        assertThat(bind(Map.of()))
                .isEqualTo(new JobsProperties(
                        64,
                        2,
                        32,
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(200),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(2),
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(10)));
    }

    @Test
    void everySettingHasItsName() {
        var values = Map.ofEntries(
                Map.entry("colonnade.jobs.workers", "1"),
                Map.entry("colonnade.jobs.clerks", "2"),
                Map.entry("colonnade.jobs.batch", "3"),
                Map.entry("colonnade.jobs.lease", "40s"),
                Map.entry("colonnade.jobs.heartbeat", "5s"),
                Map.entry("colonnade.jobs.poll", "6s"),
                Map.entry("colonnade.jobs.flush", "7s"),
                Map.entry("colonnade.jobs.patience", "8s"),
                Map.entry("colonnade.jobs.grace", "9s"),
                Map.entry("colonnade.jobs.first-retry", "10s"),
                Map.entry("colonnade.jobs.longest-retry", "11s"),
                Map.entry("colonnade.jobs.prune", "12s"));
        assertThat(bind(values))
                .isEqualTo(new JobsProperties(
                        1,
                        2,
                        3,
                        Duration.ofSeconds(40),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(7),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(9),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(11),
                        Duration.ofSeconds(12)));
    }

    @Test
    void aHeartbeatThatLeavesNoRoomForALateOneIsRefused() {
        assertThatThrownBy(() -> bind(Map.of("colonnade.jobs.lease", "8s")))
                .hasRootCauseMessage("colonnade.jobs.heartbeat must be at most a third of lease");
    }
}
