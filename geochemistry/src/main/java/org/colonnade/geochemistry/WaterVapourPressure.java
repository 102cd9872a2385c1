package org.colonnade.geochemistry;

/**
 * The vapour pressure of pure water by Duan and Sun (2003), Chemical Geology 193:257-271, Eq. B1.
 *
 * <p>The constants are single-precision numbers widened to double. That matters: the terms nearly cancel at low
 * temperature, and with decimal constants the pressure at 273 K would differ by 0.3 %.
 */
public final class WaterVapourPressure {

    private static final double CRITICAL_TEMPERATURE = 647.29f;
    private static final double CRITICAL_PRESSURE = 220.85f;

    private WaterVapourPressure() {}

    /**
     * {@code Pc (T/Tc) [1 + d1 (-t)^1.9 + d2 t + d3 t² + d4 t³ + d5 t⁴]}, {@code t = (T - Tc)/Tc}.
     *
     * @param kelvin 273 to 647.29 K
     * @return bar
     */
    public static double bar(double kelvin) {
        double t = (kelvin - CRITICAL_TEMPERATURE) / CRITICAL_TEMPERATURE;
        double series = 1
                - 38.640842f * Math.pow(-t, 1.9f)
                + t * (5.894842f + t * (59.876514f + t * (26.654627f + t * 10.637097f)));
        return CRITICAL_PRESSURE * (kelvin / CRITICAL_TEMPERATURE) * series;
    }
}
