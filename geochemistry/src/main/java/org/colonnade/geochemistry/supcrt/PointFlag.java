package org.colonnade.geochemistry.supcrt;

/** What a row of a table is worth. */
public enum PointFlag {
    /** All values hold. */
    OK(true, true),
    /** A species is above the temperature to which its heat capacity was fitted; values are extrapolations. */
    CAUTION_T(true, true),
    /** A mineral or gas is above 50 kbar; values are extrapolations. */
    CAUTION_P(true, true),
    /** Charged species above 350 °C and below 1000 bar: log K and ΔG hold, the other properties do not. */
    G_ONLY(true, false),
    /** Outside the range of the equations for aqueous species; no values. */
    BEYOND_AQ(false, false),
    /** Outside the range of the equation of state of water; no values. */
    BEYOND_H2O(false, false),
    /** Temperature and density (or pressure) fall between saturated liquid and vapour; no values. */
    LV_DOME(false, false);

    private final boolean gibbs;
    private final boolean all;

    PointFlag(boolean gibbs, boolean all) {
        this.gibbs = gibbs;
        this.all = all;
    }

    /** True if log K and ΔG are given. */
    public boolean hasGibbs() {
        return gibbs;
    }

    /** True if all properties are given. */
    public boolean hasAll() {
        return all;
    }
}
