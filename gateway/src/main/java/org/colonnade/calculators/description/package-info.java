/**
 * The one language in which a calculator describes itself: its inputs with units and ranges, its outputs, how a point is
 * computed, and how a row of a batch is. Pages, sweeps, batches, exports and the API follow from the description alone,
 * so that a new calculator is one class.
 */
@NullMarked
package org.colonnade.calculators.description;

import org.jspecify.annotations.NullMarked;
