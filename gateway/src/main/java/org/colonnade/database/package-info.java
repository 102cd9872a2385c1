/**
 * Owns the connection to PostgreSQL and, unless an external server is configured, the embedded server itself.
 * Offers the {@code DataSource} that every room's {@code JdbcClient} stands on.
 * Listens to nothing.
 */
@NullMarked
@ApplicationModule(
        displayName = "Database",
        allowedDependencies = {})
package org.colonnade.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
