package org.colonnade.geochemistry.supcrt.diagram;

/** A point of a diagram, in the units of its axes. */
public record Point(double x, double y) {}
