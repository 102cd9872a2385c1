package org.colonnade.geochemistry.supcrt;

import java.util.ArrayList;
import java.util.Locale;
import org.colonnade.geochemistry.Computed;
import org.colonnade.geochemistry.Flag;
import org.colonnade.geochemistry.Quantity;
import org.colonnade.geochemistry.Unit;

/**
 * Standard properties of one reaction at a sequence of states; NaN where the flag of the point says there is no value.
 * Columns are bare numbers in the units named, for many points at once; {@link #computed} gives a row with all that
 * belongs to it.
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

    /** A row with all that belongs to its values: units, what it is worth, range and publications. */
    public Computed<ReactionState> computed(int row) {
        var state = new ReactionState(
                new Quantity(conditions.celsius(row), Unit.CELSIUS).in(Unit.KELVIN),
                new Quantity(conditions.bar(row), Unit.BAR),
                new Quantity(conditions.density(row), Unit.GRAM_PER_CUBIC_CENTIMETRE),
                new Quantity(logK[row], Unit.ONE),
                new Quantity(gibbs[row], Unit.JOULE_PER_MOLE),
                new Quantity(enthalpy[row], Unit.JOULE_PER_MOLE),
                new Quantity(entropy[row], Unit.JOULE_PER_MOLE_KELVIN),
                new Quantity(heatCapacity[row], Unit.JOULE_PER_MOLE_KELVIN),
                new Quantity(volume[row], Unit.JOULE_PER_MOLE_BAR));
        var worth = new ArrayList<Flag>();
        flags[row].sentence().ifPresent(worth::add);
        if (!reaction.balance().isBalanced()) {
            worth.add(Flag.note(
                    "The reaction is not balanced: " + reaction.balance().describe()));
        }
        for (var term : reaction.terms()) {
            String code = Sources.code(term.species());
            if (!code.isEmpty()) {
                worth.add(Flag.note("The source of %s is what its database calls %s"
                        .formatted(term.species().name(), code)));
            }
        }
        return new Computed<>(
                state,
                "SUPCRT, profile " + profile.name().toLowerCase(Locale.ROOT),
                worth,
                Limits.of(reaction).validity(),
                Sources.of(reaction));
    }
}
