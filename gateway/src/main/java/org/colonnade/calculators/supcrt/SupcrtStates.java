package org.colonnade.calculators.supcrt;

import org.colonnade.geochemistry.supcrt.Conditions;
import org.colonnade.geochemistry.supcrt.water.WaterModel;
import org.colonnade.web.ProblemException;
import org.jspecify.annotations.Nullable;

/** One state from the numbers of a request. */
final class SupcrtStates {

    private SupcrtStates() {}

    /**
     * @param celsius °C
     * @param bar bar, or null
     * @param density g/cm³, or null; with neither, saturated liquid water
     * @param needsWater false for minerals and gases alone
     * @throws ProblemException if both are given or a number is not finite
     */
    static Conditions one(double celsius, @Nullable Double bar, @Nullable Double density, boolean needsWater) {
        if (!Double.isFinite(celsius) || celsius <= -WaterModel.ZERO_CELSIUS) {
            throw ProblemException.invalid("T_C", "must be a finite temperature above absolute zero");
        }
        if (bar != null && density != null) {
            throw ProblemException.invalid("rho_gcc", "cannot be given beside P_bar: the one follows from the other");
        }
        var t = new double[] {celsius};
        if (bar != null) {
            if (!(bar > 0) || Double.isInfinite(bar)) {
                throw ProblemException.invalid("P_bar", "must be a finite pressure above zero");
            }
            var p = new double[] {bar};
            return needsWater ? Conditions.atPressure(t, p) : Conditions.dry(t, p);
        }
        if (density != null) {
            if (!(density > 0) || Double.isInfinite(density)) {
                throw ProblemException.invalid("rho_gcc", "must be a finite density above zero");
            }
            return Conditions.atDensity(t, new double[] {density});
        }
        if (celsius > WaterModel.HIGHEST_SATURATION_TEMPERATURE) {
            throw ProblemException.invalid(
                    "T_C", "must be at most 373.917 °C on the saturation line; give P_bar or rho_gcc above");
        }
        return Conditions.of(WaterModel.saturatedAtTemperature(celsius));
    }
}
