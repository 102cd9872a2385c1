package org.colonnade.geochemistry.testing;

import java.util.Map;
import java.util.TreeMap;

/** Keeps the worst relative deviation of each column of a file, and prints it at the end. */
public final class Worst {

    private final String file;
    private final Map<String, Double> deviations = new TreeMap<>();

    public Worst(String file) {
        this.file = file;
    }

    /** The deviation relative to the expected number; 0 when both are NaN or equal. */
    public double relative(String column, double actual, double expected) {
        double deviation;
        if (Double.compare(actual, expected) == 0 || actual == expected) {
            deviation = 0;
        } else if (Double.isNaN(actual) || Double.isNaN(expected)) {
            deviation = Double.POSITIVE_INFINITY;
        } else {
            deviation = Math.abs(actual - expected) / Math.max(Math.abs(expected), Double.MIN_NORMAL);
        }
        return keep(column, deviation);
    }

    public double absolute(String column, double actual, double expected) {
        return keep(column, Math.abs(actual - expected));
    }

    private double keep(String column, double deviation) {
        deviations.merge(column, deviation, Math::max);
        return deviation;
    }

    public void print() {
        System.out.println("worst deviation in " + file + ": " + deviations);
    }
}
