/**
 * Owns the certification of detector data: runs, lumisections, classifiers and golden JSON files.
 * Offers pages, {@code /api/v1/certification} and the Run Registry front door.
 * Listens to nothing.
 */
@NullMarked
@ApplicationModule(
        displayName = "Certification",
        allowedDependencies = {"database", "jobs", "execution", "storage", "notifications", "identity", "web"})
package org.colonnade.certification;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
