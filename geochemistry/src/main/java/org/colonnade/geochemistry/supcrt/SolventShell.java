package org.colonnade.geochemistry.supcrt;

import org.colonnade.geochemistry.supcrt.water.WaterModel;
import org.colonnade.geochemistry.supcrt.water.WaterState;

/**
 * The g function of Shock et al., Journal of the Chemical Society, Faraday Transactions 88 (1992) 803-826, equations
 * 24-33: how the effective radius of an ion changes as water expands, with its derivatives.
 */
final class SolventShell {

    private SolventShell() {}

    /** Fills g (Å), ∂g/∂P (Å/bar), ∂g/∂T (Å/K) and ∂²g/∂T² (Å/K²). */
    static void of(WaterState water, double[] out) {
        double t = water.temperature() - WaterModel.ZERO_CELSIUS;
        double d = water.density();
        double p = water.pressure();
        out[0] = 0;
        out[1] = 0;
        out[2] = 0;
        out[3] = 0;
        if (!(d < 1) || t > 1000 + 1e-6 || p > 5000 + 1e-6) {
            return;
        }
        double alpha = water.expansivity();
        double dT = -d * alpha;
        double dP = d * water.compressibility();
        double dTt = -d * (water.expansivitySlope() - alpha * alpha);
        // Equations 25-27: ag and bg with the constants of their table 3.
        double ag = -2.037662 + 5.747e-3 * t - 6.557892e-6 * t * t;
        double ag1 = 5.747e-3 - 2 * 6.557892e-6 * t;
        double ag2 = -2 * 6.557892e-6;
        double bg = 6.107361 - 1.074377e-2 * t + 1.268348e-5 * t * t;
        double bg1 = -1.074377e-2 + 2 * 1.268348e-5 * t;
        double bg2 = 2 * 1.268348e-5;
        double x = 1 - d;
        double log = Math.log(x);
        double f = Math.exp(bg * log);
        double u = bg1 * log - bg * dT / x;
        double fT = f * u;
        double fTt = f * (u * u + bg2 * log - 2 * bg1 * dT / x - bg * dTt / x - bg * dT * dT / (x * x));
        out[0] = ag * f;
        out[1] = -ag * bg * f / x * dP;
        out[2] = ag * fT + f * ag1;
        out[3] = ag * fTt + 2 * ag1 * fT + f * ag2;
        if (t >= 155 && t <= 355 && p <= 1000) {
            // Equations 32 and 33: the correction at low pressure.
            double s = (t - 155) / 300;
            double s48 = Math.pow(s, 4.8);
            double s16 = Math.pow(s, 16);
            double c = 36.66666;
            double ft = s48 + c * s16;
            double ft1 = s > 0 ? (4.8 * s48 + 16 * c * s16) / s / 300 : 0;
            double ft2 = s > 0 ? (4.8 * 3.8 * s48 + 240 * c * s16) / (s * s) / 90000 : 0;
            double q = 1000 - p;
            double fp = q * q * q * (-1.504956e-10 + 5.017997e-14 * q);
            double fp1 = -q * q * (-3 * 1.504956e-10 + 4 * 5.017997e-14 * q);
            out[0] -= ft * fp;
            out[1] -= ft * fp1;
            out[2] -= fp * ft1;
            out[3] -= fp * ft2;
        }
    }
}
