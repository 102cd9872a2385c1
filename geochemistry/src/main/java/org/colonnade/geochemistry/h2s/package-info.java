/**
 * Solubility of H2S, of CO2 and of their mixture in water and NaCl brine: tables of a SAFT equation of state (Ji and Zhu
 * 2012, 2013) up to 600 bar, and the independent model of Duan, Sun, Liu and Zhu (2007) for H2S up to 200 bar.
 *
 * <p>Begin with {@link org.colonnade.geochemistry.h2s.GasTables}.
 */
@NullMarked
package org.colonnade.geochemistry.h2s;

import org.jspecify.annotations.NullMarked;
