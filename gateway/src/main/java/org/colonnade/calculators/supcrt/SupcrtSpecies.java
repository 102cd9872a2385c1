package org.colonnade.calculators.supcrt;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.colonnade.calculators.species.SpeciesSource;
import org.colonnade.geochemistry.species.Species;
import org.colonnade.geochemistry.supcrt.Database;
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

    private static Collection collection(Database database) {
        var query = QUERIES.getOrDefault(database.name(), database.name());
        var species = database.species().stream()
                .filter(s -> switch (s.kind()) {
                    case MINERAL, GAS, AQUEOUS -> true;
                    case WATER, ELECTRON -> false;
                })
                .map(s -> new Species(s.name(), s.label().formula(), List.of(), List.of(query)))
                .toList();
        return new Collection(query, database, species);
    }
}
