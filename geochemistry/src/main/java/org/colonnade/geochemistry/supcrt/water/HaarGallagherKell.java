package org.colonnade.geochemistry.supcrt.water;

/**
 * The Helmholtz function of water by Haar, Gallagher and Kell, NBS/NRC Steam Tables (1984), and everything that follows
 * from its derivatives in temperature (K) and density (g/cm³). Pressure is in MPa, energies in J/g.
 *
 * <p>A = A_base + A_residual + A_ideal (their equation 1 and appendix A). Derivatives are analytic up to the second
 * derivatives of pressure, which the temperature derivative of the thermal expansion needs.
 */
final class HaarGallagherKell {

    /** Specific gas constant of water, J/(g K) (table A.1). */
    static final double GAS_CONSTANT = 0.461522;

    private static final double T0 = 647.073;
    private static final double ATMOSPHERE = 0.101325;

    /** Shift of the internal energy to the reference state of the tables, in units of the gas constant, K. */
    private static final double ENERGY_REFERENCE = -4328.455039;

    /** Shift of the entropy in units of the gas constant. */
    private static final double ENTROPY_REFERENCE = 7.6180802;

    private HaarGallagherKell() {}

    /** Pressure (MPa) at a temperature and a density. */
    static double pressure(double temperature, double density) {
        return new Derivatives(temperature).at(density, false).pressure;
    }

    /** All properties at a temperature (K) and a density (g/cm³). */
    static FluidState state(double temperature, double density) {
        return new Derivatives(temperature).at(density, true).state();
    }

    /**
     * Density (g/cm³) at a temperature and a pressure (MPa), by the damped Newton iteration of the steam tables from
     * the start given, then undamped to full precision.
     */
    static double density(double temperature, double pressure, double start) {
        var derivatives = new Derivatives(temperature);
        double density = start;
        for (int step = 0; step < 60; step++) {
            density = Math.clamp(density, 1e-9, 1.9);
            density = leaveTheUnstable(derivatives, density, start);
            double miss = pressure - derivatives.pressure;
            double relative = Math.abs(miss / pressure);
            boolean near = relative < 1e-3;
            double slope = near && derivatives.pressureByDensity > 0
                    ? derivatives.pressureByDensity
                    : Math.max(1.1 * derivatives.pressureByDensity, 0.1);
            double change = Math.clamp(miss / slope, -0.1, 0.1);
            if (Math.abs(change) <= 1e-15 * density || relative < 1e-13) {
                return density;
            }
            if (density + change <= 0) {
                change = -0.5 * density;
            }
            density += change;
            if (near && relative < 1e-8) {
                return density;
            }
        }
        return density;
    }

    /** The derivatives at a density, or at the next one towards the side of the start at which pressure rises with density. */
    private static double leaveTheUnstable(Derivatives derivatives, double density, double start) {
        double stable = density;
        derivatives.at(stable, false);
        for (int step = 0; step < 10 && derivatives.pressureByDensity <= 0; step++) {
            stable *= start >= 0.2967 ? 1.02 : 0.98;
            derivatives.at(stable, false);
        }
        return stable;
    }

    /**
     * Density (g/cm³) by the iteration of the steam tables as it stands, which stops at a relative error of pressure
     * of 1e-8, 1e-7 from starts above 0.3 and 1e-6 from starts above 0.7. Along the saturation line near 350 °C that
     * rest shows in the sixth digit of apparent enthalpies, so published saturation tables follow from it only.
     */
    static double densityOfOriginal(double temperature, double pressure, double start) {
        var derivatives = new Derivatives(temperature);
        double tolerance = start > 0.7 ? 1e-6 : start > 0.3 ? 1e-7 : 1e-8;
        double density = start;
        for (int step = 0; step < 30; step++) {
            density = Math.clamp(density, 1e-8, 1.9);
            density = leaveTheUnstable(derivatives, density, start);
            double miss = pressure - derivatives.pressure;
            if (Math.abs(miss / pressure) < tolerance) {
                return density;
            }
            density += Math.clamp(miss / Math.max(1.1 * derivatives.pressureByDensity, 0.1), -0.1, 0.1);
        }
        return density;
    }

    /** Gibbs energy over RT at a state whose pressure (MPa) is given; used to balance liquid and vapour. */
    static double reducedGibbs(double temperature, double density, double pressure) {
        var d = new Derivatives(temperature).at(density, true);
        return (d.energy - temperature * d.entropy + pressure / density) / (GAS_CONSTANT * temperature);
    }

