package org.colonnade.geochemistry.supcrt.water;

/**
 * The revised and extended scaled equation of state for water near its critical point: Levelt Sengers, Kamgar-Parsi,
 * Balfour and Sengers, Journal of Physical and Chemical Reference Data 12 (1983) 1-28. The state is found in the
 * parametric variables r (distance from the critical point) and θ (position on a path around it).
 *
 * <p>Temperature in K, density in kg/m³, pressure in MPa.
 */
// The constants keep all digits of the publication.
@SuppressWarnings("FloatingPointLiteralPrecision")
final class CriticalRegion {

    static final double CRITICAL_TEMPERATURE = 647.067;
    static final double CRITICAL_DENSITY = 322.778;
    static final double CRITICAL_PRESSURE = 22.046;
    static final double LOWEST_TEMPERATURE = 643;
    static final double HIGHEST_TEMPERATURE = 695;
    static final double LOWEST_DENSITY = 199.775;
    static final double HIGHEST_DENSITY = 420.04;
    /** Vapour pressure at the lowest temperature of the region. */
    static final double LOWEST_PRESSURE = 20.9945691135940719;

    private static final double C = -0.017762;
    private static final double A = 23.6666;
    private static final double B2 = 1.3757;
    private static final double B = Math.sqrt(B2);
    private static final double BETA = 0.325;
    private static final double DELTA = 4.82;
    private static final double BETA_DELTA = BETA * DELTA;
    private static final double GAMMA = BETA * (DELTA - 1);
    private static final double[] K = {1.4403, 0.2942};
    private static final double[] ALPHA = {0.1085, -0.3915};
    private static final double[] BETAS = {BETA, 0.825};
    private static final double[] GAMMAS = {GAMMA, GAMMA - 0.5};
    private static final double P1 = 6.8445;
    private static final double P2 = -25.4915;
    private static final double P3 = 5.238;
    private static final double P11 = 0.491775937675717720;
    private static final double MU_C = -11.2326;
    private static final double MU1 = -22.6547;
    private static final double MU2 = -17.8876;
    private static final double MU3 = -4.9332;
    private static final double[] S0 = {1.109430391161019374, 0.246912528778663959};
    private static final double[] S2 = {-1.981395981400671095, -0.843411332867484344};
    private static final double[] PRESSURE_0 = {0.586534703230779473, 0.103245882826119155};
    private static final double[] PRESSURE_2 = {-1.026243389120214353, 0.160322434159191991};
    private static final double[] PRESSURE_4 = {0.612903225806451613, -0.169859514687100894};
    private static final double ENERGY_SCALE = 34.070660379837018;

    private CriticalRegion() {}

    /** True where this equation replaces the one of Haar, Gallagher and Kell, given temperature and density (kg/m³). */
    static boolean coversDensity(double temperature, double density) {
        return coversTemperature(temperature) && density >= LOWEST_DENSITY && density <= HIGHEST_DENSITY;
    }

    /** True where this equation replaces the one of Haar, Gallagher and Kell, given temperature and pressure (MPa). */
    static boolean coversPressure(double temperature, double pressure) {
        if (!coversTemperature(temperature)) {
            return false;
        }
        double lowest = LOWEST_PRESSURE + 0.175777517046267847 * (temperature - 643);
        double highest = 21.5814057875264120 + 0.380293646126229135 * (temperature - 645.3);
        return pressure >= lowest
                && (pressure <= highest || (temperature <= 645.3 && pressure <= saturationPressure(temperature)));
    }

    static boolean coversTemperature(double temperature) {
        return temperature >= LOWEST_TEMPERATURE && temperature <= HIGHEST_TEMPERATURE;
    }

    /** Vapour pressure (MPa) below the critical temperature: the pressure at θ = ±1. */
    static double saturationPressure(double temperature) {
        return saturated(temperature, true).pressure();
    }

    /** Saturated liquid (θ = 1) or vapour (θ = -1). */
    static ScaledState saturated(double temperature, boolean liquid) {
        double dt = 1 - CRITICAL_TEMPERATURE / temperature;
        double r = dt / (1 - B2);
        return new ScaledState(Math.max(r, 1e-15), liquid ? 1 : -1, temperature);
    }

