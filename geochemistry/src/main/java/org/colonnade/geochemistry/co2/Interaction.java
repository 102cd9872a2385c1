package org.colonnade.geochemistry.co2;

/**
 * The function of temperature and pressure by which the model gives the chemical potential of dissolved CO2 and its
 * interaction with ions: Duan and Sun (2003), Chemical Geology 193:257-271, Eq. 7:
 *
 * <p>{@code Par = c1 + c2 T + c3/T + c4 T² + c5/(630-T) + c6 P + c7 P ln T + c8 P/T + c9 P/(630-T) + c10 P²/(630-T)² + c11
 * T ln P}, T in K, P in bar.
 */
final class Interaction {

    private final double[] c;

    /** @param coefficients c1 to c11 */
    Interaction(double... coefficients) {
        if (coefficients.length != 11) {
            throw new IllegalArgumentException("Eleven coefficients, not " + coefficients.length);
        }
        this.c = coefficients;
    }

    double at(double t, double p) {
        double gap = 630 - t;
        double par = c[0]
                + c[1] * t
                + c[2] / t
                + c[3] * t * t
                + c[4] / gap
                + c[5] * p
                + c[6] * p * Math.log(t)
                + c[7] * p / t
                + c[8] * p / gap
                + c[9] * p * p / (gap * gap);
        return c[10] == 0 ? par : par + c[10] * t * Math.log(p);
    }
}
