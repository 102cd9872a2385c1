package org.colonnade.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class StoragePropertiesTest {

    @Test
    void theDefaultsAreAFolderWithSomeRoomLeft() {
        assertThat(bind(Map.of()))
                .isEqualTo(new StorageProperties(
                        Path.of("data/artifacts"), DataSize.ofMegabytes(256), Duration.ofHours(24), null));
    }

    @Test
    void everySettingHasItsName() {
        var properties = bind(Map.of(
                "colonnade.storage.folder", "/srv/files",
                "colonnade.storage.reserve", "2GB",
                "colonnade.storage.orphans-after", "3d",
                "colonnade.storage.s3.endpoint", "https://s3.example.org",
                "colonnade.storage.s3.bucket", "files",
                "colonnade.storage.s3.access-key", "who",
                "colonnade.storage.s3.secret-key", "sesame"));
        var s3 =
                new StorageProperties.S3("https://s3.example.org", "us-east-1", "files", "artifacts/", "who", "sesame");
        assertThat(properties.toString()).doesNotContain("sesame", "who");
        assertThat(properties)
                .isEqualTo(
                        new StorageProperties(Path.of("/srv/files"), DataSize.ofGigabytes(2), Duration.ofDays(3), s3));
    }

    private static StorageProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("colonnade.storage", StorageProperties.class);
    }
}
