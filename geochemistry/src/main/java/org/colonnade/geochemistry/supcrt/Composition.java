package org.colonnade.geochemistry.supcrt;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Elements and charge of one formula unit.
 *
 * @param elements atoms by symbol
 * @param charge in units of the elementary charge
 * @param complete false where the source cut the formula, so that a balance cannot be drawn
 */
public record Composition(SortedMap<String, Double> elements, double charge, boolean complete) {

    /** Water. */
    public static final Composition WATER = of(Map.of("H", 2.0, "O", 1.0), 0);

    /** The electron. */
    public static final Composition ELECTRON = of(Map.of(), -1);

    private static final Pattern GROUP = Pattern.compile("([A-Z][a-z]?|[+-])\\(([0-9.]+)\\)");
    private static final Pattern ATOM = Pattern.compile("([A-Z][a-z]?)([0-9.]*)");

    public Composition {
        elements = Collections.unmodifiableSortedMap(new TreeMap<>(elements));
    }

    /** A composition known in full. */
    public static Composition of(Map<String, Double> elements, double charge) {
        return new Composition(new TreeMap<>(elements), charge, true);
    }

    /**
     * Reads {@code Ca(1)C(1)O(3)+(2)}, the notation of the SUPCRT databases. Where that text was cut, the plain formula
     * is read instead if it is whole.
     *
     * @param text elements with counts, charge last
     * @param formula the plain formula of the same species
     * @param width width of both fields in the source; a text that fills it may have been cut
     */
    static Composition parse(String text, String formula, int width) {
        var elements = new TreeMap<String, Double>();
        double charge = 0;
        var groups = GROUP.matcher(text);
        int end = 0;
        while (groups.find() && groups.start() == end) {
            double count = Double.parseDouble(groups.group(2));
            switch (groups.group(1)) {
                case "+" -> charge += count;
                case "-" -> charge -= count;
                default -> elements.merge(groups.group(1), count, Double::sum);
            }
            end = groups.end();
        }
        if (end == text.length() && end > 0) {
            return new Composition(elements, charge, true);
        }
        return plain(formula, formula.length() < width);
    }

    private static Composition plain(String formula, boolean whole) {
        var elements = new TreeMap<String, Double>();
        var atoms = ATOM.matcher(formula);
        int end = 0;
        while (atoms.find() && atoms.start() == end) {
            double count = atoms.group(2).isEmpty() ? 1 : Double.parseDouble(atoms.group(2));
            elements.merge(atoms.group(1), count, Double::sum);
            end = atoms.end();
        }
        return new Composition(elements, 0, whole && end == formula.length() && end > 0);
    }

    /** The notation {@code Ca(1)C(1)O(3)+(2)}. */
    public String notation() {
        var text = new StringBuilder();
        elements.forEach((symbol, count) ->
                text.append(symbol).append('(').append(number(count)).append(')'));
        if (charge != 0) {
            text.append(charge > 0 ? '+' : '-')
                    .append('(')
                    .append(number(Math.abs(charge)))
                    .append(')');
        }
        return text.toString();
    }

    static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
