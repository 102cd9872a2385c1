package org.colonnade.geochemistry.supcrt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.colonnade.geochemistry.Reference;
import org.jspecify.annotations.Nullable;

/**
 * The species that come with this library: each value with its unit and its publication, checked against other
 * transcriptions of the publications once (docs/adr/0064) and against itself whenever the set is loaded
 * ({@link CuratedChecks}).
 */
public final class CuratedDatabase {

    /** Its name among databases. */
    public static final String NAME = "colonnade";

    /** Key of the entropies of the elements: a value that refers to them follows from the species' other values. */
    public static final String DERIVED = "CWM89";

    /** The value that no publication gives: what a published Gibbs energy lacks. */
    public static final String MISFIT = "gibbs_misfit";

    private static final CuratedDatabase INSTANCE = load();

    private final Database database;
    private final String version;
    private final String compilation;
    private final Map<String, Reference> references;
    private final Map<String, Map<String, Value>> values;

    /**
     * One published number.
     *
     * @param name of the parameter
     * @param value as published
     * @param unit as published
     * @param reference key of the publication
     */
    public record Value(String name, double value, String unit, String reference) {}

    private CuratedDatabase(
            Database database,
            String version,
            String compilation,
            Map<String, Reference> references,
            Map<String, Map<String, Value>> values) {
        this.database = database;
        this.version = version;
        this.compilation = compilation;
        this.references = references;
        this.values = values;
    }

    /** The set that comes with the library. */
    public static CuratedDatabase instance() {
        return INSTANCE;
    }

    /** Its species. */
    public Database database() {
        return database;
    }

    /** Its version, which changes whenever a value does. */
    public String version() {
        return version;
    }

    /** The published numbers of a species, by name of the parameter; empty if the set does not hold it. */
    public List<Value> values(String species) {
        return List.copyOf(values.getOrDefault(species, Map.of()).values());
    }

    /** The publications behind a species, Gibbs energy first; empty if the set does not hold it. */
    public List<Reference> references(String species) {
        return keys(values(species)).stream()
                .map(key -> Objects.requireNonNull(references.get(key)))
                .toList();
    }

    /** The keys of the publications of these values. */
    static List<String> keys(Collection<Value> values) {
        return values.stream()
                .filter(value -> !value.name().equals(MISFIT))
                .map(Value::reference)
                .distinct()
                .toList();
    }

    /** A publication by its key. */
    public Optional<Reference> reference(String key) {
        return Optional.ofNullable(references.get(key));
    }

    /** The compilation from which the values were taken. */
    public Reference compilation() {
        return Objects.requireNonNull(references.get(compilation));
    }

    /** All publications named by a value, by key. */
    public Map<String, Reference> references() {
        return references;
    }

    /**
     * Species whose published enthalpy and entropy do not give the published Gibbs energy, with the difference in kJ/mol. Log K
     * of their reactions follows from the Gibbs energy; the enthalpy of reaction carries the difference.
     */
    public SortedMap<String, Double> inconsistent() {
        var found = new TreeMap<String, Double>();
        values.forEach((name, numbers) -> {
            var misfit = numbers.get(MISFIT);
            if (misfit != null) {
                found.put(name, misfit.value());
            }
        });
        return found;
    }

    private static CuratedDatabase load() {
        try (var in = Objects.requireNonNull(CuratedDatabase.class.getResourceAsStream("curated.txt"))) {
            return read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @throws IllegalStateException naming every species and value that fails a check
     */
    static CuratedDatabase read(String text) {
        var blocks = CuratedFormat.blocks(text);
        var references = new LinkedHashMap<String, Reference>();
        var values = new LinkedHashMap<String, Map<String, Value>>();
        var species = new ArrayList<Species>();
        var problems = new ArrayList<String>();
        String version = "";
        String compilation = "";
        for (var block : blocks) {
            switch (block.kind()) {
                case "format" -> require(block.name().equals("2"), "format " + block.name() + " is not known");
                case "version" -> version = block.name();
                case "compilation" -> compilation = block.name();
                case "reference" -> references.put(block.name(), CuratedFormat.reference(block));
                default -> {
                    var numbers = CuratedFormat.values(block);
                    if (values.put(block.name(), numbers) != null) {
                        problems.add(block.name() + " is there twice");
                        continue;
                    }
                    var each = CuratedFormat.species(block, numbers);
                    problems.addAll(CuratedChecks.of(each, numbers, references.keySet()));
                    species.add(each);
                }
            }
        }
        require(references.containsKey(compilation), "the compilation " + compilation + " is no reference");
        require(problems.isEmpty(), String.join("; ", problems));
        return new CuratedDatabase(
                Database.of(NAME, species), version, compilation, Map.copyOf(references), Map.copyOf(values));
    }

    static void require(boolean condition, @Nullable String message) {
        if (!condition) {
            throw new IllegalStateException("Curated species: " + message);
        }
    }
}
