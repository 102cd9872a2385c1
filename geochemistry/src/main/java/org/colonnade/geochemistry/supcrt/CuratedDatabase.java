package org.colonnade.geochemistry.supcrt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.colonnade.geochemistry.Reference;
import org.jspecify.annotations.Nullable;

/**
 * The species that come with this library: each value re-entered from the publication it names, in the unit of that
 * publication, and checked when the set is loaded. Gibbs energies of minerals and gases are not given by their source;
 * they follow from enthalpy, entropy and the entropies of the elements.
 */
public final class CuratedDatabase {

    /** Its name among databases. */
    public static final String NAME = "colonnade";

    private static final double REFERENCE_TEMPERATURE = 298.15;

    /** Allowed difference between a Gibbs energy as published and the one from enthalpy and entropy, J/mol. */
    private static final double GIBBS_TOLERANCE = 600;

    private static final CuratedDatabase INSTANCE = load();

    private final Database database;
    private final String version;
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
            Map<String, Reference> references,
            Map<String, Map<String, Value>> values) {
        this.database = database;
        this.version = version;
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

    /** A publication by its key. */
    public Optional<Reference> reference(String key) {
        return Optional.ofNullable(references.get(key));
    }

    private static CuratedDatabase load() {
        try (var in = Objects.requireNonNull(CuratedDatabase.class.getResourceAsStream("curated.txt"))) {
            return read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @throws IllegalStateException naming species and value if a check fails
     */
    static CuratedDatabase read(String text) {
        var blocks = CuratedFormat.blocks(text);
        var references = new LinkedHashMap<String, Reference>();
        var values = new LinkedHashMap<String, Map<String, Value>>();
        var species = new ArrayList<Species>();
        String version = "";
        for (var block : blocks) {
            switch (block.kind()) {
                case "format" -> require(block.name().equals("1"), "format " + block.name() + " is not known");
                case "version" -> version = block.name();
                case "reference" -> references.put(block.name(), CuratedFormat.reference(block));
                default -> {
                    var numbers = CuratedFormat.values(block);
                    for (var value : numbers.values()) {
                        require(
                                references.containsKey(value.reference()),
                                block.name() + " " + value.name() + " names no reference");
                    }
                    require(values.put(block.name(), numbers) == null, block.name() + " is there twice");
                    species.add(checked(CuratedFormat.species(block, numbers), numbers));
                }
            }
        }
        return new CuratedDatabase(Database.of(NAME, species), version, Map.copyOf(references), Map.copyOf(values));
    }

    /**
     * The three published numbers of a dissolved species must agree. Where those of a source are known not to, the set
     * says by how much, so that a wrong digit is still found.
     */
    private static Species checked(Species species, Map<String, Value> numbers) {
        if (species instanceof Species.Aqueous a && !a.name().equals("H+")) {
            var misfit = numbers.get("gibbs_misfit");
            double difference = a.gibbs() - gibbs(a.enthalpy(), a.entropy(), a.composition());
            double rest = misfit == null ? difference : difference - misfit.value() * 4.184;
            require(
                    Math.abs(rest) < (misfit == null ? GIBBS_TOLERANCE : 20),
                    "%s: the Gibbs energy is %.0f J/mol off the one that follows from enthalpy and entropy"
                            .formatted(a.name(), difference));
        }
        return species;
    }

    /** Gibbs energy of formation from the elements; ions on the scale on which the proton has none. */
    static double gibbs(double enthalpy, double entropy, Composition composition) {
        double elements = composition.charge() * -Elements.entropy("H");
        for (var element : composition.elements().entrySet()) {
            elements += element.getValue() * Elements.entropy(element.getKey());
        }
        return enthalpy - REFERENCE_TEMPERATURE * (entropy - elements);
    }

    static void require(boolean condition, @Nullable String message) {
        if (!condition) {
            throw new IllegalStateException("Curated species: " + message);
        }
    }
}
