package org.colonnade.identity.setup;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * An administrator who is made on the first start, without a page.
 *
 * @param email for example from the environment, as {@code COLONNADE_ADMIN_EMAIL}
 * @param password likewise; may be removed from the environment after the first start
 */
@ConfigurationProperties("colonnade.admin")
public record AdministratorProperties(
        @Nullable String email, @Nullable String password) {}
