/** The calculator of H2S and CO2 solubility. */
@NullMarked
package org.colonnade.calculators.h2s;

import org.jspecify.annotations.NullMarked;
