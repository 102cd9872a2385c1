/**
 * The engine behind {@link org.colonnade.jobs.Jobs}. {@link org.colonnade.jobs.engine.JobEngine} puts it together and
 * starts and stops it; all SQL that changes a job's state is in {@code Submissions}, {@code Transitions} and the
 * functions of the migration.
 */
@NullMarked
package org.colonnade.jobs.engine;

import org.jspecify.annotations.NullMarked;
