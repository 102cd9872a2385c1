package org.colonnade.calculators.description;

import java.util.Locale;
import org.colonnade.geochemistry.InputException;

/** Reads numbers as scientists type them, and says what is wrong with the others. */
public final class NumberText {

    private NumberText() {}

    /**
     * @param name of the input, for the message
     * @throws InputException when the text is empty, has a decimal comma, is no number, or is not finite
     */
    public static double parse(String name, String text) {
        String number = text.strip();
        if (!isPlain(number)) {
            throw wrong(name, number);
        }
        try {
            double value = Double.parseDouble(number);
            if (Double.isInfinite(value)) {
                throw new InputException(name, name + " is too large a number: " + shortened(number));
            }
            return value;
        } catch (NumberFormatException e) {
            throw wrong(name, number);
        }
    }

    /** Only what a decimal number is made of; Java would also take hexadecimal numbers and a trailing d. */
    private static boolean isPlain(String number) {
        for (int i = 0; i < number.length(); i++) {
            char c = number.charAt(i);
            if (!(c >= '0' && c <= '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
                return false;
            }
        }
        return !number.isEmpty() && number.length() <= 100;
    }

    private static InputException wrong(String name, String number) {
        String lower = number.toLowerCase(Locale.ROOT);
        if (number.isEmpty()) {
            return new InputException(name, name + " is missing");
        }
        if (lower.matches("[+-]?(nan|inf|infinity)")) {
            return new InputException(name, "%s must be a finite number, not %s".formatted(name, number));
        }
        if (number.length() <= 100 && number.matches("[+-]?\\d*,\\d*([eE][+-]?\\d+)?")) {
            return new InputException(
                    name,
                    "%s has a decimal comma: write %s instead of %s".formatted(name, number.replace(',', '.'), number));
        }
        return new InputException(name, "%s is not a number: '%s'".formatted(name, shortened(number)));
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 37) + "...";
    }
}
