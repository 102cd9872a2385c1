package org.colonnade.storage;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where files are kept.
 *
 * @param folder of the file system that holds the content
 * @param reserve room that uploads must leave on the folder's disk, because the database often lives on the same one
 * @param orphansAfter age from which content that no record speaks of is removed; longer than any transaction lasts
 * @param s3 the bucket that holds the content instead; null for the folder
 */
@ConfigurationProperties("colonnade.storage")
public record StorageProperties(
        @DefaultValue("data/artifacts") Path folder,
        @DefaultValue("256MB") DataSize reserve,
        @DefaultValue("24h") Duration orphansAfter,
        @Nullable S3 s3) {

    /**
     * A bucket that exists already. A lifecycle rule that aborts incomplete multipart uploads keeps it clean.
     *
     * @param endpoint e.g. {@code https://s3.example.org}
     * @param prefix put before the name of every object
     */
    public record S3(
            String endpoint,
            @DefaultValue("us-east-1") String region,
            String bucket,
            @DefaultValue("artifacts/") String prefix,
            String accessKey,
            String secretKey) {

        /** Leaves out the keys. */
        @Override
        public String toString() {
            return "S3[endpoint=%s, region=%s, bucket=%s, prefix=%s]".formatted(endpoint, region, bucket, prefix);
        }
    }
}
