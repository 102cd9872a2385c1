package org.colonnade.calculators.rates;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Rates as the online calculator prints them. */
public final class RateText {

    private static final MathContext FIVE_DIGITS = new MathContext(5, RoundingMode.HALF_EVEN);

    private RateText() {}

    /** Four decimals and an exponent of at least two digits, rounded from the exact binary value. */
    public static String rate(double value) {
        return String.format(Locale.ROOT, "%.4e", new BigDecimal(value).round(FIVE_DIGITS));
    }

    /** Four decimals; {@code N/A} when nothing dissolves. */
    public static String logarithm(double total) {
        return total > 0
                ? new BigDecimal(Math.log10(total))
                        .setScale(4, RoundingMode.HALF_EVEN)
                        .toPlainString()
                : "N/A";
    }
}
