package org.colonnade.calculators.supcrt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.colonnade.geochemistry.Reference;
import org.colonnade.geochemistry.supcrt.CuratedDatabase;
import org.colonnade.geochemistry.supcrt.Database;
import org.colonnade.geochemistry.supcrt.Reaction;
import org.colonnade.geochemistry.supcrt.Species;

/**
 * What a result rests on: the equations, and the sources of the species that were used.
 *
 * @param references in full
 * @param codes of sources that a database names by a code alone
 */
record SupcrtCitations(List<Reference> references, List<String> codes) {

    private static final Reference SUPCRT92 = new Reference(
            "Johnson1992",
            List.of("Johnson, J. W.", "Oelkers, E. H.", "Helgeson, H. C."),
            1992,
            "SUPCRT92: A software package for calculating the standard molal thermodynamic properties of minerals,"
                    + " gases, aqueous species, and reactions from 1 to 5000 bar and 0 to 1000 °C",
            "Computers & Geosciences",
            "18",
            "899-947",
            "10.1016/0098-3004(92)90029-Q");

    private static final Reference SUPCRTBL = new Reference(
            "Zimmer2016",
            List.of("Zimmer, K.", "Zhang, Y.", "Lu, P.", "Chen, Y.", "Zhang, G.", "Dalkilic, M.", "Zhu, C."),
            2016,
            "SUPCRTBL: A revised and extended thermodynamic dataset and software package of SUPCRT92",
            "Computers & Geosciences",
            "90",
            "97-111",
            "10.1016/j.cageo.2016.02.013");

    private static final Reference HGK = new Reference(
            "Haar1984",
            List.of("Haar, L.", "Gallagher, J. S.", "Kell, G. S."),
            1984,
            "NBS/NRC Steam Tables",
            "Hemisphere, Washington",
            null,
            null,
            null);

    static SupcrtCitations of(Database database, List<Reaction> reactions) {
        // The same paper may stand in the set under another key.
        Map<String, Reference> references = new LinkedHashMap<>();
        Set<String> codes = new LinkedHashSet<>();
        Stream.of(SUPCRT92, SUPCRTBL).forEach(r -> references.put(r.text(), r));
        for (var reaction : reactions) {
            if (reaction.needsWater()) {
                references.put(HGK.text(), HGK);
            }
            for (var term : reaction.terms()) {
                publications(database, term.species()).forEach(r -> references.putIfAbsent(r.text(), r));
                codes(database, term.species()).forEach(codes::add);
            }
        }
        return new SupcrtCitations(List.copyOf(references.values()), List.copyOf(codes));
    }

    /** What a species' numbers were published in, as far as the database names publications in full. */
    static List<Reference> publications(Database database, Species species) {
        if (!database.name().equals(CuratedDatabase.NAME)) {
            return List.of();
        }
        var source = species instanceof Species.Electron electron ? electron.hydrogen() : species;
        return CuratedDatabase.instance().references(source.name());
    }

    /** Sources that the database names by codes alone. */
    static List<String> codes(Database database, Species species) {
        String code = species.label().reference().strip();
        boolean given = !code.isEmpty() && species.kind() != Species.Kind.WATER;
        return given && publications(database, species).isEmpty() ? List.of(code) : List.of();
    }

    /** One line for each source. */
    List<String> lines() {
        var lines = new ArrayList<>(references.stream().map(Reference::text).toList());
        if (!codes.isEmpty()) {
            lines.add("Species: sources named by the database as " + String.join(", ", codes));
        }
        return lines;
    }
}
