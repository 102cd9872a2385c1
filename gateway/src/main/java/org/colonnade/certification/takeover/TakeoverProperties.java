package org.colonnade.certification.takeover;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The database of a Run Registry that is to be taken over. Only the operator names it: a request never says where to
 * connect.
 *
 * @param url as JDBC takes it, e.g. {@code jdbc:postgresql://old-registry:5432/runregistry}; null for none
 */
@ConfigurationProperties("colonnade.certification.takeover")
public record TakeoverProperties(
        @Nullable String url,
        @Nullable String username,
        @Nullable String password) {}
