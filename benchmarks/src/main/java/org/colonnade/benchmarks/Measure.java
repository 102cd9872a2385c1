package org.colonnade.benchmarks;

import org.jspecify.annotations.Nullable;

/**
 * One figure.
 *
 * @param measure what was measured
 * @param value in {@code unit}
 * @param peer the peer's name and figure in the same unit, e.g. {@code db-scheduler 2,930}; null without a peer
 * @param ratio ours divided by the peer's; null without a peer
 * @param target as the requirement says it, e.g. {@code ≥ 2.5 × peer}; null for a figure given for information
 * @param holds whether the target is reached; null without a target
 */
public record Measure(
        String measure,
        double value,
        String unit,
        @Nullable String peer,
        @Nullable Double ratio,
        @Nullable String target,
        @Nullable Boolean holds) {

    /** A figure without target. */
    public static Measure info(String measure, double value, String unit) {
        return new Measure(measure, value, unit, null, null, null, null);
    }

    /** A figure that must not exceed {@code limit}. */
    public static Measure atMost(String measure, double value, String unit, double limit) {
        return new Measure(measure, value, unit, null, null, "≤ " + Numbers.plain(limit) + " " + unit, value <= limit);
    }

    /** A figure that must reach {@code limit}. */
    public static Measure atLeast(String measure, double value, String unit, double limit) {
        return new Measure(measure, value, unit, null, null, "≥ " + Numbers.plain(limit) + " " + unit, value >= limit);
    }

    /** A figure that must reach {@code factor} times the peer's. */
    public static Measure against(
            String measure, double value, String unit, String peerName, double peerValue, double factor) {
        double ratio = value / peerValue;
        return new Measure(
                measure,
                value,
                unit,
                peerName + " " + Numbers.plain(peerValue),
                ratio,
                "≥ " + Numbers.plain(factor) + " × peer",
                ratio >= factor);
    }
}
