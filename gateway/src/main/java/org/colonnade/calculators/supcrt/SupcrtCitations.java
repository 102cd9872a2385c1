package org.colonnade.calculators.supcrt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.colonnade.geochemistry.Reference;
import org.colonnade.geochemistry.supcrt.Reaction;
import org.colonnade.geochemistry.supcrt.Sources;

/**
 * What a result rests on: the equations, and the sources of the species that were used.
 *
 * @param references in full
 * @param codes of sources that a database names by a code alone
 */
record SupcrtCitations(List<Reference> references, List<String> codes) {

    static SupcrtCitations of(List<Reaction> reactions) {
        Map<String, Reference> references = new LinkedHashMap<>();
        Set<String> codes = new LinkedHashSet<>();
        // The same paper may stand in the set under another key.
        List.of(Sources.SUPCRT92, Sources.SUPCRTBL).forEach(r -> references.put(r.text(), r));
        for (var reaction : reactions) {
            Sources.of(reaction).forEach(r -> references.putIfAbsent(r.text(), r));
            for (var term : reaction.terms()) {
                codes.add(Sources.code(term.species()));
            }
        }
        codes.remove("");
        return new SupcrtCitations(List.copyOf(references.values()), List.copyOf(codes));
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
