package org.colonnade.geochemistry.supcrt.water;

/**
 * States of water from temperature and pressure, temperature and density, or along the liquid side of the saturation
 * line. Pure functions: safe for any number of threads.
 *
 * <p>The equation of Levelt Sengers et al. (1983) is used in the critical region, that of Haar, Gallagher and Kell
 * (1984) elsewhere; the reference state is that of Helgeson and Kirkham, American Journal of Science 274 (1974)
 * 1089-1198, table 1.
 */
public final class WaterModel {

    /** Zero of the Celsius scale, K. */
    public static final double ZERO_CELSIUS = 273.15;

    /** Above this temperature (°C) no saturated liquid is computed. */
    public static final double HIGHEST_SATURATION_TEMPERATURE = 373.917;

    /** Above this pressure (bar) no saturated liquid is computed. */
    public static final double HIGHEST_SATURATION_PRESSURE = 220.46;

    private static final double CALORIES_PER_GRAM = 4.305816;
    private static final double CALORIE = 4.184;
    private static final double TRIPLE_TEMPERATURE = 273.16;
    private static final double TRIPLE_ENTROPY = 3.5144;
    private static final double TRIPLE_ENTHALPY = -15971;
    private static final double TRIPLE_GIBBS = -13073;

    private WaterModel() {}

    /**
     * One phase at a temperature and a pressure.
     *
     * @param celsius °C
     * @param bar bar
     */
    public static WaterState atPressure(double celsius, double bar) {
        double t = celsius + ZERO_CELSIUS;
        double p = bar / 10;
        if (!Validity.pressureAllowed(celsius, bar)) {
            return WaterState.invalid(t, bar, Double.NaN, WaterRegion.BEYOND);
        }
        if (CriticalRegion.coversPressure(t, p)) {
            if (p < CriticalRegion.CRITICAL_PRESSURE && Math.abs(t - CriticalRegion.saturationTemperature(p)) < 0.01) {
                return WaterState.invalid(t, bar, Double.NaN, WaterRegion.LIQUID_VAPOUR);
            }
            double density = CriticalRegion.density(t, p);
            return molal(CriticalRegion.atDensity(t, density).properties(), t, bar);
        }
        double start = p / (0.4 * t);
        if (t < 647.073) {
            double near = Saturation.guess(t);
            boolean liquid = p > near;
            if (Math.abs(p - near) < 0.02 * near || t >= CriticalRegion.LOWEST_TEMPERATURE) {
                var saturation = Saturation.atTemperature(Math.min(t, CriticalRegion.CRITICAL_TEMPERATURE));
                if (Math.abs(p - saturation.pressure()) * 10 <= 1e-5) {
                    return WaterState.invalid(t, bar, Double.NaN, WaterRegion.LIQUID_VAPOUR);
                }
                liquid = p > saturation.pressure();
                start = liquid ? saturation.liquidDensity() : start;
            } else if (liquid) {
                start = liquidStart(t);
            }
        }
        double density = HaarGallagherKell.density(t, p, start);
        return molal(HaarGallagherKell.state(t, density), t, bar);
    }

    /**
     * One phase at a temperature and a density; the pressure follows.
     *
     * @param celsius °C
     * @param density g/cm³
     */
    public static WaterState atDensity(double celsius, double density) {
        double t = celsius + ZERO_CELSIUS;
        if (!Validity.densityAllowed(celsius, density)) {
            return WaterState.invalid(t, Double.NaN, density, WaterRegion.BEYOND);
        }
        if (t < CriticalRegion.CRITICAL_TEMPERATURE) {
            var saturation = Saturation.atTemperature(t);
            if (density > saturation.vapourDensity() && density < saturation.liquidDensity()) {
                return WaterState.invalid(t, saturation.pressure() * 10, density, WaterRegion.LIQUID_VAPOUR);
            }
        }
        var fluid = CriticalRegion.coversDensity(t, density * 1000)
                ? CriticalRegion.atDensity(t, density * 1000).properties()
                : HaarGallagherKell.state(t, density);
        return molal(fluid, t, fluid.pressure() * 10);
    }

    /** Steam at 1 bar, also where the vapour pressure is within rounding of it; °C, at least 99.6. */
    public static WaterState steam(double celsius) {
        double t = celsius + ZERO_CELSIUS;
        if (!Validity.pressureAllowed(celsius, 1)) {
            return WaterState.invalid(t, 1, Double.NaN, WaterRegion.BEYOND);
        }
        double density = HaarGallagherKell.density(t, 0.1, 0.1 / (0.4 * t));
        return molal(HaarGallagherKell.state(t, density), t, 1);
    }

    /** Saturated liquid at a temperature (°C) between the triple and the critical point. */
    public static WaterState saturatedAtTemperature(double celsius) {
        double t = celsius + ZERO_CELSIUS;
        if (!(celsius >= 0.0099 && celsius <= HIGHEST_SATURATION_TEMPERATURE)) {
            return WaterState.invalid(t, Double.NaN, Double.NaN, WaterRegion.BEYOND);
        }
        return saturated(Saturation.atTemperature(t));
    }

    /** Saturated liquid at a pressure (bar) between the triple and the critical point. */
    public static WaterState saturatedAtPressure(double bar) {
        if (!(bar >= 0.006117 && bar <= HIGHEST_SATURATION_PRESSURE)) {
            return WaterState.invalid(Double.NaN, bar, Double.NaN, WaterRegion.BEYOND);
        }
        return saturated(Saturation.atPressure(bar / 10));
    }

    private static WaterState saturated(Saturation s) {
        var fluid = s.temperature() >= CriticalRegion.LOWEST_TEMPERATURE
                ? CriticalRegion.saturated(s.temperature(), true).properties()
                : HaarGallagherKell.state(s.evaluatedAt(), s.liquidDensity());
        return molal(fluid, s.temperature(), s.pressure() * 10);
    }

    /** A density near the saturated liquid, from which the liquid root is found at any higher pressure. */
    private static double liquidStart(double t) {
        return Math.max(1.11 - 0.0004 * t, 0.2967) - (t > 500 ? 0.0018 * (t - 500) : 0);
    }

    /** From J/g in the steam tables' reference state to apparent molal properties. */
    private static WaterState molal(FluidState f, double reported, double bar) {
        double t = f.temperature();
        double perMole = CALORIES_PER_GRAM * CALORIE;
        double entropy = f.entropy() + TRIPLE_ENTROPY;
        double enthalpy = f.enthalpy() + TRIPLE_ENTHALPY;
        double gibbs = f.enthalpy() - (t * entropy - TRIPLE_TEMPERATURE * TRIPLE_ENTROPY) + TRIPLE_GIBBS;
        double beta = f.compressibility() / 10;
        var dielectric = Dielectric.of(t, f.density(), f.expansivity(), beta, f.expansivitySlope());
        return new WaterState(
                reported,
                bar,
                f.density(),
                gibbs * perMole,
                enthalpy * perMole,
                entropy * perMole,
                f.isobaricHeatCapacity() * perMole,
                f.expansivity(),
                beta,
                f.expansivitySlope(),
                dielectric.permittivity(),
                dielectric.q(),
                dielectric.y(),
                dielectric.x(),
                WaterRegion.VALID);
    }
}
