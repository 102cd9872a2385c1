package org.colonnade.geochemistry.supcrt.diagram;

/**
 * A straight line across a diagram.
 *
 * @param name what happens on it, e.g. {@code O2/H2O}
 */
public record Line(String name, Point from, Point to) {}
