package org.colonnade.calculators.phreeqc;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.colonnade.web.Numbers;

/**
 * The temperatures for which a database's activity model is defined; beyond them PHREEQC stops.
 *
 * @param from in °C
 * @param to in °C
 */
public record TemperatureRange(double from, double to) {

    private static final Pattern GRID = Pattern.compile(
            "(?im)^\\s*LLNL_AQUEOUS_MODEL_PARAMETERS\\s.*?^\\s*-temp\\w*((?:\\s+[\\d.][\\d.+eE-]*)+)", Pattern.DOTALL);

    /** From the grid of a database in the LLNL form; other databases name no range. */
    static Optional<TemperatureRange> of(String database) {
        Matcher grid = GRID.matcher(database);
        if (!grid.find()) {
            return Optional.empty();
        }
        double from = Double.POSITIVE_INFINITY;
        double to = Double.NEGATIVE_INFINITY;
        for (String number : grid.group(1).strip().split("\\s+", -1)) {
            try {
                double value = Double.parseDouble(number);
                from = Math.min(from, value);
                to = Math.max(to, value);
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
        return Optional.of(new TemperatureRange(from, to));
    }

    /** As in 0.01 to 300 °C. */
    @Override
    public String toString() {
        return Numbers.plain(from) + " to " + Numbers.plain(to) + " °C";
    }

    boolean contains(double celsius) {
        return celsius >= from && celsius <= to;
    }
}
