package org.colonnade.calculators.phreeqc;

import java.nio.file.Path;

/**
 * A PHREEQC that can be started.
 *
 * @param name for people, e.g. {@code IPhreeqc 3.8.6 (package phreeqc 1.1.1)}
 * @param library the IPhreeqc library
 * @param databases the folder of databases that came with it; may be missing
 * @param python the interpreter that drives it
 */
public record Engine(String name, Path library, Path databases, Path python) {}