    /** Saturation temperature (K) at a pressure (MPa), by Newton's method from just below the critical point. */
    static double saturationTemperature(double pressure) {
        double t = CRITICAL_TEMPERATURE - 1;
        for (int i = 0; i < 50; i++) {
            var s = saturated(t, true);
            double step = (pressure - s.pressure()) / s.saturationSlope();
            t = Math.min(t + step, CRITICAL_TEMPERATURE - 1e-9);
            if (Math.abs(step) < 1e-8) {
                break;
            }
        }
        return t;
    }

    /** The state at a temperature and a density; inside the dome it is the saturated one of the side of the diameter. */
    static ScaledState atDensity(double temperature, double density) {
        double[] rTheta = solve(temperature, density);
        return new ScaledState(rTheta[0], rTheta[1], temperature);
    }

    /** Density (kg/m³) at a pressure, clamped to the region where the equation holds. */
    static double density(double temperature, double pressure) {
        double density = CRITICAL_DENSITY;
        if (temperature < CRITICAL_TEMPERATURE) {
            boolean liquid = pressure > saturationPressure(temperature);
            density = saturated(temperature, liquid).reducedDensity() * CRITICAL_DENSITY;
            density *= liquid ? 1.0001 : 0.9999;
        }
        for (int i = 0; i < 40; i++) {
            var s = atDensity(temperature, density);
            double step = (pressure - s.pressure()) / s.pressureByDensity();
            double next = Math.clamp(density + step, LOWEST_DENSITY, HIGHEST_DENSITY);
            double change = Math.abs(next - density);
            density = next;
            if (change < 1e-9 * density) {
                break;
            }
        }
        return density;
    }

    private static double[] solve(double temperature, double density) {
        double rho = density / CRITICAL_DENSITY;
        double dt = 1 - CRITICAL_TEMPERATURE / temperature;
        double r = dt > 0 ? dt : dt / (1 - B2);
        double theta = dt > 0 ? 0 : 1;
        double shift = C * (sum(r, theta, 0) + sum(r, theta, 1));
        double diameter = 1 + P11 * dt + shift;
        if (dt <= 0 && Math.abs(rho - diameter) <= K[0] * Math.pow(r, BETA) + K[1] * Math.pow(r, BETAS[1])) {
            return new double[] {Math.max(r, 1e-15), rho >= diameter ? 1 : -1};
        }
        double target = rho - 1 - P11 * dt;
        double guess = target - shift;
        double tau = dt;
        double lastGuess = 0;
        double lastMiss = 0;
        double[] point = {r, theta};
        for (int pass = 0; pass < 14; pass++) {
            point = linear(guess, tau);
            double miss = target
                    - guess
                    - C * (sum(point[0], point[1], 0) + sum(point[0], point[1], 1))
                    - K[1] * point[1] * Math.pow(point[0], BETAS[1]);
            if (Math.abs(miss) < 1e-9) {
                break;
            }
            double next = pass == 0 ? guess + miss : guess - miss * (guess - lastGuess) / (miss - lastMiss);
            lastGuess = guess;
            lastMiss = miss;
            guess = Double.isFinite(next) ? next : guess + miss;
            tau = dt + C * A * Math.pow(point[0], BETA_DELTA) * point[1] * (1 - point[1] * point[1]);
        }
        return polish(point, rho, dt);
    }

    /** Newton's method in (r, θ) on both equations, kept only while it improves. */
    private static double[] polish(double[] start, double rho, double dt) {
        double[] best = start;
        double worst = Double.POSITIVE_INFINITY;
        double r = start[0];
        double th = start[1];
        for (int i = 0; i < 8; i++) {
            double rb = Math.pow(r, BETA);
            double rb2 = Math.pow(r, BETAS[1]);
            double rbd = Math.pow(r, BETA_DELTA);
            double missDensity =
                    1 + P11 * dt + th * (K[0] * rb + K[1] * rb2) + C * (sum(r, th, 0) + sum(r, th, 1)) - rho;
            double missTemperature = r * (1 - B2 * th * th) - C * A * rbd * th * (1 - th * th) - dt;
            double size = Math.abs(missDensity) + Math.abs(missTemperature);
            if (!(size < worst)) {
                return best;
            }
            worst = size;
            best = new double[] {r, th};
            double[] m = matrix(r, th);
            double determinant = m[0] * m[3] - m[1] * m[2];
            r -= (missDensity * m[3] - missTemperature * m[1]) / determinant;
            th -= (m[0] * missTemperature - m[2] * missDensity) / determinant;
            if (!(r > 0) || !(Math.abs(th) <= 1.0000001)) {
                return best;
            }
        }
        return best;
    }

