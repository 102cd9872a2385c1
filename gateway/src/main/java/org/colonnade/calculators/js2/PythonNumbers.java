package org.colonnade.calculators.js2;

import java.math.BigDecimal;

/** Numbers as Python writes them: the shortest digits that give the same number back. */
final class PythonNumbers {

    private PythonNumbers() {}

    /** E.g. {@code 25.0}, {@code 0.00049}, {@code 1e-05}, {@code 1e+16} or {@code nan}. */
    static String text(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (value == 0) {
            return Double.toString(value);
        }
        var digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int exponent = digits.precision() - digits.scale() - 1;
        if (exponent >= -4 && exponent < 16) {
            String plain = digits.toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        String mantissa = digits.movePointLeft(exponent).toPlainString();
        return "%se%s%02d".formatted(mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
}
