package org.colonnade.geochemistry.species;

import java.util.List;
import java.util.Optional;

/**
 * A species that some calculator knows.
 *
 * @param formula as written; empty when not known
 * @param synonyms other names
 * @param sources the collections that hold it, e.g. {@code library}
 */
public record Species(String name, String formula, List<String> synonyms, List<String> sources) {

    public Species {
        synonyms = List.copyOf(synonyms);
        sources = List.copyOf(sources);
    }

    /** Empty when the formula is not known or is written in a way that cannot be read. */
    public Optional<Formula> parsed() {
        try {
            return formula.isEmpty() ? Optional.empty() : Optional.of(Formula.parse(formula));
        } catch (FormulaException e) {
            return Optional.empty();
        }
    }
}
