/** The API of all calculators that describe themselves: points, sweeps, batches and citations. */
@NullMarked
package org.colonnade.calculators.http;

import org.jspecify.annotations.NullMarked;
