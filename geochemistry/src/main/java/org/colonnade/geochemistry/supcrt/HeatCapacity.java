package org.colonnade.geochemistry.supcrt;

/**
 * Cp = a + bT + c/T² + d/√T of Holland and Powell, Journal of Metamorphic Geology 29 (2011) 333-383.
 *
 * @param a J/(mol K)
 * @param b J/(mol K²)
 * @param c J K/mol
 * @param d J/(mol K½)
 */
public record HeatCapacity(double a, double b, double c, double d) {}
