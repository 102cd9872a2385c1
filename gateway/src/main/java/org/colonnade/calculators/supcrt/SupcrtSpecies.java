package org.colonnade.calculators.supcrt;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.colonnade.calculators.species.SpeciesSource;
import org.colonnade.geochemistry.species.Species;
import org.colonnade.geochemistry.supcrt.CuratedDatabase;
import org.colonnade.geochemistry.supcrt.Database;
import org.colonnade.web.Numbers;
import org.springframework.stereotype.Component;

/** Puts the included database and those of the operator into the index of species. */
@Component
class SupcrtSpecies implements SpeciesSource {

    /** The words by which scripts of the js2 gateway ask for two of them. */
    private static final Map<String, String> QUERIES = Map.of("dpronsbl", "supcrtbl", "dpronsbl_ree", "supcrtbl_ree");

    private final SupcrtDatabases databases;
    private final Map<String, Collection> known = new ConcurrentHashMap<>();

    SupcrtSpecies(SupcrtDatabases databases) {
        this.databases = databases;
    }

    @Override
    public List<Collection> collections() {
        var shared = databases.shared();
        known.keySet().retainAll(shared.stream().map(Database::name).toList());
        return shared.stream()
                .map(database -> {
                    var before = known.get(database.name());
                    // A database is read once for each version of its file, so that the object is the version.
                    if (before == null || before.version() != database) {
                        before = collection(database);
                        known.put(database.name(), before);
                    }
                    return before;
                })
                .toList();
    }

    @Override
    public List<Sheet> sheets(String name) {
        return databases.shared().stream()
                .flatMap(database -> database
                        .findIgnoringCase(name)
                        .filter(SupcrtSpecies::isOfTheSource)
                        .map(species -> database.name().equals(CuratedDatabase.NAME)
                                ? curated(species.name())
                                : PublishedValues.sheet(database.name(), species))
                        .stream())
                .toList();
    }

    /** Every value of the included set with its unit and reference. */
    private static Sheet curated(String name) {
        var curated = CuratedDatabase.instance();
        var values = curated.values(name).stream()
                .filter(value -> !value.name().equals(CuratedDatabase.MISFIT))
                .toList();
        var warnings = Optional.ofNullable(curated.inconsistent().get(name)).stream()
                .map(misfit ->
                        ("Enthalpy and entropy do not give the Gibbs energy: the difference is %s kJ/mol. log\u00a0K"
                                        + " of reactions is right, because it follows from the Gibbs energy; ΔH of reactions"
                                        + " carries the difference.")
                                .formatted(Numbers.plain(misfit)))
                .toList();
        return new Sheet(
                CuratedDatabase.NAME,
                "Standard properties at 298.15 K and 1 bar, set " + CuratedDatabase.NAME + " " + curated.version(),
                warnings,
                values.stream()
                        .map(value -> new Row(
                                PublishedValues.title(value.name()),
                                Numbers.plain(value.value()),
                                value.unit().equals("1") ? "" : value.unit(),
                                source(curated, value)))
                        .toList(),
                values.stream()
                        .map(CuratedDatabase.Value::reference)
                        .distinct()
                        .map(key -> curated.reference(key).orElseThrow().text())
                        .toList());
    }

    private static String source(CuratedDatabase curated, CuratedDatabase.Value value) {
        String text = curated.reference(value.reference()).orElseThrow().shortText();
        return value.reference().equals(CuratedDatabase.DERIVED) ? "derived with " + text : text;
    }

    private static Collection collection(Database database) {
        var query = QUERIES.getOrDefault(database.name(), database.name());
        var species = database.species().stream()
                .filter(SupcrtSpecies::isOfTheSource)
                .map(s -> new Species(s.name(), s.label().formula(), List.of(), List.of(query)))
                .toList();
        return new Collection(query, database, species);
    }

    /** Water and the electron are computed, not read. */
    private static boolean isOfTheSource(org.colonnade.geochemistry.supcrt.Species species) {
        return switch (species.kind()) {
            case MINERAL, GAS, AQUEOUS -> true;
            case WATER, ELECTRON -> false;
        };
    }
}
