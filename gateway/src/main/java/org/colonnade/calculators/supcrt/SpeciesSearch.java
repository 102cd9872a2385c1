package org.colonnade.calculators.supcrt;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.colonnade.geochemistry.species.Elements;
import org.colonnade.geochemistry.supcrt.Database;
import org.colonnade.geochemistry.supcrt.Species;

/** Finds species of a database by a part of their name or formula, or by elements: {@code Ca C O}. */
final class SpeciesSearch {

    private SpeciesSearch() {}

    /** Exact names first, then what begins with the words, then the rest. */
    static List<Species> find(Database database, String words) {
        var wanted = words.toLowerCase(Locale.ROOT);
        var symbols = Stream.of(words.split("[,\\s]+")).collect(Collectors.toSet());
        boolean elements = symbols.stream().allMatch(Elements::isSymbol);
        return database.species().stream()
                .filter(s -> rank(s, wanted) < 3 || (elements && holds(s, symbols)))
                .sorted((a, b) -> Integer.compare(rank(a, wanted), rank(b, wanted)))
                .toList();
    }

    private static int rank(Species species, String wanted) {
        var name = species.name().toLowerCase(Locale.ROOT);
        if (name.equals(wanted)) {
            return 0;
        }
        if (name.startsWith(wanted)) {
            return 1;
        }
        return name.contains(wanted)
                        || species.label().formula().toLowerCase(Locale.ROOT).contains(wanted)
                ? 2
                : 3;
    }

    private static boolean holds(Species species, Set<String> symbols) {
        return species.composition().elements().keySet().containsAll(symbols);
    }
}
