package org.colonnade.calculators.supcrt;

import java.util.List;
import java.util.stream.Collectors;
import org.colonnade.geochemistry.supcrt.Reaction;
import org.colonnade.web.Numbers;

/** A reaction as one writes it on paper: {@code CALCITE + H+ = Ca+2 + HCO3-}. */
final class Equation {

    private Equation() {}

    static String of(Reaction reaction) {
        return reactants(reaction) + " = " + products(reaction);
    }

    /** What a reaction uses, with plus signs between. */
    static String reactants(Reaction reaction) {
        return side(reaction.terms().stream().filter(t -> t.coefficient() < 0).toList());
    }

    /** What a reaction makes, with plus signs between. */
    static String products(Reaction reaction) {
        return side(reaction.terms().stream().filter(t -> t.coefficient() > 0).toList());
    }

    private static String side(List<Reaction.Term> terms) {
        return terms.isEmpty() ? "nothing" : terms.stream().map(Equation::term).collect(Collectors.joining(" + "));
    }

    private static String term(Reaction.Term term) {
        double amount = Math.abs(term.coefficient());
        String name = term.species().name();
        return amount == 1 ? name : Numbers.plain(amount) + " " + name;
    }
}
