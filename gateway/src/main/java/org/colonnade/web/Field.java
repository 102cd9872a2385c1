package org.colonnade.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One input of a form, declared once for the page, for the check on the server and for the check in the browser.
 *
 * @param name the request parameter and the input's id
 * @param label what stands above the input
 * @param unit stands inside the input at the right; empty for none
 * @param hint what stands between label and input, e.g. the allowed range; empty for none
 * @param initial the value of a page opened without parameters
 * @param min the smallest allowed number; null for none
 * @param max the largest allowed number; null for none
 * @param maxLength the most characters of a text
 */
public record Field(
        String name,
        String label,
        Kind kind,
        String unit,
        String hint,
        String initial,
        boolean required,
        @Nullable Double min,
        @Nullable Double max,
        int maxLength,
        List<Option> options) {

    /** What is typed or chosen. */
    public enum Kind {
        NUMBER,
        INTEGER,
        TEXT,
        LONG_TEXT,
        CHOICE,
        CHECK
    }

    /** One of the values of a choice. */
    public record Option(String value, String label) {}

    public Field {
        options = List.copyOf(options);
    }

    public static Field number(String name, String label, String unit) {
        return plain(name, label, Kind.NUMBER, unit);
    }

    public static Field integer(String name, String label, String unit) {
        return plain(name, label, Kind.INTEGER, unit);
    }

    public static Field text(String name, String label) {
        return plain(name, label, Kind.TEXT, "").maxLength(200);
    }

    public static Field longText(String name, String label) {
        return plain(name, label, Kind.LONG_TEXT, "");
    }

    public static Field choice(String name, String label, List<Option> options) {
        return new Field(
                name,
                label,
                Kind.CHOICE,
                "",
                "",
                options.getFirst().value(),
                true,
                null,
                null,
                Integer.MAX_VALUE,
                options);
    }

    /** A box to tick; its value is {@code true} or {@code false}. */
    public static Field check(String name, String label) {
        return plain(name, label, Kind.CHECK, "").initially("false");
    }

    private static Field plain(String name, String label, Kind kind, String unit) {
        return new Field(name, label, kind, unit, "", "", true, null, null, Integer.MAX_VALUE, List.of());
    }

    /** Allows numbers from {@code from} to {@code to}, both included, and says so in the hint. */
    public Field between(double from, double to) {
        String range = Numbers.plain(from) + " to " + Numbers.plain(to) + (unit.isEmpty() ? "" : " " + unit);
        return new Field(name, label, kind, unit, range, initial, required, from, to, maxLength, options);
    }

    public Field hint(String text) {
        return new Field(name, label, kind, unit, text, initial, required, min, max, maxLength, options);
    }

    public Field initially(String value) {
        return new Field(name, label, kind, unit, hint, value, required, min, max, maxLength, options);
    }

    /** An empty input is fine. */
    public Field optional() {
        return new Field(name, label, kind, unit, hint, initial, false, min, max, maxLength, options);
    }

    public Field maxLength(int characters) {
        return new Field(name, label, kind, unit, hint, initial, required, min, max, characters, options);
    }
}
