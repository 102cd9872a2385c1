/**
 * Owns who somebody is and what they may do: accounts, sessions, tokens, roles and the audit log.
 * Offers {@link org.colonnade.identity.Visitor}, the person behind a request.
 * Listens to nothing.
 */
@NullMarked
@ApplicationModule(
        displayName = "Identity",
        allowedDependencies = {"database", "jobs", "notifications"})
package org.colonnade.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