    /** Working values at one temperature, refilled for each density tried. */
    private static final class Derivatives {
        final double t;
        final double b;
        final double b1;
        final double b2;
        final double bv;
        final double bv1;
        final double bv2;
        final double[] powers = new double[ResidualTerms.EXPONENTS.length];

        double density;
        double pressure;
        double pressureByDensity;
        double pressureByTemperature;
        double pressureByDensity2;
        double pressureByBoth;
        double pressureByTemperature2;
        double energy;
        double entropy;
        double heatCapacity;

        Derivatives(double temperature) {
            t = temperature;
            double v = T0 / t;
            double v2 = v * v;
            double v3 = v2 * v;
            double v4 = v2 * v2;
            double v5 = v4 * v;
            // Molecular parameters, appendix A, equations A.3 and A.4, with their derivatives in T.
            b = 0.7478629 + 0.3540782 * Math.log(v) + 0.007159876 * v3 - 0.003528426 * v5;
            b1 = (-0.3540782 - 3 * 0.007159876 * v3 + 5 * 0.003528426 * v5) / t;
            b2 = (0.3540782 + 12 * 0.007159876 * v3 - 30 * 0.003528426 * v5) / (t * t);
            bv = 1.1278334 - 0.5944001 * v - 5.010996 * v2 + 0.63684256 * v4;
            bv1 = (0.5944001 * v + 2 * 5.010996 * v2 - 4 * 0.63684256 * v4) / t;
            bv2 = (-2 * 0.5944001 * v - 6 * 5.010996 * v2 + 20 * 0.63684256 * v4) / (t * t);
            powers[0] = 1;
            powers[1] = v;
            powers[2] = v2;
            powers[3] = v3;
            powers[4] = v4;
            powers[5] = v4 * v2;
        }

        Derivatives at(double d, boolean complete) {
            density = d;
            pressure = 0;
            pressureByDensity = 0;
            pressureByTemperature = 0;
            pressureByDensity2 = 0;
            pressureByBoth = 0;
            pressureByTemperature2 = 0;
            energy = 0;
            entropy = 0;
            heatCapacity = 0;
            base(d, complete);
            ResidualTerms.near(this, complete);
            ResidualTerms.far(this, complete);
            if (complete) {
                ideal();
            }
            return this;
        }

        /** Base function, equations A.2: hard spheres with the attractive second virial coefficient. */
        private void base(double d, boolean complete) {
            double rg = GAS_CONSTANT;
            double y = b * d / 4;
            double w = 1 / (1 - y);
            double w3 = w * w * w;
            double numerator = 1 + 11 * y + 44.333333333333 * y * y;
            double numerator1 = 11 + 88.666666666666 * y;
            double numerator2 = 88.666666666666;
            // f = Z_base - D Bv, a function of y alone.
            double f = numerator * w3 - 14 * y;
            double f1 = numerator1 * w3 + 3 * numerator * w3 * w - 14;
            double yd = b / 4;
            double z = f + d * bv;
            double zd = f1 * yd + bv;
            pressure += rg * t * d * z;
            pressureByDensity += rg * t * (z + d * zd);
            if (!complete) {
                return;
            }
            double f2 = numerator2 * w3 + 6 * numerator1 * w3 * w + 12 * numerator * w3 * w * w;
            double yt = b1 * d / 4;
            double ytt = b2 * d / 4;
            double ytd = b1 / 4;
            double zt = f1 * yt + d * bv1;
            double zdd = f2 * yd * yd;
            double ztd = f2 * yt * yd + f1 * ytd + bv1;
            double ztt = f2 * yt * yt + f1 * ytt + d * bv2;
            pressureByTemperature += rg * d * (z + t * zt);
            pressureByDensity2 += rg * t * (2 * zd + d * zdd);
            pressureByBoth += rg * (z + d * zd + t * (zt + d * ztd));
            pressureByTemperature2 += rg * d * (2 * zt + t * ztt);
            double helmholtz = -Math.log(1 - y)
                    - 43.333333333333 * w
                    + 28.16666667 * w * w
                    + d * bv
                    - 14 * y
                    + 15.166666667
                    + Math.log(d * t * rg / ATMOSPHERE);
            double ratio = b1 / b;
            double bracket = ratio * (f - 1) + d * bv1;
            double bracketByTemperature = (b2 / b - ratio * ratio) * (f - 1) + ratio * f1 * yt + d * bv2;
            energy += -rg * t * t * bracket;
            entropy += -rg * (t * bracket + helmholtz);
            heatCapacity += -rg * t * (2 * bracket + t * bracketByTemperature);
        }

