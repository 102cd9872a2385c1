/**
 * Geochemical calculators as plain, immutable, thread-safe Java: solubility of CO2 and H2S in brines, mineral
 * dissolution rates, and the thermodynamics of minerals, gases, aqueous species and reactions.
 */
@NullMarked
package org.colonnade.geochemistry;

import org.jspecify.annotations.NullMarked;
