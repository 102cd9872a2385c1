package org.colonnade.geochemistry.supcrt;

import org.colonnade.geochemistry.supcrt.Species.Mineral;

/** Standard properties of one mineral over conditions: Holland and Powell (1998, 2011). */
final class MineralEquations {

    private static final double GAS_CONSTANT = 8.314;

    private MineralEquations() {}

    static void fill(Mineral m, Conditions at, Profile profile, PropertyColumns out) {
        thermal(m.gibbs(), m.enthalpy(), m.entropy(), m.heatCapacity(), at, out);
        compress(m, at, profile, out);
        switch (m.transition()) {
            case Transition.None none -> {}
            case Transition.Landau landau -> landau(landau, at, profile, out);
            case Transition.BraggWilliams order -> braggWilliams(order, at, profile, out);
        }
    }

    /** Integrals of the heat capacity from 298.15 K; minerals and gases alike. */
    static void thermal(
            double gibbs, double enthalpy, double entropy, HeatCapacity cp, Conditions at, PropertyColumns out) {
        double a = cp.a();
        double b = cp.b();
        double c = cp.c();
        double d = cp.d();
        var terms = at.solid;
        for (int i = 0; i < at.size(); i++) {
            double t = at.kelvin[i];
            double dt = terms.enthalpyA[i];
            double heat = a * dt + b * terms.enthalpyB[i] + c * terms.enthalpyC[i] + d * terms.enthalpyD[i];
            double disorder = a * terms.entropyA[i] + b * dt + c * terms.entropyC[i] + d * terms.entropyD[i];
            out.enthalpy[i] = enthalpy + heat;
            out.entropy[i] = entropy + disorder;
            out.gibbs[i] = gibbs - entropy * dt + heat - t * disorder;
            out.heatCapacity[i] = a + b * t + c * terms.inverseSquare[i] + d * terms.inverseRoot[i];
        }
    }

    /**
     * ∫V dP by the modified Tait equation with the thermal pressure of an Einstein solid, Holland and Powell (2011),
     * equations 3, 11, 12 and 13.
     */
    private static void compress(Mineral m, Conditions at, Profile profile, PropertyColumns out) {
        double v0 = m.volume();
        var k = m.compression();
        if (!k.compressible()) {
            for (int i = 0; i < at.size(); i++) {
                double work = v0 * (at.bar[i] - 1);
                out.volume[i] = v0;
                out.gibbs[i] += work;
                out.enthalpy[i] += work;
            }
            return;
        }
        double k0 = k.bulkModulus();
        double k1 = k.first();
        double k2 = k.second();
        double a = (1 + k1) / (1 + k1 + k0 * k2);
        double b = k1 / k0 - k2 / (1 + k1);
        double c = (1 + k1 + k0 * k2) / (k1 * (1 + k1) - k0 * k2);
        double theta = 10636 / (m.entropy() / k.atoms() + 6.44);
        double u0 = theta / Conditions.REFERENCE_TEMPERATURE;
        double e0 = Math.exp(u0);
        double xi0 = u0 * u0 * e0 / ((e0 - 1) * (e0 - 1));
        double scale = k.expansivity() * k0 / xi0;
        double occupied0 = 1 / (e0 - 1);
        for (int i = 0; i < at.size(); i++) {
            double t = at.kelvin[i];
            double p = at.bar[i] / 1000;
            double u = theta / t;
            double e = Math.exp(u);
            double thermal = scale * theta * (1 / (e - 1) - occupied0);
            double low = 1 - b * thermal;
            double high = 1 + b * (p - thermal);
            double lowPower = Math.pow(low, -c);
            double highPower = Math.pow(high, -c);
            double work = v0 * 1000 * (p * (1 - a) + a * (lowPower * low - highPower * high) / (b * (c - 1)));
            out.volume[i] = v0 * (1 - a * (1 - highPower));
            out.gibbs[i] += work;
            out.enthalpy[i] += work;
            if (profile == Profile.CONSISTENT) {
                double xi = u * u * e / ((e - 1) * (e - 1));
                double thermal1 = scale * xi;
                double thermal2 = scale * xi * (2 / u + 1 - 2 * e / (e - 1)) * (-u / t);
                double difference = lowPower - highPower;
                double work1 = v0 * 1000 * a * difference * thermal1;
                double work2 = v0
                        * 1000
                        * a
                        * (c * b * thermal1 * thermal1 * (lowPower / low - highPower / high) + difference * thermal2);
                out.entropy[i] -= work1;
                out.enthalpy[i] -= t * work1;
                out.heatCapacity[i] -= t * work2;
            }
        }
    }

