package org.colonnade.web;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the pages and the API under {@code colonnade.web}.
 *
 * @param name the product's name in the top bar and in titles
 * @param logo an image file shown beside the name; null for Colonnade's own mark
 * @param requestsPerSecond what one person, or one network address of guests, may ask on average
 * @param requestBurst what they may ask at once
 * @param streamsPerPerson live connections of one person at a time
 * @param maxJson the longest JSON body that is read
 * @param maxUpload the longest file, and the longest body of any other type
 */
@ConfigurationProperties("colonnade.web")
public record WebProperties(
        @DefaultValue("Colonnade") String name,
        @Nullable Path logo,
        @DefaultValue("200") int requestsPerSecond,
        @DefaultValue("2000") int requestBurst,
        @DefaultValue("20") int streamsPerPerson,
        @DefaultValue("4MB") DataSize maxJson,
        @DefaultValue("64MB") DataSize maxUpload) {}
