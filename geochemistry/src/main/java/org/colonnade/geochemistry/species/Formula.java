package org.colonnade.geochemistry.species;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A chemical formula: how many atoms of each element, and the charge.
 *
 * @param atoms by element symbol, sorted; never zero
 */
public record Formula(SortedMap<String, Double> atoms, double charge) {

    /** Numbers closer than this are the same: formulas of solid solutions are written with few decimals. */
    private static final double TOLERANCE = 1e-6;

    public Formula {
        var copy = new TreeMap<>(atoms);
        copy.values().removeIf(n -> Math.abs(n) < TOLERANCE);
        atoms = Collections.unmodifiableSortedMap(copy);
    }

    /**
     * Reads formulas such as {@code CaMg(CO3)2}, {@code CaSO4:2H2O}, {@code SO4-2}, {@code Fe+++}, {@code CO2(aq)} and
     * {@code Na0.8Ca0.2Al1.2Si2.8O8}.
     *
     * @throws FormulaException with the position of what cannot be read
     */
    public static Formula parse(String text) {
        return new FormulaParser(text).parse();
    }

    /** How many atoms of an element, 0 when there are none. */
    public double count(String element) {
        return atoms.getOrDefault(element, 0.0);
    }

    public boolean contains(String element) {
        return atoms.containsKey(element);
    }

    /** Mass of one mole, g/mol; empty if an element has no standard atomic weight. The mass of electrons is left out. */
    public OptionalDouble molarMass() {
        double mass = 0;
        for (var atom : atoms.entrySet()) {
            var weight = AtomicWeights.of(atom.getKey());
            if (weight.isEmpty()) {
                return weight;
            }
            mass += atom.getValue() * weight.getAsDouble();
        }
        return OptionalDouble.of(mass);
    }

    /** Whether both have the same atoms and charge, however they were written. */
    public boolean sameAs(Formula other) {
        return Math.abs(charge - other.charge) < TOLERANCE
                && atoms.keySet().equals(other.atoms.keySet())
                && atoms.entrySet().stream()
                        .allMatch((Map.Entry<String, Double> e) ->
                                Math.abs(e.getValue() - other.count(e.getKey())) < TOLERANCE);
    }
}
