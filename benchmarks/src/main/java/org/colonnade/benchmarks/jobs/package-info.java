/** Speed of the job engine beside db-scheduler, and what it does under faults. */
@NullMarked
package org.colonnade.benchmarks.jobs;

import org.jspecify.annotations.NullMarked;
