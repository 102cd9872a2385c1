package org.colonnade.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/** Figures as people read them, and the quantiles behind them. */
public final class Numbers {

    private Numbers() {}

    static String plain(double value) {
        double size = Math.abs(value);
        if (size >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return size == 0 ? "0" : String.format(Locale.ROOT, size >= 1 ? "%.2f" : "%.3g", value);
    }

    /**
     * The nearest-rank quantile.
     *
     * @param p from 0 to 1
     * @param samples at least one, in any order; left unchanged
     */
    public static double quantile(double p, double... samples) {
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        return sorted[Math.clamp((int) Math.ceil(p * sorted.length) - 1, 0, sorted.length - 1)];
    }

    public static double median(double... samples) {
        return quantile(0.5, samples);
    }
}
