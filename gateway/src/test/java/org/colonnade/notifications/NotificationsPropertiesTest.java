package org.colonnade.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class NotificationsPropertiesTest {

    @Test
    void theDefaultsTryForThreeDays() {
        assertThat(bind(Map.of()))
                .isEqualTo(new NotificationsProperties(
                        "Colonnade <colonnade@localhost>",
                        Map.of(),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(30),
                        Duration.ofDays(3),
                        Duration.ofDays(90)));
    }

    @Test
    void everySettingHasItsNameAndNoWebhookIsPrinted() {
        var properties = bind(Map.of(
                "colonnade.notifications.from", "gateway@example.org",
                "colonnade.notifications.slack.administrators", "https://hooks.example/secret",
                "colonnade.notifications.first-retry", "1s",
                "colonnade.notifications.longest-retry", "2m",
                "colonnade.notifications.give-up-after", "5h",
                "colonnade.notifications.keep", "7d"));
        assertThat(properties)
                .isEqualTo(new NotificationsProperties(
                        "gateway@example.org",
                        Map.of("administrators", URI.create("https://hooks.example/secret")),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(2),
                        Duration.ofHours(5),
                        Duration.ofDays(7)));
        assertThat(properties.toString()).contains("administrators").doesNotContain("secret");
    }

    private static NotificationsProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("colonnade.notifications", NotificationsProperties.class);
    }
}
