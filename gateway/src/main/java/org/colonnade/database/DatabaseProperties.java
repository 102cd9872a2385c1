package org.colonnade.database;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where state is kept.
 *
 * @param url JDBC URL of an external PostgreSQL 17 or 18; null for the embedded one
 * @param username for the external server
 * @param password for the external server
 * @param folder where the embedded server keeps its cluster
 * @param durable false only in tests: lets the embedded server skip fsync
 * @param connections size of this gateway's pool
 */
@ConfigurationProperties("colonnade.database")
public record DatabaseProperties(
        @Nullable String url,
        @DefaultValue("colonnade") String username,
        @DefaultValue("") String password,
        @DefaultValue("data/postgres") Path folder,
        @DefaultValue("true") boolean durable,
        @DefaultValue("32") int connections) {}