    /** Derivatives of reduced density and of reduced temperature distance in r and θ: A11, A12, A21, A22. */
    static double[] matrix(double r, double th) {
        double a11 = 0;
        double a12 = 0;
        for (int i = 0; i < 2; i++) {
            double sigma = S0[i] + S2[i] * th * th;
            a11 += K[i]
                    * (BETAS[i] * th * Math.pow(r, BETAS[i] - 1)
                            + A * C * (1 - ALPHA[i]) * Math.pow(r, -ALPHA[i]) * sigma);
            a12 += K[i] * (Math.pow(r, BETAS[i]) + A * C * 2 * S2[i] * th * Math.pow(r, 1 - ALPHA[i]));
        }
        double rbd = Math.pow(r, BETA_DELTA);
        double a21 = 1 - B2 * th * th - A * C * BETA_DELTA * (1 - th * th) * th * rbd / r;
        double a22 = 3 * A * C * th * th * rbd - 2 * B2 * r * th - A * C * rbd;
        return new double[] {a11, a12, a21, a22};
    }

    private static double sum(double r, double th, int i) {
        return (S0[i] + S2[i] * th * th) * A * K[i] * Math.pow(r, 1 - ALPHA[i]);
    }

    /** r and θ of the linear model for R = k0 θ r^β and τ = r (1 - b²θ²). */
    private static double[] linear(double bigR, double tau) {
        double sign = Math.signum(bigR);
        double size = Math.abs(bigR);
        if (Math.abs(tau) < 1e-12) {
            double th = sign / B;
            return new double[] {Math.pow(bigR / (K[0] * th), 1 / BETA), th};
        }
        if (size < 1e-12 && tau > 0) {
            return new double[] {tau, 1e-12};
        }
        double z = tau > 0
                ? Math.pow(1 + tau * Math.pow(K[0] / (B * size), 1 / BETA), -BETA)
                : 1 - (1 - B) * tau / (1 - B2) * Math.pow(K[0] / size, 1 / BETA);
        if (z > 1.00234 * B) {
            return new double[] {Math.abs(tau / (1 - B2)), sign};
        }
        z *= sign;
        double c = -bigR * B / (K[0] * Math.pow(Math.abs(tau), BETA));
        for (int i = 0; i < 16; i++) {
            double z2 = z * z;
            double f = z + c * Math.pow(Math.abs(1 - z2), BETA);
            double step = (1 - z2) * f / (1 - z2 + 2 * BETA * z2);
            z -= step;
            if (Math.abs(step) < 1e-12) {
                break;
            }
        }
        return new double[] {Math.abs(tau / (1 - z * z)), z / B};
    }

    /** Everything the equation gives at (r, θ). */
    static final class ScaledState {
        private final double r;
        private final double th;
        private final double temperature;
        private final double t;
        private final double dt;
        private final double dmu;
        private final double s1;
        private final double s2;
        private final double rho;
        private final double reducedPressure;
        private final double m0;
        private final double p0;
        private final double tt;
        private final double mt;
        private final double mm;

