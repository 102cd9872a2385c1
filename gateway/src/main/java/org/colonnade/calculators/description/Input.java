package org.colonnade.calculators.description;

import java.util.List;
import org.colonnade.geochemistry.Unit;
import org.jspecify.annotations.Nullable;

/**
 * One input of a calculator.
 *
 * @param name in addresses, JSON and CSV, e.g. {@code T_K}
 * @param unit in which the value is given
 * @param other a second unit in which a page takes it; null for none
 * @param min the smallest allowed number; null when any is taken
 * @param max the largest allowed number; null when any is taken
 * @param initial the default; empty for none
 * @param hint what a person should know about the value; empty for none
 * @param options of a choice; empty for a number
 */
public record Input(
        String name,
        String label,
        Unit unit,
        @Nullable Unit other,
        @Nullable Double min,
        @Nullable Double max,
        String initial,
        String hint,
        boolean required,
        List<Option> options) {

    public record Option(String value, String label) {}

    public Input {
        options = List.copyOf(options);
    }

    public static Input number(String name, String label, Unit unit, String initial) {
        return new Input(name, label, unit, null, null, null, initial, "", true, List.of());
    }

    /** Its default is the first option. */
    public static Input choice(String name, String label, List<Option> options) {
        String first = options.getFirst().value();
        return new Input(name, label, Unit.ONE, null, null, null, first, "", false, options);
    }

    public Input between(double from, double to) {
        return new Input(name, label, unit, other, from, to, initial, hint, required, options);
    }

    public Input orIn(Unit second) {
        return new Input(name, label, unit, second, min, max, initial, hint, required, options);
    }

    public Input hint(String text) {
        return new Input(name, label, unit, other, min, max, initial, text, required, options);
    }

    public Input initially(String value) {
        return new Input(name, label, unit, other, min, max, value, hint, required, options);
    }

    public Input optional() {
        return new Input(name, label, unit, other, min, max, initial, hint, false, options);
    }

    public Input mandatory() {
        return new Input(name, label, unit, other, min, max, initial, hint, true, options);
    }

    public boolean isChoice() {
        return !options.isEmpty();
    }
}
