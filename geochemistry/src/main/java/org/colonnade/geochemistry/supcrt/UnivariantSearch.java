package org.colonnade.geochemistry.supcrt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Temperatures on an isobar, or pressures on an isotherm, at which a reaction has a given log K. The interval is
 * scanned, every change of sign is bracketed and closed by the method of Brent (Algorithms for Minimization without
 * Derivatives, 1973, chapter 4), and every dip that nearly touches is followed, so that all roots are found where the
 * original reports one.
 */
public final class UnivariantSearch {

    private static final int SAMPLES = 24;
    private static final double ACCEPTED = 1e-6;

    private final Reaction reaction;
    private final Profile profile;

    /** What is searched along a line. */
    public enum Variable {
        /** Temperature (°C) at a pressure (bar). */
        TEMPERATURE,
        /** Pressure (bar) at a temperature (°C). */
        PRESSURE
    }

    /**
     * The outcome on one line.
     *
     * @param roots values of the variable, ascending; empty if the target is not met
     * @param lowest lowest log K met on the interval; NaN if no point has a value
     * @param highest highest log K met
     */
    public record Outcome(List<Double> roots, double lowest, double highest) {
        public Outcome {
            roots = List.copyOf(roots);
        }
    }

    public UnivariantSearch(Reaction reaction, Profile profile) {
        this.reaction = reaction;
        this.profile = profile;
    }

    /**
     * Every value of the variable between the bounds at which log K is the target.
     *
     * @param variable what is searched, °C or bar
     * @param isopleth the other variable, held
     * @param target log K
     * @param from one bound of the search
     * @param to the other bound
     */
    public Outcome find(Variable variable, double isopleth, double target, double from, double to) {
        if (!(from < to) || !Double.isFinite(from) || !Double.isFinite(to)) {
            throw new GridException("bounds", "The bounds %s and %s do not ascend".formatted(from, to));
        }
        var at = new double[SAMPLES + 1];
        for (int i = 0; i <= SAMPLES; i++) {
            at[i] = from + (to - from) * i / SAMPLES;
        }
        var values = logK(variable, isopleth, at);
        double lowest = Double.NaN;
        double highest = Double.NaN;
        for (double value : values) {
            if (!Double.isNaN(value)) {
                lowest = Double.isNaN(lowest) ? value : Math.min(lowest, value);
                highest = Double.isNaN(highest) ? value : Math.max(highest, value);
            }
        }
        DoubleUnaryOperator miss = x -> logK(variable, isopleth, new double[] {x})[0] - target;
        double band = ACCEPTED * (1 + Math.abs(target));
        var roots = new ArrayList<Double>();
        for (int i = 0; i <= SAMPLES; i++) {
            double here = values[i] - target;
            if (Math.abs(here) <= 1e-12) {
                add(roots, at[i]);
            } else if (i < SAMPLES && here * (values[i + 1] - target) < 0) {
                double root = brent(miss, at[i], here, at[i + 1], values[i + 1] - target);
                if (Math.abs(miss.applyAsDouble(root)) <= band) {
                    add(roots, root);
                }
            } else if (i > 0 && i < SAMPLES) {
                dip(miss, at, values, i, target, band).forEach(root -> add(roots, root));
            }
        }
        return new Outcome(roots.stream().sorted().toList(), lowest, highest);
    }

    private static void add(List<Double> roots, double root) {
        if (roots.stream().noneMatch(r -> Math.abs(r - root) <= 1e-7 * (1 + Math.abs(root)))) {
            roots.add(root);
        }
    }

