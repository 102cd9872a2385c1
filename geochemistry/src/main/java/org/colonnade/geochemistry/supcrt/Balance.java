package org.colonnade.geochemistry.supcrt;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a reaction makes more than it uses, products minus reactants.
 *
 * @param elements surplus by element, only those that are not zero
 * @param charge surplus of charge
 * @param unknown species whose formula the source does not give in full, so that nothing is certain
 */
public record Balance(SortedMap<String, Double> elements, double charge, List<String> unknown) {

    /** Fractional formulas carry three decimals; what is below this share of the amounts moved is rounding. */
    private static final double TOLERANCE = 1e-6;

    public Balance {
        elements = Collections.unmodifiableSortedMap(new TreeMap<>(elements));
        unknown = List.copyOf(unknown);
    }

    static Balance of(List<Reaction.Term> terms) {
        var surplus = new TreeMap<String, Double>();
        var moved = new TreeMap<String, Double>();
        double charge = 0;
        double chargeMoved = 1;
        var unknown = new ArrayList<String>();
        for (var term : terms) {
            var composition = term.species().composition();
            if (!composition.complete()) {
                unknown.add(term.species().name());
            }
            for (Map.Entry<String, Double> e : composition.elements().entrySet()) {
                double amount = term.coefficient() * e.getValue();
                surplus.merge(e.getKey(), amount, Double::sum);
                moved.merge(e.getKey(), Math.abs(amount), Double::sum);
            }
            charge += term.coefficient() * composition.charge();
            chargeMoved += Math.abs(term.coefficient() * composition.charge());
        }
        surplus.entrySet().removeIf(e -> Math.abs(e.getValue()) <= TOLERANCE * moved.getOrDefault(e.getKey(), 1.0));
        return new Balance(surplus, Math.abs(charge) <= TOLERANCE * chargeMoved ? 0 : charge, unknown);
    }

    /** True if nothing is made or lost, as far as the formulas tell. */
    public boolean isBalanced() {
        return unknown.isEmpty() && elements.isEmpty() && charge == 0;
    }

    /** The imbalance in words, element by element, or that there is none. */
    public String describe() {
        if (isBalanced()) {
            return "balanced";
        }
        var parts = new ArrayList<String>();
        elements.forEach((element, amount) -> parts.add(element + ' ' + signed(amount)));
        if (charge != 0) {
            parts.add("charge " + signed(charge));
        }
        var text = parts.isEmpty() ? "" : "products minus reactants: " + String.join(", ", parts);
        for (String name : unknown) {
            text += (text.isEmpty() ? "" : "; ") + "the formula of " + name + " is cut in the database";
        }
        return text;
    }

    private static String signed(double amount) {
        return (amount > 0 ? "+" : "-") + number(Math.abs(amount));
    }

    private static String number(double value) {
        double rounded = Math.round(value * 1e6) / 1e6;
        return Composition.number(rounded);
    }
}
