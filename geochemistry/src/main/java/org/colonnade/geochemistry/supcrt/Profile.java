package org.colonnade.geochemistry.supcrt;

/** Which of two ways turns the Gibbs energy into the other properties. Gibbs energies and log K are equal in both. */
public enum Profile {
    /**
     * The equations of the published SUPCRTBL program, whose entropies and enthalpies of minerals leave out the
     * pressure effect of thermal expansion, whose heat capacities all but leave out order and disorder (a thousandth of
     * the term is added), and whose Landau volumes are not the pressure derivative of the Gibbs energy.
     */
    COMPATIBLE,
    /** Every property is a derivative of the Gibbs energy: V = ∂G/∂P, S = -∂G/∂T, H = G + TS, Cp = T ∂S/∂T. */
    CONSISTENT
}
