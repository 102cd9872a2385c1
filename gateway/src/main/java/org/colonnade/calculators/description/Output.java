package org.colonnade.calculators.description;

import org.colonnade.geochemistry.Unit;

/**
 * One number of an answer.
 *
 * @param name in JSON and CSV
 * @param label for people
 */
public record Output(String name, String label, Unit unit) {}
