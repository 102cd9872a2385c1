/**
 * Owns durable work: one table that is queue and truth, its events, logs and external records.
 * Offers {@link org.colonnade.jobs.Jobs} to submit and follow work and {@link org.colonnade.jobs.JobHandler} to do it.
 * Listens to nothing; publishes {@link org.colonnade.jobs.JobEnded} when work ends, and
 * {@link org.colonnade.jobs.JobRemoved} when it is forgotten.
 */
@NullMarked
@ApplicationModule(
        displayName = "Jobs",
        allowedDependencies = {"database"})
package org.colonnade.jobs;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
