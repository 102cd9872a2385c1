package org.colonnade.geochemistry.rates;

import org.colonnade.geochemistry.Quantity;

/**
 * The rate of a mineral far from equilibrium, mechanism by mechanism, in mol/(m²·s).
 *
 * @param fourth the carbonate or the oxygen mechanism
 * @param logTotal decimal logarithm of the total; missing when nothing dissolves
 */
public record RateState(
        Mineral mineral,
        RateRule rule,
        Conditions conditions,
        Quantity acid,
        Quantity neutral,
        Quantity base,
        Quantity fourth,
        Quantity total,
        double logTotal) {}