    /** Two roots between samples of one sign: the golden section goes down the dip and stops once it crosses. */
    private static List<Double> dip(
            DoubleUnaryOperator miss, double[] at, double[] values, int i, double target, double band) {
        double left = values[i - 1] - target;
        double middle = values[i] - target;
        double right = values[i + 1] - target;
        boolean sameSign = left * middle > 0 && right * middle > 0;
        boolean lower = Math.abs(middle) < Math.abs(left) && Math.abs(middle) <= Math.abs(right);
        // A parabola through the samples tells whether the dip can reach the target at all.
        double curvature = Math.abs(left - 2 * middle + right);
        double slope = Math.abs(right - left) / 2;
        if (!sameSign || !lower || Math.abs(middle) > 2 * slope * slope / Math.max(curvature, 1e-300)) {
            return List.of();
        }
        double sign = Math.signum(middle);
        double ratio = (3 - Math.sqrt(5)) / 2;
        double a = at[i - 1];
        double b = at[i + 1];
        for (int k = 0; k < 60; k++) {
            double c = a + ratio * (b - a);
            double d = b - ratio * (b - a);
            double fc = sign * miss.applyAsDouble(c);
            double fd = sign * miss.applyAsDouble(d);
            double best = fc < fd ? c : d;
            double value = Math.min(fc, fd);
            if (value < 0) {
                var roots = new ArrayList<Double>();
                roots.add(brent(miss, at[i - 1], left, best, sign * value));
                roots.add(brent(miss, best, sign * value, at[i + 1], right));
                return roots;
            }
            if (b - a < 1e-9 * (1 + Math.abs(a))) {
                return value <= band ? List.of(best) : List.of();
            }
            if (fc < fd) {
                b = d;
            } else {
                a = c;
            }
        }
        return List.of();
    }

    private static double brent(DoubleUnaryOperator f, double from, double atFrom, double to, double atTo) {
        double a = from;
        double fa = atFrom;
        double b = to;
        double fb = atTo;
        double c = a;
        double fc = fa;
        double step = b - a;
        double before = step;
        for (int i = 0; i < 80; i++) {
            if (fb * fc > 0) {
                c = a;
                fc = fa;
                step = b - a;
                before = step;
            }
            if (Math.abs(fc) < Math.abs(fb)) {
                a = b;
                b = c;
                c = a;
                fa = fb;
                fb = fc;
                fc = fa;
            }
            double tolerance = 2e-16 * Math.abs(b) + 1e-11;
            double half = (c - b) / 2;
            if (Math.abs(half) <= tolerance || fb == 0 || Math.abs(fb) < 1e-11) {
                return b;
            }
            if (Math.abs(before) >= tolerance && Math.abs(fa) > Math.abs(fb)) {
                double s = fb / fa;
                double p;
                double q;
                if (a == c) {
                    p = 2 * half * s;
                    q = 1 - s;
                } else {
                    double r = fb / fc;
                    double u = fa / fc;
                    p = s * (2 * half * u * (u - r) - (b - a) * (r - 1));
                    q = (u - 1) * (r - 1) * (s - 1);
                }
                if (p > 0) {
                    q = -q;
                }
                p = Math.abs(p);
                if (2 * p < Math.min(3 * half * q - Math.abs(tolerance * q), Math.abs(before * q))) {
                    before = step;
                    step = p / q;
                } else {
                    step = half;
                    before = half;
                }
            } else {
                step = half;
                before = half;
            }
            a = b;
            fa = fb;
            b += Math.abs(step) > tolerance ? step : Math.copySign(tolerance, half);
            fb = f.applyAsDouble(b);
            if (Double.isNaN(fb)) {
                return b;
            }
        }
        return b;
    }

    private double[] logK(Variable variable, double isopleth, double[] at) {
        var other = new double[at.length];
        Arrays.fill(other, isopleth);
        var celsius = variable == Variable.TEMPERATURE ? at : other;
        var bar = variable == Variable.TEMPERATURE ? other : at;
        var conditions = reaction.needsWater() ? Conditions.atPressure(celsius, bar) : Conditions.dry(celsius, bar);
        var table = new Evaluation(conditions, profile).table(reaction);
        var values = new double[at.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = table.logK(i);
        }
        return values;
    }
}
