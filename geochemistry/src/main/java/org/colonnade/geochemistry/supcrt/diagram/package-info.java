/**
 * Diagrams from the same Gibbs energies as the tables: contours of log K and phase boundaries over temperature and pressure
 * ({@link org.colonnade.geochemistry.supcrt.diagram.LogKMap}), and fields of the predominant species of an element over pH,
 * Eh and activities ({@link org.colonnade.geochemistry.supcrt.diagram.Predominance}).
 */
@NullMarked
package org.colonnade.geochemistry.supcrt.diagram;

import org.jspecify.annotations.NullMarked;
