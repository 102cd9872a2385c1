package org.colonnade.geochemistry.supcrt.water;

/**
 * The range of the equation of state: -20 to 2250 °C, 0.001 to 30,000 bar, liquid side of the melting curves of ices I
 * and III-VI as straight lines (Haar, Gallagher and Kell 1984; Johnson, Oelkers and Helgeson 1992).
 */
final class Validity {

    private static final double HIGHEST_DENSITY = 1.38074666423687;
    private static final double TRIPLE_PRESSURE = 0.006117316772;

    private Validity() {}

    /** Temperature in °C, pressure in bar. */
    static boolean pressureAllowed(double t, double p) {
        if (!(t >= -20 && t <= 2250 && p >= 1e-3 && p <= 30000)) {
            return false;
        }
        if (p >= 2074.1) {
            return p <= 174.536875 * (t + 15) + 2074.1;
        }
        if (p >= TRIPLE_PRESSURE * 0.9999999) {
            return p >= -138.180804975563 * (t + 15) + 2074.1;
        }
        double kelvin = t + 273.1;
        double exponent = -2445.5646 / kelvin
                + 8.2312 * Math.log10(kelvin)
                - 0.01677006 * kelvin
                + 1.20514e-5 * kelvin * kelvin
                - 6.757169;
        return p <= 1.33322e-3 * Math.pow(10, exponent);
    }

    /** Temperature in °C, density in g/cm³. */
    static boolean densityAllowed(double t, double d) {
        if (!(t >= -20 && t <= 2250 && d > 0 && d <= HIGHEST_DENSITY)) {
            return false;
        }
        double critical = CriticalRegion.CRITICAL_TEMPERATURE - 273.15;
        if (t >= critical || (t >= 145 && d >= 0.99978)) {
            return d <= 1.38074666 - 1.68375439e-4 * (t - 145);
        }
        if (d <= 0.99978) {
            return t >= 0.01;
        }
        if (d <= 1.08755632) {
            return d >= 1.08755632 - 5.84797402e-3 * (t + 15);
        }
        return d <= 1.08755632 + 1.83244e-3 * (t + 15);
    }
}
