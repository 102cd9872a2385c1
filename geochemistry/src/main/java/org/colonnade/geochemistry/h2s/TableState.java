package org.colonnade.geochemistry.h2s;

import org.colonnade.geochemistry.Quantity;

/**
 * A point of a table.
 *
 * @param temperature K, after clamping
 * @param sodiumChloride mol/kg of water, after clamping
 * @param pressure bar
 * @param moleFraction of the dissolved gas, counted without salt (CO2, H2S, or both together)
 * @param density of the solution, kg/m³; missing for the mixture
 * @param lnFugacityCoefficient natural logarithm of the fugacity coefficient of the gas, called λH2S in older pages;
 *     missing for the mixture
 */
public record TableState(
        GasSystem system,
        Interpolation interpolation,
        Quantity temperature,
        Quantity sodiumChloride,
        Quantity pressure,
        Quantity moleFraction,
        Quantity density,
        Quantity lnFugacityCoefficient) {}
