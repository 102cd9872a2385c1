package org.colonnade.geochemistry.supcrt;

/**
 * Standard properties of one reaction at a sequence of states; NaN where the flag of the point says there is no value.
 */
public final class ReactionTable {

    private final Reaction reaction;
    private final Conditions conditions;
    private final Profile profile;
    private final double[] logK;
    private final double[] gibbs;
    private final double[] enthalpy;
    private final double[] entropy;
    private final double[] heatCapacity;
    private final double[] volume;
    private final PointFlag[] flags;

    ReactionTable(
            Reaction reaction,
            Conditions conditions,
            Profile profile,
            double[] logK,
            double[] gibbs,
            double[] enthalpy,
            double[] entropy,
            double[] heatCapacity,
            double[] volume,
            PointFlag[] flags) {
        this.reaction = reaction;
        this.conditions = conditions;
        this.profile = profile;
        this.logK = logK;
        this.gibbs = gibbs;
        this.enthalpy = enthalpy;
        this.entropy = entropy;
        this.heatCapacity = heatCapacity;
        this.volume = volume;
        this.flags = flags;
    }

    public Reaction reaction() {
        return reaction;
    }

    /** The states of the rows. */
    public Conditions conditions() {
        return conditions;
    }

    public Profile profile() {
        return profile;
    }

    /** Number of rows. */
    public int size() {
        return flags.length;
    }

    /** Decadic logarithm of the equilibrium constant. */
    public double logK(int row) {
        return logK[row];
    }

    /** ΔG, J/mol. */
    public double gibbs(int row) {
        return gibbs[row];
    }

    /** ΔH, J/mol. */
    public double enthalpy(int row) {
        return enthalpy[row];
    }

    /** ΔS, J/(mol K). */
    public double entropy(int row) {
        return entropy[row];
    }

    /** ΔCp, J/(mol K). */
    public double heatCapacity(int row) {
        return heatCapacity[row];
    }

    /** ΔV, J/bar; gases count as zero. */
    public double volume(int row) {
        return volume[row];
    }

    /** What the row is worth. */
    public PointFlag flag(int row) {
        return flags[row];
    }
}
