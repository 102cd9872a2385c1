package org.colonnade.geochemistry.supcrt;

import org.colonnade.geochemistry.Unit;
import org.colonnade.geochemistry.Validity;
import org.colonnade.geochemistry.supcrt.Species.Aqueous;
import org.colonnade.geochemistry.supcrt.Species.Gas;
import org.colonnade.geochemistry.supcrt.Species.Mineral;

/**
 * Where the equations of a reaction's species hold: Johnson, Oelkers and Helgeson (1992), pages 927-930, and Shock et
 * al. (1992) for charged species.
 */
record Limits(boolean needsWater, boolean dissolved, boolean charged, boolean solid, double highestTemperature) {

    private static final double CELSIUS = 273.15;
    private static final double HIGHEST_SOLID_PRESSURE = 50_000;
    private static final double HIGHEST_DISSOLVED_PRESSURE = 5_000;
    private static final double HIGHEST_WATER_PRESSURE = 30_000;

    /** °C */
    private static final double HIGHEST_DISSOLVED_TEMPERATURE = 1000;

    /** °C, of water; also where a mineral or gas states no limit of its own. */
    private static final double HIGHEST_TEMPERATURE = 2250;

    static Limits of(Reaction reaction) {
        boolean dissolved = false;
        boolean charged = false;
        boolean solid = false;
        double highest = Double.POSITIVE_INFINITY;
        for (var term : reaction.terms()) {
            switch (term.species()) {
                case Aqueous a -> {
                    dissolved = true;
                    charged |= a.charge() != 0;
                }
                case Mineral m -> {
                    solid = true;
                    highest = Math.min(highest, m.highestTemperature());
                }
                case Gas g -> {
                    solid = true;
                    highest = Math.min(highest, g.highestTemperature());
                }
                case Species.Electron e ->
                    highest = Math.min(highest, e.hydrogen().highestTemperature());
                case Species.Water water -> {}
            }
        }
        return new Limits(reaction.needsWater(), dissolved, charged, solid, highest);
    }

    /** The widest range in which all species have values; along it gaps remain, which the flags name. */
    Validity validity() {
        double hottest =
                Math.min(highestTemperature - CELSIUS, dissolved ? HIGHEST_DISSOLVED_TEMPERATURE : HIGHEST_TEMPERATURE);
        double highest =
                dissolved ? HIGHEST_DISSOLVED_PRESSURE : needsWater ? HIGHEST_WATER_PRESSURE : HIGHEST_SOLID_PRESSURE;
        return Validity.of(
                new Validity.Range("Temperature", Unit.CELSIUS, 0, hottest),
                new Validity.Range("Pressure", Unit.BAR, 1, highest));
    }

    PointFlag[] flags(Conditions at) {
        var flags = new PointFlag[at.size()];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = flag(at, i);
        }
        return flags;
    }

    private PointFlag flag(Conditions at, int i) {
        boolean known = !Double.isNaN(at.bar[i]) && !Double.isNaN(at.kelvin[i]);
        if (needsWater || !known) {
            switch (at.region(i)) {
                case BEYOND -> {
                    return PointFlag.BEYOND_H2O;
                }
                case LIQUID_VAPOUR -> {
                    return PointFlag.LV_DOME;
                }
                case VALID -> {}
            }
            if (at.isDry()) {
                throw new IllegalStateException("The conditions were made without water, which the reaction needs");
            }
        }
        double t = at.celsius(i);
        double p = at.bar[i];
        double d = at.density[i];
        if (dissolved) {
            if (p > 5000 + 1e-6 || t > 1000 + 1e-6) {
                return PointFlag.BEYOND_AQ;
            }
            if (charged) {
                if (d < 0.35 || (p < 500 - 1e-6 && t > 350 + 1e-6 && t < 400 - 1e-6)) {
                    return PointFlag.BEYOND_AQ;
                }
                if (p < 1000 - 1e-6 && t > 350 + 1e-6) {
                    return PointFlag.G_ONLY;
                }
            } else if (d < 0.05) {
                return PointFlag.BEYOND_AQ;
            }
        }
        if (at.kelvin[i] > highestTemperature) {
            return PointFlag.CAUTION_T;
        }
        return solid && p > HIGHEST_SOLID_PRESSURE ? PointFlag.CAUTION_P : PointFlag.OK;
    }
}
