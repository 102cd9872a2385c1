package org.colonnade.geochemistry.supcrt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.colonnade.geochemistry.Reference;

/** The publications behind the properties of a reaction: of the equations, and of its species. */
public final class Sources {

    public static final Reference SUPCRT92 = new Reference(
            "Johnson1992",
            List.of("Johnson, J. W.", "Oelkers, E. H.", "Helgeson, H. C."),
            1992,
            "SUPCRT92: A software package for calculating the standard molal thermodynamic properties of minerals,"
                    + " gases, aqueous species, and reactions from 1 to 5000 bar and 0 to 1000 °C",
            "Computers & Geosciences",
            "18",
            "899-947",
            "10.1016/0098-3004(92)90029-Q");

    public static final Reference SUPCRTBL = new Reference(
            "Zimmer2016",
            List.of("Zimmer, K.", "Zhang, Y.", "Lu, P.", "Chen, Y.", "Zhang, G.", "Dalkilic, M.", "Zhu, C."),
            2016,
            "SUPCRTBL: A revised and extended thermodynamic dataset and software package of SUPCRT92",
            "Computers & Geosciences",
            "90",
            "97-111",
            "10.1016/j.cageo.2016.02.013");

    public static final Reference HAAR_1984 = new Reference(
            "Haar1984",
            List.of("Haar, L.", "Gallagher, J. S.", "Kell, G. S."),
            1984,
            "NBS/NRC Steam Tables",
            "Hemisphere, Washington",
            null,
            null,
            null);

    private Sources() {}

    /** Equations first; the same publication once, also where the set knows it by another key. */
    public static List<Reference> of(Reaction reaction) {
        Map<String, Reference> all = new LinkedHashMap<>();
        var equations = new ArrayList<>(List.of(SUPCRT92, SUPCRTBL));
        if (reaction.needsWater()) {
            equations.add(HAAR_1984);
        }
        equations.forEach(reference -> all.put(reference.text(), reference));
        for (var term : reaction.terms()) {
            of(term.species()).forEach(reference -> all.putIfAbsent(reference.text(), reference));
        }
        return List.copyOf(all.values());
    }

    /** In full for the species of the included set; empty for those of other databases, which name their sources by codes. */
    public static List<Reference> of(Species species) {
        var source = species instanceof Species.Electron electron ? electron.hydrogen() : species;
        var included = CuratedDatabase.instance();
        boolean known = included.database()
                .find(source.name())
                .filter(own -> own.equals(source))
                .isPresent();
        return known ? included.references(source.name()) : List.of();
    }

    /** The code by which the species' database names its source; empty where the publications are known, and for water. */
    public static String code(Species species) {
        boolean open = species.kind() != Species.Kind.WATER && of(species).isEmpty();
        return open ? species.label().reference().strip() : "";
    }
}
