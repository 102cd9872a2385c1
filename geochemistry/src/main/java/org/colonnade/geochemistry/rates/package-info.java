/**
 * Dissolution rates of minerals far from equilibrium: Arrhenius laws of up to four mechanisms (acid, neutral, base, and
 * carbonate or oxygen) with the parameters of the PHREEQC kinetic library (Zhang et al. 2019) or of USGS Open File Report
 * 2004-1068 (Palandri and Kharaka 2004).
 *
 * <p>Begin with {@link org.colonnade.geochemistry.rates.MineralRates}.
 */
@NullMarked
package org.colonnade.geochemistry.rates;

import org.jspecify.annotations.NullMarked;
