/**
 * Finding species: by name, synonym, formula or element. Begin with
 * {@link org.colonnade.geochemistry.species.SpeciesIndex}.
 */
@NullMarked
package org.colonnade.geochemistry.species;

import org.jspecify.annotations.NullMarked;