        /** Ideal-gas function, equation A.6 (Woolley 1980). */
        private void ideal() {
            double x = t / 100;
            double log = Math.log(x);
            double[] c = IDEAL;
            double gibbs = -(c[0] / x + c[1]) * log;
            double enthalpy = c[1] + c[0] * (1 - log) / x;
            double slope = c[0] * (log - 2) / (x * x);
            double power = 1 / (x * x * x);
            for (int i = 3; i <= 18; i++) {
                int k = i - 6;
                double term = c[i - 1] * power;
                gibbs -= term;
                enthalpy += k * term;
                slope += (double) k * k * term / x;
                power *= x;
            }
            energy += GAS_CONSTANT * t * (enthalpy - 1) - GAS_CONSTANT * ENERGY_REFERENCE;
            entropy += GAS_CONSTANT * (enthalpy - gibbs) - ENTROPY_REFERENCE * GAS_CONSTANT;
            heatCapacity += GAS_CONSTANT * (enthalpy - 1 + x * slope);
        }

        FluidState state() {
            double d = density;
            double expansivity = pressureByTemperature / (d * pressureByDensity);
            double byTemperature = pressureByTemperature2 / (d * pressureByDensity)
                    - pressureByTemperature * pressureByBoth / (d * pressureByDensity * pressureByDensity);
            double byDensity = pressureByBoth / (d * pressureByDensity)
                    - pressureByTemperature / (d * d * pressureByDensity)
                    - pressureByTemperature * pressureByDensity2 / (d * pressureByDensity * pressureByDensity);
            return new FluidState(
                    t,
                    pressure,
                    d,
                    energy + pressure / d,
                    entropy,
                    heatCapacity,
                    heatCapacity + t * pressureByTemperature * pressureByTemperature / (d * d * pressureByDensity),
                    expansivity,
                    1 / (d * pressureByDensity),
                    byTemperature - byDensity * d * expansivity);
        }
    }

    /** Residual function, equation A.5: 36 terms over the whole surface and four that act only in small regions. */
    private static final class ResidualTerms {
        /** Exponents L of T0/T that occur. */
        static final int[] EXPONENTS = {0, 1, 2, 3, 4, 6};

        /** COEFFICIENTS[l][k-1]: g of the term with the l-th exponent and the power k of (1 - exp(-D)). */
        private static final double[][] COEFFICIENTS = coefficients();

        private ResidualTerms() {}

        private static double[][] coefficients() {
            double[] g = {
                -530.62968529023,
                2274.4901424408,
                787.79333020687,
                -69.830527374994,
                17863.832875422,
                -39514.731563338,
                33803.884280753,
                -13855.050202703,
                -256374.36613260,
                482125.75981415,
                -341830.16969660,
                122231.56417448,
                1179743.3655832,
                -2173481.0110373,
                1082995.2168620,
                -254419.98064049,
                -3137777.4947767,
                5291191.0757704,
                -1380257.7177877,
                -251099.14369001,
                4656182.6115608,
                -7275277.3275387,
                417742.46148294,
                1401635.8244614,
                -3155523.1392127,
                4792966.6384584,
                409126.64781209,
                -1362636.9388386,
                696252.20862664,
                -1083490.0096447,
                -227228.27401688,
                383654.86000660
            };
            int[] column = {1, 2, 4, 5};
            int[] power = {1, 2, 3, 4, 5, 6, 7, 9};
            var table = new double[EXPONENTS.length][9];
            for (int i = 0; i < g.length; i++) {
                table[column[i % 4]][power[i / 4] - 1] = g[i];
            }
            table[0][2] = 6883.3257944332;
            table[3][2] = 21757.245522644;
            table[3][0] = -2662.7944829770;
            table[3][4] = -70730.418082074;
            return table;
        }