    /** Holland and Powell (1998), page 312, with the excess properties counted from the state at 298.15 K. */
    private static void landau(Transition.Landau landau, Conditions at, Profile profile, PropertyColumns out) {
        double tc0 = landau.criticalTemperature();
        double smax = landau.entropy();
        double vmax = landau.volume();
        double q02 = Math.sqrt(1 - Conditions.REFERENCE_TEMPERATURE / tc0);
        double q06 = q02 * q02 * q02;
        boolean consistent = profile == Profile.CONSISTENT;
        for (int i = 0; i < at.size(); i++) {
            double t = at.kelvin[i];
            double p = at.bar[i];
            double tc = tc0 + p * vmax / smax;
            double q2 = t > tc ? 0 : Math.sqrt((tc - t) / tc0);
            double entropy = smax * (q02 - q2);
            double enthalpy = smax * (tc0 * (q02 - q06 / 3 + q2 * q2 * q2 / 3) - tc * q2) + vmax * q02 * p;
            out.entropy[i] += entropy;
            out.enthalpy[i] += enthalpy;
            out.gibbs[i] += enthalpy - t * entropy;
            if (t < tc) {
                out.heatCapacity[i] += smax * t / (2 * Math.sqrt(consistent ? tc0 : tc) * Math.sqrt(tc - t));
            }
            out.volume[i] += vmax * ((consistent ? q02 : 1) - q2);
        }
    }

    /** Holland and Powell (2011), pages 340-341; the order parameter minimises the Gibbs energy. */
    private static void braggWilliams(
            Transition.BraggWilliams bw, Conditions at, Profile profile, PropertyColumns out) {
        // The original adds this term in kJ to a sum in J, so that the disorder hardly shows in its heat capacities.
        double heatUnit = profile == Profile.CONSISTENT ? 1000 : 1;
        double n = bw.ratio();
        double sf = bw.factor();
        double r = GAS_CONSTANT / 1000;
        double weight = sf * n / (n + 1) * r;
        for (int i = 0; i < at.size(); i++) {
            double t = at.kelvin[i];
            double p = at.bar[i] / 1000;
            double h = bw.enthalpy() + p * bw.volume();
            double w = bw.interaction() + p * bw.interactionVolume();
            double q = order(n, weight * t, h, w);
            double x1 = (1 + n * q) / (n + 1);
            double x2 = (1 - q) / (n + 1);
            double s1 = n * (1 - q) / (n + 1);
            double s2 = (n + q) / (n + 1);
            double enthalpy = 1000 * (h + q * (w - h) - q * q * w);
            double entropy = -GAS_CONSTANT
                    * sf
                    * (x1 * Math.log(x1) + n * x2 * Math.log(x2) + s1 * Math.log(s1) + n * s2 * Math.log(s2));
            double logs = logs(n, q);
            double slope = weight * t * (-2 / (1 - q) - n / (1 + n * q) - 1 / (n + q)) + 2 * w;
            double qByT = -weight * logs / slope;
            double qByP = -(bw.interactionVolume() * (2 * q - 1) + bw.volume()) / slope;
            double hByP = bw.volume()
                    + qByP * (w - h)
                    + q * (bw.interactionVolume() - bw.volume())
                    - 2 * q * w * qByP
                    - bw.interactionVolume() * q * q;
            double sByP = -n / (n + 1) * r * sf * (Math.log(x1) - Math.log(x2) - Math.log(s1) + Math.log(s2)) * qByP;
            out.enthalpy[i] += enthalpy;
            out.entropy[i] += entropy;
            out.gibbs[i] += enthalpy - t * entropy;
            out.heatCapacity[i] += heatUnit * (w - h - 2 * q * w) * qByT;
            out.volume[i] += hByP - t * sByP;
        }
    }

    private static double logs(double n, double q) {
        return Math.log(n * (1 - q) * (1 - q) / ((1 + n * q) * (n + q)));
    }

    /**
     * The order parameter between 0 and 1 at which the derivative of the Gibbs energy vanishes: halving until the
     * bracket holds one root, the one that the original's bisection finds, then Newton's method inside the bracket.
     */
    private static double order(double n, double weight, double h, double w) {
        double low = 0;
        double high = 1;
        double q = 0.5;
        for (int step = 0; step < 100; step++) {
            double f = weight * logs(n, q) + w * (2 * q - 1) + h;
            if (f > 0) {
                low = q;
            } else {
                high = q;
            }
            double next = (low + high) / 2;
            if (step >= 8) {
                double slope = weight * (-2 / (1 - q) - n / (1 + n * q) - 1 / (n + q)) + 2 * w;
                double newton = q - f / slope;
                if (newton > low && newton < high) {
                    next = newton;
                }
            }
            if (Math.abs(f) < 1e-14 || next == q) {
                break;
            }
            q = next;
        }
        return q;
    }
}
