package org.colonnade.geochemistry.co2;

/**
 * The fugacity coefficient of pure CO2 without iteration: Duan, Sun, Zhu and Chou (2006), Marine Chemistry 98:131-139,
 * Eq. 2 and Table 1. Six regions of T and P have their own constants; at their limits the formula has steps of up to
 * about 1 %.
 */
final class FugacityCoefficient {

    /** The limits as the online calculator has them; the paper's are 340 K and 435 K. */
    static final double FIRST_TEMPERATURE_LIMIT = 340.1f;

    static final double SECOND_TEMPERATURE_LIMIT = 435.1f;

    /** The paper's is 1000 bar. */
    static final double PRESSURE_LIMIT = 1001;

    /** c1 to c15 of the regions 1 to 6: the single-precision numbers of the online calculator, widened. */
    private static final double[][] TABLE = {
        {
            1.0f, 4.7586835e-3f, -3.3569963e-6f, 0, -1.3179396f, -3.8389103e-6f, 0, 2.2815105e-3f, 0, 0, 0, 0, 0, 0, 0,
        },
        {
            -0.7173488f,
            1.598538e-4f,
            -4.9286473e-7f,
            0,
            0,
            -2.7855285e-7f,
            1.1877015e-9f,
            0,
            0,
            0,
            0,
            -96.53951f,
            0.44774938f,
            101.81078f,
            5.378388e-6f,
        },
        {
            -0.06512902f,
            -2.1429977e-4f,
            -1.144493e-6f,
            0,
            0,
            -1.1558081e-7f,
            1.195237e-9f,
            0,
            0,
            0,
            0,
            -221.34306f,
            0,
            71.8204f,
            6.6089247e-6f,
        },
        {
            5.0383897f,
            -4.4257743e-3f,
            0,
            1.9572732f,
            0,
            2.4223436e-6f,
            0,
            -9.3796133e-4f,
            -1.502603f,
            3.027224e-3f,
            -31.377342f,
            -12.847063f,
            0,
            0,
            -1.5056648e-5f,
        },
        {
            -16.063152f,
            -2.705799e-3f,
            0,
            0.14119239f,
            0,
            8.1132964e-7f,
            0,
            -1.1453082e-4f,
            2.3895671f,
            5.0527457e-4f,
            -17.76346f,
            985.9223f,
            0,
            0,
            -5.4965255e-7f,
        },
        {
            -0.1569349f,
            4.4621408e-4f,
            -9.108059e-7f,
            0,
            0,
            1.0647399e-7f,
            2.4273358e-10f,
            0,
            0.35874254f,
            6.331971e-5f,
            -249.8966f,
            0,
            0,
            888.768f,
            -6.6348e-7f,
        },
    };

    private FugacityCoefficient() {}

    /** The region, 1 to 6, whose constants apply at T (K) and P (bar): Table 1 of the paper, limits as above. */
    static int region(double t, double p) {
        if (p <= firstPressure(t)) {
            return 1;
        }
        if (t <= FIRST_TEMPERATURE_LIMIT) {
            return p <= PRESSURE_LIMIT ? 2 : 3;
        }
        if (t <= SECOND_TEMPERATURE_LIMIT) {
            return p <= PRESSURE_LIMIT ? 4 : 5;
        }
        return 6;
    }

    /**
     * The upper pressure of region 1 in bar: up to 305 K a fit of the vapour pressure of CO2, then a line, then 200 bar.
     */
    static double firstPressure(double t) {
        if (t <= 305) {
            return Math.exp(9.86986f - 1809.8851f / t + 4.1056444e-6 * t * t);
        }
        return t <= 405 ? 75 + 1.25 * (t - 305) : 200;
    }

    /** Eq. 2 of the paper with the constants of a region; P &gt; 0. */
    static double at(double t, double p, int region) {
        double[] c = TABLE[region - 1];
        double phi = c[0]
                + (c[1] + c[2] * t + c[3] / t + c[4] / (t - 150)) * p
                + (c[5] + c[6] * t + c[7] / t) * p * p
                + (c[11] + c[12] * t) / p
                + c[13] / t
                + c[14] * t * t;
        return c[8] == 0 ? phi : phi + (c[8] + c[9] * t + c[10] / t) * Math.log(p);
    }
}
