package org.colonnade.geochemistry.species;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.colonnade.geochemistry.rates.Mineral;
import org.colonnade.geochemistry.rates.MineralRates;
import org.colonnade.geochemistry.rates.RateDataset;

/** All species of a number of collections, found by name, synonym, formula or element. Immutable and thread-safe. */
public final class SpeciesIndex {

    private final List<Entry> entries;

    private record Entry(Species species, Optional<Formula> formula) {}

    /** Entries of one name are merged: their sources and synonyms add up, and the first known formula stays. */
    public SpeciesIndex(Collection<Species> species) {
        Map<String, Species> merged = new HashMap<>();
        species.forEach(s -> merged.merge(key(s.name()), s, SpeciesIndex::merge));
        this.entries = merged.values().stream()
                .sorted(Comparator.comparing(Species::name, String.CASE_INSENSITIVE_ORDER))
                .map(s -> new Entry(s, s.parsed()))
                .toList();
    }

    /** The minerals of both sets of rate parameters. */
    public static SpeciesIndex ofRates() {
        return new SpeciesIndex(rateMinerals());
    }

    /** The same as a list, to be joined with other collections. */
    public static List<Species> rateMinerals() {
        var known = formulas();
        var all = new ArrayList<Species>();
        for (var dataset : RateDataset.values()) {
            for (Mineral mineral : new MineralRates(dataset).minerals()) {
                var description = known.get(mineral.name());
                all.add(new Species(
                        mineral.name(),
                        description == null ? "" : description.formula(),
                        description == null ? List.of() : description.synonyms(),
                        List.of(dataset.key())));
            }
        }
        return all;
    }

    /** All, sorted by name without regard to case. */
    public List<Species> all() {
        return entries.stream().map(Entry::species).toList();
    }

    /** By its name or a synonym, without regard to case and spaces; a name wins over a synonym. */
    public Optional<Species> named(String name) {
        String key = key(name);
        return all().stream()
                .filter(s -> key(s.name()).equals(key))
                .findFirst()
                .or(() -> all().stream()
                        .filter(s -> s.synonyms().stream().anyMatch(x -> key(x).equals(key)))
                        .findFirst());
    }

    /** Those whose name or a synonym holds a text, without regard to case and spaces. */
    public List<Species> nameContaining(String text) {
        String key = key(text);
        return all().stream()
                .filter(s ->
                        key(s.name()).contains(key) || s.synonyms().stream().anyMatch(x -> key(x).contains(key)))
                .toList();
    }

    /** Those of the same composition, however it is written: {@code O2Si} finds quartz. */
    public List<Species> withFormula(Formula formula) {
        return entries.stream()
                .filter(e -> e.formula().filter(formula::sameAs).isPresent())
                .map(Entry::species)
                .toList();
    }

    /** Those that hold every one of these elements. */
    public List<Species> withElements(Set<String> elements) {
        return entries.stream()
                .filter(e -> e.formula()
                        .filter(f -> f.atoms().keySet().containsAll(elements))
                        .isPresent())
                .map(Entry::species)
                .toList();
    }

    private static Species merge(Species one, Species other) {
        return new Species(
                one.name(),
                one.formula().isEmpty() ? other.formula() : one.formula(),
                joined(one.synonyms(), other.synonyms()),
                joined(one.sources(), other.sources()));
    }

    private static List<String> joined(List<String> one, List<String> other) {
        var all = new LinkedHashSet<>(one);
        all.addAll(other);
        return List.copyOf(all);
    }

    private static String key(String name) {
        return name.replace(" ", "").toLowerCase(Locale.ROOT);
    }

    private static Map<String, Species> formulas() {
        try (var stream = Objects.requireNonNull(SpeciesIndex.class.getResourceAsStream("minerals.csv"))) {
            var map = new HashMap<String, Species>();
            new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .forEach(line -> {
                        String[] cells = line.split(",", -1);
                        var synonyms = cells[2].isEmpty() ? List.<String>of() : Arrays.asList(cells[2].split(";"));
                        map.put(cells[0], new Species(cells[0], cells[1], synonyms, List.of()));
                    });
            return map;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
