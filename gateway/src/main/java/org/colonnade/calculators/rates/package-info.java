/** The calculator of mineral dissolution rates. */
@NullMarked
package org.colonnade.calculators.rates;

import org.jspecify.annotations.NullMarked;