        static void near(Derivatives s, boolean complete) {
            double d = s.density;
            double t = s.t;
            double q = -Math.expm1(-d);
            double e = 1 - q;
            double f = d * d * e;
            double fd = (2 * d - d * d) * e;
            double fdd = (2 - 4 * d + d * d) * e;
            for (int l = 0; l < EXPONENTS.length; l++) {
                double[] g = COEFFICIENTS[l];
                double p = 0;
                double p1 = 0;
                double p2 = 0;
                double integral = 0;
                for (int k = 8; k >= 0; k--) {
                    p2 = p2 * q + 2 * p1;
                    p1 = p1 * q + p;
                    p = p * q + g[k];
                    if (complete) {
                        integral = integral * q + g[k] / (k + 1);
                    }
                }
                int exponent = EXPONENTS[l];
                double v = s.powers[l];
                double pd = p1 * e;
                double value = v * f * p;
                double slope = v * (fd * p + f * pd);
                s.pressure += value;
                s.pressureByDensity += slope;
                if (complete) {
                    double pdd = p2 * e * e - p1 * e;
                    s.pressureByDensity2 += v * (fdd * p + 2 * fd * pd + f * pdd);
                    s.pressureByTemperature -= exponent * value / t;
                    s.pressureByBoth -= exponent * slope / t;
                    s.pressureByTemperature2 += exponent * (exponent + 1) * value / (t * t);
                    double helmholtz = v * integral * q;
                    s.energy += (1 + exponent) * helmholtz;
                    s.entropy += exponent * helmholtz / t;
                    s.heatCapacity -= (1.0 + exponent) * exponent * helmholtz / t;
                }
            }
        }

        private static final double[] FAR_G = {-0.225, -1.68, 0.055, -93.0};
        private static final int[] FAR_K = {2, 2, 2, 4};
        private static final int[] FAR_L = {0, 2, 0, 0};
        private static final double[] FAR_DENSITY = {0.319, 0.319, 0.319, 1.55};
        private static final double[] FAR_TEMPERATURE = {640, 640, 641.6, 270};
        private static final double[] FAR_ALPHA = {34, 40, 30, 1050};
        private static final double[] FAR_BETA = {20000, 20000, 40000, 25};

        static void far(Derivatives s, boolean complete) {
            double density = s.density;
            for (int i = 0; i < 4; i++) {
                double scale = FAR_DENSITY[i];
                double d = density / scale - 1;
                if (Math.abs(d) < 1e-10) {
                    d = 1e-10;
                }
                double tau = s.t / FAR_TEMPERATURE[i] - 1;
                int k = FAR_K[i];
                int l = FAR_L[i];
                double ka = FAR_ALPHA[i];
                double kb = FAR_BETA[i];
                double dk = k == 2 ? d * d : d * d * d * d;
                double exponent = -ka * dk - kb * tau * tau;
                if (exponent <= -673.5) {
                    continue;
                }
                double value = FAR_G[i] * Math.exp(exponent) * (l == 2 ? d * d : 1);
                double u = l / d - ka * k * dk / d;
                double u1 = -l / (d * d) - ka * k * (k - 1) * dk / (d * d);
                double first = value * u / scale;
                double second = value * (u * u + u1) / (scale * scale);
                double pressure = density * density * first;
                double slope = 2 * density * first + density * density * second;
                s.pressure += pressure;
                s.pressureByDensity += slope;
                if (complete) {
                    double u2 = 2 * l / (d * d * d) - ka * k * (k - 1) * (k - 2) * dk / (d * d * d);
                    double third = value * (u * u * u + 3 * u * u1 + u2) / (scale * scale * scale);
                    double w = -2 * kb * tau / FAR_TEMPERATURE[i];
                    double w1 = -2 * kb / (FAR_TEMPERATURE[i] * FAR_TEMPERATURE[i]);
                    s.pressureByDensity2 += 2 * first + 4 * density * second + density * density * third;
                    s.pressureByTemperature += w * pressure;
                    s.pressureByBoth += w * slope;
                    s.pressureByTemperature2 += (w * w + w1) * pressure;
                    s.entropy -= w * value;
                    s.energy += value - s.t * w * value;
                    s.heatCapacity -= s.t * (w * w + w1) * value;
                }
            }
        }
    }

    /** c1 to c18 of the ideal-gas function. */
    private static final double[] IDEAL = {
        19.730271018,
        20.9662681977,
        -0.483429455355,
        6.05743189245,
        22.56023885,
        -9.87532442,
        -4.3135538513,
        0.458155781,
        -0.047754901883,
        0.0041238460633,
        -0.00027929052852,
        1.4481695261e-5,
        -5.6473658748e-7,
        1.6200446e-8,
        -3.303822796e-10,
        4.51916067368e-12,
        -3.70734122708e-14,
        1.37546068238e-16
    };
}
