/**
 * Owns the shell of all pages, the pages about jobs, and the shape of errors.
 * Offers {@link org.colonnade.web.Column} and {@link org.colonnade.web.FrontDoor}, by which a column joins the house.
 * Listens to nothing.
 */
@NullMarked
@ApplicationModule(
        displayName = "Web",
        allowedDependencies = {"database", "jobs", "execution", "storage", "notifications", "identity"})
package org.colonnade.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
