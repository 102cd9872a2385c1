package org.colonnade.geochemistry.supcrt;

import java.util.Optional;
import org.colonnade.geochemistry.Flag;
import org.jspecify.annotations.Nullable;

/** What a row of a table is worth. */
public enum PointFlag {
    /** All values hold. */
    OK(true, true, null, ""),
    /** A species is above the temperature to which its heat capacity was fitted; values are extrapolations. */
    CAUTION_T(
            true,
            true,
            Flag.Kind.EXTRAPOLATED,
            "A species is above the temperature to which its heat capacity was fitted"),
    /** A mineral or gas is above 50 kbar; values are extrapolations. */
    CAUTION_P(true, true, Flag.Kind.EXTRAPOLATED, "A mineral or gas is above 50 kbar"),
    /** Charged species above 350 °C and below 1000 bar: log K and ΔG hold, the other properties do not. */
    G_ONLY(true, false, Flag.Kind.MISSING, "Charged species above 350 °C and below 1000 bar: only log K and ΔG hold"),
    /** Outside the range of the equations for aqueous species; no values. */
    BEYOND_AQ(false, false, Flag.Kind.MISSING, "Outside the range of the equations for dissolved species"),
    /** Outside the range of the equation of state of water; no values. */
    BEYOND_H2O(false, false, Flag.Kind.MISSING, "Outside the range of the equation of state of water"),
    /** Temperature and density (or pressure) fall between saturated liquid and vapour; no values. */
    LV_DOME(false, false, Flag.Kind.MISSING, "Between saturated liquid and vapour");

    private final boolean gibbs;
    private final boolean all;
    private final Flag.@Nullable Kind kind;
    private final String words;

    PointFlag(boolean gibbs, boolean all, Flag.@Nullable Kind kind, String words) {
        this.gibbs = gibbs;
        this.all = all;
        this.kind = kind;
        this.words = words;
    }

    /** The same for a reader; empty if there is nothing to say. */
    public Optional<Flag> sentence() {
        return Optional.ofNullable(kind).map(known -> new Flag(known, words));
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
