/** Batches that are too long to wait for: durable jobs whose result is a file. */
@NullMarked
package org.colonnade.calculators.batch;

import org.jspecify.annotations.NullMarked;
