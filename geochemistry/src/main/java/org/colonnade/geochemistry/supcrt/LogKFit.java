package org.colonnade.geochemistry.supcrt;

import java.util.Arrays;
import java.util.Locale;

/**
 * The function log K = A1 + A2 T + A3/T + A4 log10 T + A5/T² + A6 T² (T in K) that PHREEQC reads from its line
 * {@code -analytic} (Parkhurst and Appelo, U.S. Geological Survey Techniques and Methods 6-A43, 2013), fitted to a table by
 * least squares.
 */
public final class LogKFit {

    private static final int TERMS = 6;

    private final double[] coefficients;
    private final double largestError;
    private final double rootMeanSquare;
    private final int points;
    private final double lowest;
    private final double highest;

    private LogKFit(
            double[] coefficients,
            double largestError,
            double rootMeanSquare,
            int points,
            double lowest,
            double highest) {
        this.coefficients = coefficients;
        this.largestError = largestError;
        this.rootMeanSquare = rootMeanSquare;
        this.points = points;
        this.lowest = lowest;
        this.highest = highest;
    }

    /**
     * Fits the rows that have a log K. With fewer than twelve rows, one term is fitted for every two rows.
     *
     * @throws IllegalArgumentException if fewer than two rows have a value
     */
    public static LogKFit of(ReactionTable table) {
        int n = 0;
        var kelvin = new double[table.size()];
        var logK = new double[table.size()];
        for (int i = 0; i < table.size(); i++) {
            if (!Double.isNaN(table.logK(i))) {
                kelvin[n] = table.conditions().kelvin(i);
                logK[n++] = table.logK(i);
            }
        }
        if (n < 2) {
            throw new IllegalArgumentException("A fit needs at least two temperatures with a log K");
        }
        int terms = Math.clamp(n / 2, 1, TERMS);
        var a = new double[n][terms];
        for (int i = 0; i < n; i++) {
            System.arraycopy(basis(kelvin[i]), 0, a[i], 0, terms);
        }
        var coefficients = new double[TERMS];
        System.arraycopy(solve(a, logK, n, terms), 0, coefficients, 0, terms);
        double largest = 0;
        double squares = 0;
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            double miss = value(coefficients, kelvin[i]) - logK[i];
            largest = Math.max(largest, Math.abs(miss));
            squares += miss * miss;
            lowest = Math.min(lowest, kelvin[i]);
            highest = Math.max(highest, kelvin[i]);
        }
        return new LogKFit(coefficients, largest, Math.sqrt(squares / n), n, lowest, highest);
    }

    private static double[] basis(double t) {
        return new double[] {1, t, 1 / t, Math.log10(t), 1 / (t * t), t * t};
    }

    private static double value(double[] coefficients, double t) {
        var basis = basis(t);
        double sum = 0;
        for (int k = 0; k < TERMS; k++) {
            sum += coefficients[k] * basis[k];
        }
        return sum;
    }

    /** Least squares by Householder reflections on columns scaled to one: the terms differ by ten orders of magnitude. */
    private static double[] solve(double[][] a, double[] right, int n, int terms) {
        var b = Arrays.copyOf(right, n);
        var scale = new double[terms];
        var diagonal = new double[terms];
        for (int k = 0; k < terms; k++) {
            for (int i = 0; i < n; i++) {
                scale[k] = Math.max(scale[k], Math.abs(a[i][k]));
            }
            for (int i = 0; i < n; i++) {
                a[i][k] /= scale[k];
            }
        }
        for (int k = 0; k < terms; k++) {
            double norm = 0;
            for (int i = k; i < n; i++) {
                norm = Math.hypot(norm, a[i][k]);
            }
            norm = a[k][k] > 0 ? -norm : norm;
            diagonal[k] = norm;
            double pivot = a[k][k] - norm;
            a[k][k] = pivot;
            for (int j = k + 1; j < terms; j++) {
                double product = 0;
                for (int i = k; i < n; i++) {
                    product += a[i][k] * a[i][j];
                }
                for (int i = k; i < n; i++) {
                    a[i][j] += product / (norm * pivot) * a[i][k];
                }
            }
            double product = 0;
            for (int i = k; i < n; i++) {
                product += a[i][k] * b[i];
            }
            for (int i = k; i < n; i++) {
                b[i] += product / (norm * pivot) * a[i][k];
            }
        }
        var solution = new double[terms];
        for (int k = terms - 1; k >= 0; k--) {
            double rest = b[k];
            for (int j = k + 1; j < terms; j++) {
                rest -= a[k][j] * solution[j];
            }
            solution[k] = rest / diagonal[k];
        }
        for (int k = 0; k < terms; k++) {
            solution[k] /= scale[k];
        }
        return solution;
    }

    /** A1 to A6. */
    public double[] coefficients() {
        return coefficients.clone();
    }

    /** Largest distance of the function from a row it was fitted to. */
    public double largestError() {
        return largestError;
    }

    /** Root of the mean squared distance. */
    public double rootMeanSquare() {
        return rootMeanSquare;
    }

    /** log K by the function at a temperature (K). */
    public double at(double kelvin) {
        return value(coefficients, kelvin);
    }

    /**
     * Lines for a PHREEQC database: the value and enthalpy at 25 °C and 1 bar, the function, and how good it is.
     *
     * @param reference the same reaction at 25 °C and 1 bar
     */
    public String phreeqc(ReactionTable reference) {
        var text = new StringBuilder();
        text.append("# ").append(reference.reaction().text()).append('\n');
        text.append(String.format(Locale.ROOT, "    -log_k %.6f%n", reference.logK(0)));
        text.append(String.format(Locale.ROOT, "    -delta_h %.6f kJ/mol%n", reference.enthalpy(0) / 1e3));
        text.append("    -analytic");
        for (double coefficient : coefficients) {
            text.append(String.format(Locale.ROOT, " %.10e", coefficient));
        }
        text.append(String.format(
                Locale.ROOT,
                "%n    # fitted to %d values from %.2f to %.2f degrees C; largest error %.2g, root mean square %.2g%n",
                points,
                lowest - 273.15,
                highest - 273.15,
                largestError,
                rootMeanSquare));
        return text.toString().replace(System.lineSeparator(), "\n");
    }
}
