package org.colonnade.geochemistry.supcrt;

/** What the lattice of a mineral does besides expanding. */
public sealed interface Transition {

    /** Nothing. */
    record None() implements Transition {}

    /**
     * A tricritical Landau transition, Holland and Powell, Journal of Metamorphic Geology 16 (1998) 309-343, page 312.
     *
     * @param criticalTemperature Tc at 1 bar, K
     * @param entropy Smax, J/(mol K)
     * @param volume Vmax, J/bar
     */
    record Landau(double criticalTemperature, double entropy, double volume) implements Transition {}

    /**
     * Symmetric Bragg-Williams order and disorder, Holland and Powell (2011), pages 340-341.
     *
     * @param enthalpy ΔH of complete disorder, kJ/mol
     * @param volume ΔV of complete disorder, J/bar
     * @param interaction W, kJ/mol
     * @param interactionVolume pressure derivative of W, J/bar
     * @param ratio number n of the one cation to the other on mixing
     * @param factor fraction of the configurational entropy
     */
    record BraggWilliams(
            double enthalpy, double volume, double interaction, double interactionVolume, double ratio, double factor)
            implements Transition {}
}
