package org.colonnade.calculators.species;

import java.util.List;
import org.colonnade.geochemistry.species.Species;

/** Collections of species that join the index; a bean of this type is enough. */
public interface SpeciesSource {

    /**
     * One collection as it is now.
     *
     * @param query the word by which scripts of the js2 gateway ask for its names, e.g. {@code supcrtbl}; else its own name
     * @param version changes when the species do
     */
    record Collection(String query, Object version, List<Species> species) {}

    /**
     * What a source knows about one species, as a table for its page.
     *
     * @param source the collection, as {@link Species#sources} names it
     * @param title says what the table holds
     * @param warnings what a reader must know before using the numbers
     * @param rows the numbers
     * @param citations in full, one for each publication that a row names
     */
    record Sheet(String source, String title, List<String> warnings, List<Row> rows, List<String> citations) {

        public Sheet {
            warnings = List.copyOf(warnings);
            rows = List.copyOf(rows);
            citations = List.copyOf(citations);
        }
    }

    /**
     * One number of a sheet.
     *
     * @param unit empty for a bare number
     * @param reference short, as in {@code Holland and Powell (2011)}
     */
    record Row(String name, String value, String unit, String reference) {}

    /** The sheets about a species, by its name as the source writes it; none if the source has no more to say. */
    default List<Sheet> sheets(String name) {
        return List.of();
    }

    /** What there is now; an operator may add collections at any time. Cheap when nothing changed. */
    List<Collection> collections();
}
