package org.colonnade.calculators.phreeqc;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A thermodynamic database that this server offers. Numbers are comparable between runs with the same file only, so the
 * file is named by its digest.
 *
 * @param name the file's name, e.g. {@code phreeqc.dat}
 * @param installed true if the operator put it there, false if it came with the engine
 * @param date when the file was last changed
 * @param temperatures null where the file names no range
 */
public record Database(
        String name,
        Path file,
        boolean installed,
        long size,
        Instant date,
        String sha256,
        @Nullable TemperatureRange temperatures) {}
