/** The calculator of CO2 solubility. */
@NullMarked
package org.colonnade.calculators.co2;

import org.jspecify.annotations.NullMarked;
