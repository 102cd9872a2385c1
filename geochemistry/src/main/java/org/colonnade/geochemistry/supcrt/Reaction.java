package org.colonnade.geochemistry.supcrt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * A reaction: species with coefficients, products positive. Immutable; species occur once each.
 *
 * @param title how tables name it
 * @param terms in the order given
 * @param notes what was changed in reading it: merged repetitions, corrected upper and lower case
 */
public record Reaction(String title, List<Term> terms, List<String> notes) {

    /**
     * One species of a reaction.
     *
     * @param coefficient moles, negative for reactants
     */
    public record Term(double coefficient, Species species) {}

    public Reaction {
        var merged = new LinkedHashMap<String, Term>();
        var remarks = new ArrayList<>(notes);
        for (Term term : terms) {
            var name = term.species().name();
            var before = merged.get(name);
            if (before != null) {
                remarks.add(name + " is given more than once; its coefficients are added");
                merged.put(name, new Term(before.coefficient() + term.coefficient(), term.species()));
            } else {
                merged.put(name, term);
            }
        }
        terms = List.copyOf(merged.values());
        notes = List.copyOf(remarks);
    }

    /** A reaction without notes. */
    public static Reaction of(String title, List<Term> terms) {
        return new Reaction(title, terms, List.of());
    }

    /** True if any species is dissolved or water itself, so that the properties of water are needed. */
    public boolean needsWater() {
        return terms.stream().anyMatch(t -> switch (t.species().kind()) {
            case AQUEOUS, WATER -> true;
            case MINERAL, GAS, ELECTRON -> false;
        });
    }

    /** Elements and charge, products minus reactants. */
    public Balance balance() {
        return Balance.of(terms);
    }

    /** The same reaction completed with water, protons and electrons, where these can balance it. */
    public Completion complete(Database database) {
        return Completion.of(this, database);
    }

    /** The terms as they are typed, e.g. {@code -1 QUARTZ; 1 SiO2,aq}. */
    public String text() {
        var text = new StringBuilder();
        for (Term term : terms) {
            text.append(text.isEmpty() ? "" : "; ")
                    .append(Composition.number(term.coefficient()))
                    .append(' ')
                    .append(term.species().name());
        }
        return text.toString();
    }
}
