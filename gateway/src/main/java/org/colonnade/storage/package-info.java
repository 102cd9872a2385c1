/**
 * Owns files: artifacts by id in a folder or an S3 bucket.
 * Offers {@link org.colonnade.storage.Artifacts} and resumable archives of them.
 * Listens to nothing.
 */
@NullMarked
@ApplicationModule(
        displayName = "Storage",
        allowedDependencies = {"database"})
package org.colonnade.storage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
