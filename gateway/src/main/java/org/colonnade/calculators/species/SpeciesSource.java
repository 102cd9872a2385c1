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

    /** What there is now; an operator may add collections at any time. Cheap when nothing changed. */
    List<Collection> collections();
}