        ScaledState(double r, double th, double temperature) {
            this.r = r;
            this.th = th;
            this.temperature = temperature;
            double th2 = th * th;
            t = -CRITICAL_TEMPERATURE / temperature;
            dt = 1 + t;
            dmu = A * Math.pow(r, BETA_DELTA) * th * (1 - th2);
            s1 = sum(r, th, 0);
            s2 = sum(r, th, 1);
            rho = 1 + P11 * dt + th * (K[0] * Math.pow(r, BETA) + K[1] * Math.pow(r, BETAS[1])) + C * (s1 + s2);
            double scaled = 0;
            double e = 2 * BETA_DELTA - 1;
            double q = 1 + (B2 * e - 3) * th2 - B2 * (e - 2) * th2 * th2;
            double w = 0;
            double y = 0;
            double z = 0;
            for (int i = 0; i < 2; i++) {
                scaled += K[i]
                        * Math.pow(r, 2 - ALPHA[i])
                        * (PRESSURE_0[i] + PRESSURE_2[i] * th2 + PRESSURE_4[i] * th2 * th2);
                double sigma = S0[i] + S2[i] * th2;
                double slope = 2 * S2[i] * th;
                w += ((1 - ALPHA[i]) * (1 - 3 * th2) * sigma - BETA_DELTA * (1 - th2) * th * slope)
                        * Math.pow(r, -ALPHA[i])
                        * K[i]
                        / q;
                y += (BETAS[i] * (1 - 3 * th2) - BETA_DELTA * (1 - th2)) * th * Math.pow(r, BETAS[i] - 1) * K[i] / q;
                z += (1 - B2 * (1 - 2 * BETAS[i]) * th2) * Math.pow(r, -GAMMAS[i]) * K[i] / q;
            }
            reducedPressure = 1 + dt * (P1 + dt * (P2 + dt * P3)) + dmu * (1 + P11 * dt) + A * scaled;
            m0 = MU1 + 2 * MU2 * dt + 3 * MU3 * dt * dt;
            p0 = P1 + 2 * P2 * dt + 3 * P3 * dt * dt;
            tt = A * w;
            mt = y + C * tt;
            mm = z / A + 2 * C * y + C * C * tt;
        }

        double reducedDensity() {
            return rho;
        }

        double pressure() {
            return reducedPressure * temperature * CRITICAL_PRESSURE / CRITICAL_TEMPERATURE;
        }

        /** (∂P/∂ρ)T, MPa m³/kg. */
        double pressureByDensity() {
            return 3.27018783663660701e-7 * rho * CRITICAL_DENSITY * temperature / mm;
        }

        /** dP/dT along the saturation line, MPa/K. */
        double saturationSlope() {
            double energy = p0 - rho * m0 + P11 * dmu + s1 + s2;
            return CRITICAL_PRESSURE / CRITICAL_TEMPERATURE * (reducedPressure - t * (energy + rho * m0));
        }

        private double pi() {
            return p0 + P11 * (dmu - rho / mm) + s1 + s2 - mt * rho / mm;
        }

        private double expansivity() {
            return CRITICAL_TEMPERATURE
                    / (rho * rho * temperature * temperature)
                    * mm
                    * (pressure() / CRITICAL_PRESSURE + pi());
        }

        /** (∂α/∂T)P: the change of α along the isobar, whose direction in (r, θ) the matrix gives. */
        private double expansivitySlope(double alpha) {
            double f = CRITICAL_TEMPERATURE / (temperature * temperature);
            double[] m = matrix(r, th);
            double determinant = m[0] * m[3] - m[1] * m[2];
            double first = -rho * alpha - P11 * f;
            double dr = (first * m[3] - f * m[1]) / determinant;
            double dth = (m[0] * f - m[2] * first) / determinant;
            double h = Math.min(1e-3, 1e-5 * r / Math.max(Math.abs(dr), 1e-30));
            h = Math.min(h, 1e-5 / Math.max(Math.abs(dth), 1e-30));
            var up = new ScaledState(r + h * dr, th + h * dth, temperature + h);
            var down = new ScaledState(r - h * dr, th - h * dth, temperature - h);
            return (up.expansivity() - down.expansivity()) / (2 * h);
        }

        FluidState properties() {
            double density = rho * CRITICAL_DENSITY;
            double energy = p0 - rho * m0 + P11 * dmu + s1 + s2;
            double enthalpy = reducedPressure - t * energy;
            double entropy = enthalpy - rho * (dmu + MU_C + dt * (MU1 + dt * (MU2 + dt * MU3)));
            double phi = reducedPressure - t * pi();
            double cv =
                    t * t * (2 * P2 + 6 * P3 * dt - rho * (2 * MU2 + 6 * MU3 * dt) + tt - (P11 + mt) * (P11 + mt) / mm);
            double cp = cv + mm * phi * phi / (rho * rho);
            double scale = ENERGY_SCALE / density;
            double beta = 1 / (density * pressureByDensity());
            double alpha = beta * CRITICAL_PRESSURE / CRITICAL_TEMPERATURE * phi;
            return new FluidState(
                    temperature,
                    pressure(),
                    density / 1000,
                    scale * temperature * enthalpy,
                    scale * entropy,
                    scale * cv,
                    scale * cp,
                    alpha,
                    beta,
                    expansivitySlope(alpha));
        }
    }
}
