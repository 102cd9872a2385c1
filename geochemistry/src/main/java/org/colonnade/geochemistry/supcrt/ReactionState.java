package org.colonnade.geochemistry.supcrt;

import org.colonnade.geochemistry.Quantity;

/**
 * Standard properties of a reaction at one state; missing where the state has none.
 *
 * @param temperature K
 * @param pressure bar
 * @param density of water, g/cm³; missing without water
 * @param logK decadic logarithm of the equilibrium constant
 * @param gibbs ΔG, J/mol
 * @param enthalpy ΔH, J/mol
 * @param entropy ΔS, J/(mol K)
 * @param heatCapacity ΔCp, J/(mol K)
 * @param volume ΔV, J/(mol bar); gases count as zero
 */
public record ReactionState(
        Quantity temperature,
        Quantity pressure,
        Quantity density,
        Quantity logK,
        Quantity gibbs,
        Quantity enthalpy,
        Quantity entropy,
        Quantity heatCapacity,
        Quantity volume) {}
