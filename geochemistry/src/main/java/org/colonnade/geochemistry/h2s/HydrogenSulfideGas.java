package org.colonnade.geochemistry.h2s;

/**
 * The equation of state of H2S in the form of Duan, Møller and Weare, with the constants of Duan, Sun, Liu and Zhu
 * (2007), Energy &amp; Fuels 21:2056-2065, Appendix: {@code Tr = T/373.6 K}, {@code Pr = P/90.08 bar}.
 */
final class HydrogenSulfideGas {

    private static final double CRITICAL_TEMPERATURE = 373.6;
    private static final double CRITICAL_PRESSURE = 90.08;
    private static final double A13 = 5.7582260e-2;
    private static final double A14 = 1.00;
    private static final double A15 = 0.06;

    private static final double SMALLEST_VOLUME = 0.05;
    private static final double RATIO = 1.02;

    private final double tr;
    private final double pr;
    private final double b;
    private final double c;
    private final double d;
    private final double e;
    private final double f;

    private HydrogenSulfideGas(double t, double p) {
        tr = t / CRITICAL_TEMPERATURE;
        pr = p / CRITICAL_PRESSURE;
        b = term(5.2386075e-2, -2.7463906e-1, -9.6760173e-2);
        c = term(1.3618104e-2, -8.8681753e-2, 4.1176908e-2);
        d = term(3.6354018e-4, 2.2719194e-3, -7.6962514e-4);
        e = term(-2.1948579e-5, -1.1707631e-4, 4.0756926e-5);
        f = A13 / (tr * tr * tr);
    }

    /**
     * Below the critical temperature the equation may have several roots; the stable one has the smallest fugacity.
     *
     * @param t K
     * @param p bar, more than 0
     */
    static double fugacityCoefficient(double t, double p) {
        var gas = new HydrogenSulfideGas(t, p);
        double largest = 1.5 * gas.tr / gas.pr + 1;
        double best = Double.POSITIVE_INFINITY;
        double v = SMALLEST_VOLUME;
        double above = gas.excess(v);
        while (v < largest) {
            double next = v * RATIO;
            double below = gas.excess(next);
            if (above * below <= 0) {
                best = Math.min(best, gas.lnPhi(gas.root(v, next, above)));
            }
            v = next;
            above = below;
        }
        return Math.exp(best);
    }

    private double term(double constant, double second, double third) {
        return constant + second / (tr * tr) + third / (tr * tr * tr);
    }

    /** The compressibility of the equation minus {@code Pr Vr/Tr}: zero at a root. */
    private double excess(double v) {
        return compressibility(v) - pr * v / tr;
    }

    private double compressibility(double v) {
        double v2 = v * v;
        return 1 + b / v + c / v2 + d / (v2 * v2) + e / (v2 * v2 * v) + f / v2 * (A14 + A15 / v2) * Math.exp(-A15 / v2);
    }

    private double lnPhi(double v) {
        double z = compressibility(v);
        double v2 = v * v;
        return z
                - 1
                - Math.log(z)
                + b / v
                + c / (2 * v2)
                + d / (4 * v2 * v2)
                + e / (5 * v2 * v2 * v)
                + f / (2 * A15) * (A14 + 1 - (A14 + 1 + A15 / v2) * Math.exp(-A15 / v2));
    }

    /** Bisection to the last bit: always ends, and always at the same number. */
    private double root(double from, double to, double atFrom) {
        double low = from;
        double high = to;
        while (true) {
            double middle = 0.5 * (low + high);
            if (middle <= low || middle >= high) {
                return middle;
            }
            if (excess(middle) * atFrom > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
    }
}
