/**
 * Solubility of carbon dioxide in water and NaCl brines, 273–533 K, 0–2000 bar, 0–4.5 mol/kg: the model of Duan and Sun
 * (2003) with the fugacity coefficient of Duan, Sun, Zhu and Chou (2006).
 *
 * <p>Begin with {@link org.colonnade.geochemistry.co2.Co2Solubility}.
 */
@NullMarked
package org.colonnade.geochemistry.co2;

import org.jspecify.annotations.NullMarked;
