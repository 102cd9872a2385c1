package org.colonnade.geochemistry.supcrt.water;

/**
 * Coexisting liquid and vapour.
 *
 * @param temperature K
 * @param evaluatedAt K, the temperature of the last iteration, to which the densities belong; the original reports
 *     the properties of that temperature beside the corrected one
 * @param pressure MPa
 * @param liquidDensity g/cm³
 * @param vapourDensity g/cm³
 */
record Saturation(double temperature, double evaluatedAt, double pressure, double liquidDensity, double vapourDensity) {

    /**
     * In single precision: the iteration stops early, so that the last digits of this start stay in the density it
     * returns. With these digits every published row of the saturation tables follows; with those of double precision
     * heat capacities of ions at 350 °C are off in the sixth digit.
     */
    private static final float[] GUESS = {
        -7.8889166f, 2.5514255f, -6.716169f, 33.239495f, -105.38479f, 174.35319f, -148.39348f, 48.631602f
    };

    /** Vapour pressure and densities at a temperature up to the critical one. */
    static Saturation atTemperature(double temperature) {
        if (temperature >= CriticalRegion.LOWEST_TEMPERATURE) {
            var liquid = CriticalRegion.saturated(temperature, true);
            var vapour = CriticalRegion.saturated(temperature, false);
            return new Saturation(
                    temperature,
                    temperature,
                    liquid.pressure(),
                    liquid.reducedDensity() * CriticalRegion.CRITICAL_DENSITY / 1000,
                    vapour.reducedDensity() * CriticalRegion.CRITICAL_DENSITY / 1000);
        }
        double rt = HaarGallagherKell.GAS_CONSTANT * temperature;
        double pressure = guess(temperature);
        double liquid = 1.11 - 0.0004 * temperature;
        double vapour = pressure / rt;
        for (int i = 0; i < 40; i++) {
            liquid = HaarGallagherKell.densityOfOriginal(temperature, pressure, liquid);
            vapour = Math.max(HaarGallagherKell.densityOfOriginal(temperature, pressure, vapour), 5e-7);
            double delta = HaarGallagherKell.reducedGibbs(temperature, liquid, pressure)
                    - HaarGallagherKell.reducedGibbs(temperature, vapour, pressure);
            pressure += delta * rt / (1 / vapour - 1 / liquid);
            if (Math.abs(delta) <= 1e-4) {
                break;
            }
        }
        return new Saturation(temperature, temperature, pressure, liquid, vapour);
    }

    /** Temperature and densities at a pressure (MPa) up to the critical one. */
    static Saturation atPressure(double pressure) {
        if (pressure >= CriticalRegion.LOWEST_PRESSURE) {
            var s = atTemperature(CriticalRegion.saturationTemperature(pressure));
            return new Saturation(s.temperature, s.temperature, pressure, s.liquidDensity, s.vapourDensity);
        }
        double l = Math.log(10 * pressure);
        double t = 372.83 + l * (27.7589 + l * (2.3819 + l * (0.24834 + 0.0193855 * l)));
        for (int i = 0; i < 40; i++) {
            double p = guess(t);
            double slope = (guess(t * (1 + 1e-6)) - guess(t * (1 - 1e-6))) / 2e-6;
            if (Math.abs(1 - p / pressure) < 1e-5) {
                break;
            }
            t *= 1 + (pressure - p) / slope;
        }
        double liquid = 1.11 - 0.0004 * t;
        double vapour = pressure / (HaarGallagherKell.GAS_CONSTANT * t);
        for (int i = 0; i < 40; i++) {
            double rt = HaarGallagherKell.GAS_CONSTANT * t;
            liquid = HaarGallagherKell.densityOfOriginal(t, pressure, liquid);
            vapour = HaarGallagherKell.densityOfOriginal(t, pressure, vapour);
            double delta = HaarGallagherKell.reducedGibbs(t, liquid, pressure)
                    - HaarGallagherKell.reducedGibbs(t, vapour, pressure);
            double dp = delta * rt / (1 / vapour - 1 / liquid);
            double slope = (guess(t * (1 + 1e-6)) - guess(t * (1 - 1e-6))) / 2e-6;
            double corrected = t * (1 - dp / slope);
            if (Math.abs(delta) <= 1e-4) {
                return new Saturation(corrected, t, pressure, liquid, vapour);
            }
            t = corrected;
        }
        return new Saturation(t, t, pressure, liquid, vapour);
    }

    /**
     * Approximate vapour pressure (MPa), good to better than a tenth of a percent: Haar, Gallagher and Kell (1984),
     * the correlation that starts their saturation iteration.
     */
    static double guess(double temperature) {
        if (temperature <= 314) {
            return 0.1 * Math.exp(6.3573118 - 8858.843 / temperature + 607.56335 * Math.pow(temperature, -0.6));
        }
        double v = temperature / 647.25f;
        double root = Math.sqrt(Math.abs(1 - v));
        double sum = 0;
        double power = root * root;
        for (float s : GUESS) {
            sum += s * power;
            power *= root;
        }
        return 22.093f * Math.exp(sum / v);
    }
}
