/**
 * Standard molal properties of minerals, gases, aqueous species, water and of reactions among them, from 0 to 1000 °C
 * and from the vapour pressure of water to 5 kbar (minerals and gases further), as the SUPCRT programs compute them:
 * Johnson, Oelkers and Helgeson, Computers and Geosciences 18 (1992) 899-947; Zimmer et al., Computers and Geosciences
 * 90 (2016) 97-111.
 *
 * <p>A {@link org.colonnade.geochemistry.supcrt.Database} gives the species, a
 * {@link org.colonnade.geochemistry.supcrt.Reaction} combines them, {@link
 * org.colonnade.geochemistry.supcrt.Conditions} hold the states (water is computed once for each), and an {@link
 * org.colonnade.geochemistry.supcrt.Evaluation} turns any number of reactions over them into tables. All types are
 * immutable and safe for parallel use except {@code Evaluation}, which belongs to one thread.
 */
@NullMarked
package org.colonnade.geochemistry.supcrt;

import org.jspecify.annotations.NullMarked;
