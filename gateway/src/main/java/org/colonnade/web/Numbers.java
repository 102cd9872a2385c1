package org.colonnade.web;

import java.math.BigDecimal;

/** Numbers as pages show them. */
public final class Numbers {

    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};

    private Numbers() {}

    /** All digits and no more: 273, 0.05, 1 × 10⁻⁹; minus as −. */
    public static String plain(double value) {
        double size = Math.abs(value);
        BigDecimal decimal = BigDecimal.valueOf(value).stripTrailingZeros();
        if (size != 0 && (size < 1e-4 || size >= 1e7)) {
            int exponent = decimal.precision() - decimal.scale() - 1;
            return minus(decimal.movePointLeft(exponent).stripTrailingZeros().toPlainString()) + " × 10"
                    + superscript(exponent);
        }
        return minus(decimal.toPlainString());
    }

    /** A size in steps of 1000: 812 B, 3.2 kB, 1.5 GB. */
    public static String bytes(long size) {
        double value = size;
        int unit = 0;
        while (value >= 999.5 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        String digits = unit == 0 || value >= 99.95
                ? Long.toString(Math.round(value))
                : BigDecimal.valueOf(Math.round(value * 10), 1)
                        .stripTrailingZeros()
                        .toPlainString();
        return digits + " " + UNITS[unit];
    }

    private static String minus(String digits) {
        return digits.replace('-', '−');
    }

    private static String superscript(int exponent) {
        var text = new StringBuilder();
        for (char digit : Integer.toString(exponent).toCharArray()) {
            text.append(digit == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(digit - '0'));
        }
        return text.toString();
    }
}
