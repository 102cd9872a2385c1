package org.colonnade.geochemistry.supcrt;

import java.util.Arrays;
import java.util.IdentityHashMap;
import org.colonnade.geochemistry.supcrt.Species.Aqueous;
import org.colonnade.geochemistry.supcrt.Species.Electron;
import org.colonnade.geochemistry.supcrt.Species.Gas;
import org.colonnade.geochemistry.supcrt.Species.Mineral;
import org.colonnade.geochemistry.supcrt.Species.Water;
import org.colonnade.geochemistry.supcrt.water.WaterModel;

/**
 * Reactions over one set of conditions. Each species is computed once and kept, so that reactions which share species
 * cost additions only. Belongs to one thread; results do not depend on the order in which reactions are asked for.
 */
public final class Evaluation {

    /** ln 10 as the original has it. */
    public static final double LN10 = 2.302585;

    /** R = 1.9872 cal/(mol K) as the original has it, in J/(mol K). */
    public static final double GAS_CONSTANT = 1.9872 * 4.184;

    /** At and above this temperature (°C) the gas H2O,g is steam at 1 bar in the compatible profile. */
    static final double STEAM = 99.6324;

    private final Conditions conditions;
    private final Profile profile;
    private final IdentityHashMap<Species, PropertyColumns> cache = new IdentityHashMap<>();

    public Evaluation(Conditions conditions, Profile profile) {
        this.conditions = conditions;
        this.profile = profile;
    }

    /** The states. */
    public Conditions conditions() {
        return conditions;
    }

    /** Properties of the reaction at every state. */
    public ReactionTable table(Reaction reaction) {
        int n = conditions.size();
        var gibbs = new double[n];
        var enthalpy = new double[n];
        var entropy = new double[n];
        var heatCapacity = new double[n];
        var volume = new double[n];
        for (var term : reaction.terms()) {
            double c = term.coefficient();
            var p = columns(term.species());
            add(gibbs, c, p.gibbs);
            add(enthalpy, c, p.enthalpy);
            add(entropy, c, p.entropy);
            add(heatCapacity, c, p.heatCapacity);
            add(volume, c, p.volume);
        }
        var flags = Limits.of(reaction).flags(conditions);
        var logK = new double[n];
        for (int i = 0; i < n; i++) {
            if (flags[i].hasGibbs()) {
                logK[i] = -gibbs[i] / (LN10 * GAS_CONSTANT * conditions.kelvin[i]);
            } else {
                gibbs[i] = Double.NaN;
                logK[i] = Double.NaN;
            }
            if (!flags[i].hasAll()) {
                enthalpy[i] = Double.NaN;
                entropy[i] = Double.NaN;
                heatCapacity[i] = Double.NaN;
                volume[i] = Double.NaN;
            }
        }
        return new ReactionTable(
                reaction, conditions, profile, logK, gibbs, enthalpy, entropy, heatCapacity, volume, flags);
    }

    private static void add(double[] sum, double coefficient, double[] values) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += coefficient * values[i];
        }
    }

    private PropertyColumns columns(Species species) {
        var known = cache.get(species);
        if (known == null) {
            known = compute(species);
            cache.put(species, known);
        }
        return known;
    }

    private PropertyColumns compute(Species species) {
        var out = new PropertyColumns(conditions.size());
        switch (species) {
            case Mineral mineral -> MineralEquations.fill(mineral, conditions, profile, out);
            case Gas gas -> gas(gas, out);
            case Aqueous aqueous -> AqueousEquations.fill(aqueous, conditions, out);
            case Water water -> water(out);
            case Electron electron -> electron(electron, out);
        }
        return out;
    }

    private void gas(Gas gas, PropertyColumns out) {
        MineralEquations.thermal(gas.gibbs(), gas.enthalpy(), gas.entropy(), gas.heatCapacity(), conditions, out);
        Arrays.fill(out.volume, gas.volume());
        if (profile != Profile.COMPATIBLE || !gas.name().equals("H2O,g")) {
            return;
        }
        for (int i = 0; i < conditions.size(); i++) {
            double t = conditions.celsius(i);
            if (t >= STEAM - 1e-9) {
                var steam = WaterModel.steam(t);
                out.gibbs[i] = steam.gibbs();
                out.enthalpy[i] = steam.enthalpy();
                out.entropy[i] = steam.entropy();
                out.heatCapacity[i] = steam.heatCapacity();
            }
        }
    }

    private void water(PropertyColumns out) {
        int n = conditions.size();
        System.arraycopy(conditions.waterGibbs, 0, out.gibbs, 0, n);
        System.arraycopy(conditions.waterEnthalpy, 0, out.enthalpy, 0, n);
        System.arraycopy(conditions.waterEntropy, 0, out.entropy, 0, n);
        System.arraycopy(conditions.waterHeatCapacity, 0, out.heatCapacity, 0, n);
        System.arraycopy(conditions.waterVolume, 0, out.volume, 0, n);
    }

    private void electron(Electron electron, PropertyColumns out) {
        var hydrogen = columns(electron.hydrogen());
        for (int i = 0; i < conditions.size(); i++) {
            out.gibbs[i] = hydrogen.gibbs[i] / 2;
            out.enthalpy[i] = hydrogen.enthalpy[i] / 2;
            out.entropy[i] = hydrogen.entropy[i] / 2;
            out.heatCapacity[i] = hydrogen.heatCapacity[i] / 2;
        }
    }
}
