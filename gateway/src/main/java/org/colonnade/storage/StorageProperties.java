package org.colonnade.storage;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where files are kept.
 *
 * @param folder of the file system that holds the content
 * @param reserve room that uploads must leave on the folder's disk, because the database often lives on the same one
 * @param orphansAfter age from which content that no record speaks of is removed; longer than any transaction lasts
 */
@ConfigurationProperties("colonnade.storage")
public record StorageProperties(
        @DefaultValue("data/artifacts") Path folder,
        @DefaultValue("256MB") DataSize reserve,
        @DefaultValue("24h") Duration orphansAfter) {}
