/**
 * Owns the geochemical calculators and PHREEQC runs.
 * Offers pages, {@code /api/v1/calculators} and the js2 front door.
 * Listens to nothing.
 */
@NullMarked
@ApplicationModule(
        displayName = "Calculators",
        allowedDependencies = {"database", "jobs", "execution", "storage", "notifications", "identity", "web"})
package org.colonnade.calculators;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
