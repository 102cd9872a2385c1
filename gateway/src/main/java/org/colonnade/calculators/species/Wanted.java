package org.colonnade.calculators.species;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.colonnade.geochemistry.species.Elements;
import org.colonnade.geochemistry.species.Formula;
import org.colonnade.geochemistry.species.FormulaException;
import org.colonnade.geochemistry.species.Species;
import org.colonnade.geochemistry.species.SpeciesIndex;
import org.colonnade.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * What somebody looks for. Conditions that are given must all hold; without one every species is wanted.
 *
 * @param name a part of a name or synonym
 * @param formula however it is written
 * @param elements symbols with commas or blanks between
 */
record Wanted(
        @Nullable String name,
        @Nullable String formula,
        @Nullable String elements) {

    /**
     * By name without regard to case.
     *
     * @throws ProblemException naming the formula or the element that cannot be read
     */
    List<Species> in(SpeciesIndex index) {
        var conditions = new ArrayList<Predicate<Species>>();
        if (name != null && !name.isBlank()) {
            conditions.add(Set.copyOf(index.nameContaining(name))::contains);
        }
        if (formula != null && !formula.isBlank()) {
            conditions.add(Set.copyOf(index.withFormula(parsed(formula)))::contains);
        }
        if (elements != null && !elements.isBlank()) {
            conditions.add(Set.copyOf(index.withElements(symbols(elements)))::contains);
        }
        return index.all().stream()
                .filter(species -> conditions.stream().allMatch(condition -> condition.test(species)))
                .toList();
    }

    private static Formula parsed(String formula) {
        try {
            return Formula.parse(formula);
        } catch (FormulaException e) {
            throw ProblemException.invalid("formula", "cannot be read: " + e.getMessage());
        }
    }

    private static Set<String> symbols(String elements) {
        var symbols =
                Stream.of(elements.split("[,\\s]+")).filter(s -> !s.isEmpty()).collect(Collectors.toSet());
        for (String symbol : symbols) {
            if (!Elements.isSymbol(symbol)) {
                throw ProblemException.invalid(
                        "elements",
                        "has no element '%s'".formatted(symbol.length() <= 20 ? symbol : symbol.substring(0, 20)));
            }
        }
        return symbols;
    }
}
