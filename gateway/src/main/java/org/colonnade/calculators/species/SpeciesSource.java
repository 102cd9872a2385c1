package org.colonnade.calculators.species;

import java.util.List;
import org.colonnade.geochemistry.species.Species;

/** A collection of species that joins the index; a bean of this type is enough. */
public interface SpeciesSource {

    /** The word by which scripts of the js2 gateway ask for its names, e.g. {@code supcrtbl}. */
    String query();

    List<Species> species();
}
