package org.colonnade.geochemistry.supcrt.water;

/**
 * Static dielectric constant of water by Johnson and Norton, American Journal of Science 291 (1991) 541-648, equation
 * 22 with the coefficients of their table 5, and the Born functions Q, Y and X of Helgeson and Kirkham (1974).
 *
 * @param permittivity ε, dimensionless
 * @param q (1/ε²)(∂ε/∂P), 1/bar
 * @param y (1/ε²)(∂ε/∂T), 1/K
 * @param x (1/ε²)(∂²ε/∂T²) - 2 ε Y², 1/K²
 */
record Dielectric(double permittivity, double q, double y, double x) {

    private static final double[] A = {
        14.70333593,
        212.8462733,
        -115.4445173,
        19.55210915,
        -83.30347980,
        32.13240048,
        -6.694098645,
        -37.86202045,
        68.87359646,
        -27.29401652
    };

    /**
     * @param temperature K
     * @param density g/cm³
     * @param alpha thermal expansion, 1/K
     * @param beta compressibility, 1/bar
     * @param alphaSlope (∂α/∂T)P, 1/K²
     */
    static Dielectric of(double temperature, double density, double alpha, double beta, double alphaSlope) {
        double tr = 298.15;
        double n = temperature / tr;
        double n2 = n * n;
        double k1 = A[0] / n;
        double k1t = -A[0] / n2 / tr;
        double k1tt = 2 * A[0] / (n2 * n) / (tr * tr);
        double k2 = A[1] / n + A[2] + A[3] * n;
        double k2t = (-A[1] / n2 + A[3]) / tr;
        double k2tt = 2 * A[1] / (n2 * n) / (tr * tr);
        double k3 = A[4] / n + A[5] * n + A[6] * n2;
        double k3t = (-A[4] / n2 + A[5] + 2 * A[6] * n) / tr;
        double k3tt = (2 * A[4] / (n2 * n) + 2 * A[6]) / (tr * tr);
        double k4 = A[7] / n2 + A[8] / n + A[9];
        double k4t = (-2 * A[7] / (n2 * n) - A[8] / n2) / tr;
        double k4tt = (6 * A[7] / (n2 * n2) + 2 * A[8] / (n2 * n)) / (tr * tr);
        double d1 = density;
        double d2 = d1 * d1;
        double d3 = d2 * d1;
        double d4 = d2 * d2;
        double eps = 1 + k1 * d1 + k2 * d2 + k3 * d3 + k4 * d4;
        double epsP = beta * (k1 * d1 + 2 * k2 * d2 + 3 * k3 * d3 + 4 * k4 * d4);
        double epsT = d1 * (k1t - alpha * k1)
                + d2 * (k2t - 2 * alpha * k2)
                + d3 * (k3t - 3 * alpha * k3)
                + d4 * (k4t - 4 * alpha * k4);
        double epsTt = d1 * second(1, k1, k1t, k1tt, alpha, alphaSlope)
                + d2 * second(2, k2, k2t, k2tt, alpha, alphaSlope)
                + d3 * second(3, k3, k3t, k3tt, alpha, alphaSlope)
                + d4 * second(4, k4, k4t, k4tt, alpha, alphaSlope);
        double y = epsT / (eps * eps);
        return new Dielectric(eps, epsP / (eps * eps), y, epsTt / (eps * eps) - 2 * eps * y * y);
    }

    private static double second(int power, double k, double kt, double ktt, double alpha, double alphaSlope) {
        return ktt - power * (alpha * kt + k * alphaSlope) - power * alpha * (kt - power * alpha * k);
    }
}
