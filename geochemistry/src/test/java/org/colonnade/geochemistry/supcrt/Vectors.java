package org.colonnade.geochemistry.supcrt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.colonnade.geochemistry.supcrt.water.WaterModel;

/** Rows computed by the published program, seven digits, and how far a table is from them. */
final class Vectors {

    private Vectors() {}

    static List<Map<String, String>> read(String name) {
        try (var in = Objects.requireNonNull(Vectors.class.getResourceAsStream("/supcrt/" + name + ".csv"))) {
            var lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            var header = fields(lines.getFirst());
            var rows = new ArrayList<Map<String, String>>();
            for (String line : lines.subList(1, lines.size())) {
                var fields = fields(line);
                var row = new LinkedHashMap<String, String>();
                for (int i = 0; i < header.size(); i++) {
                    row.put(header.get(i), fields.get(i));
                }
                row.put("line", line);
                rows.add(row);
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> fields(String line) {
        var fields = new ArrayList<String>();
        var field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }

    static String text(Map<String, String> row, String column) {
        return Objects.requireNonNull(row.get(column), column);
    }

    static double number(Map<String, String> row, String column) {
        var text = text(row, column);
        return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
    }

    /** The state of a row of the grid named; a row of minerals at high pressure has no water. */
    static Conditions conditions(String grid, double celsius, double bar, double density) {
        if (grid.equals("SATP")) {
            return Conditions.of(WaterModel.saturatedAtPressure(bar));
        }
        if (grid.startsWith("SAT")) {
            return Conditions.of(
                    grid.equals("SAT") && celsius <= 99.6324
                            ? WaterModel.atPressure(celsius, 1)
                            : WaterModel.saturatedAtTemperature(celsius));
        }
        var t = new double[] {celsius};
        return switch (grid) {
            case "TD", "CRITD" -> Conditions.atDensity(t, new double[] {density});
            case "HIP" -> Conditions.dry(t, new double[] {bar});
            default -> Conditions.atPressure(t, new double[] {bar});
        };
    }

    /** Deviations in units of the tolerance allowed, the worst kept for each quantity. */
    static final class Deviations {
        private final Map<String, String> lines = new TreeMap<>();
        private final Map<String, Double> worst = new TreeMap<>();
        private int count;

        void compare(
                String grid, String quantity, double ours, double theirs, double tolerance, Map<String, String> row) {
            if (Double.isNaN(theirs)) {
                return;
            }
            count++;
            boolean critical = critical(grid, row);
            double absolute = critical ? Math.min(tolerance, 1e-3) : tolerance;
            double allowed = Math.max(absolute, (critical ? 2e-4 : 5e-6) * Math.abs(theirs));
            double share = Math.abs(ours - theirs) / allowed;
            share = Double.isNaN(share) ? Double.POSITIVE_INFINITY : share;
            if (share > worst.getOrDefault(quantity, -1.0)) {
                worst.put(quantity, share);
                lines.put(
                        quantity,
                        "%.3g of the tolerance: %s, not %s, in %s".formatted(share, ours, theirs, text(row, "line")));
            }
        }

        /** Near the critical point the seven digits of P and D are too few to hold the other values to as many. */
        private static boolean critical(String grid, Map<String, String> row) {
            return switch (grid) {
                case "CRIT", "CRITD", "SATcrit" -> true;
                case "SATP" -> number(row, "P_bar") > 200;
                default -> false;
            };
        }

        double worst() {
            return worst.values().stream().mapToDouble(d -> d).max().orElse(0);
        }

        int count() {
            return count;
        }

        String report(String title) {
            var text = new StringBuilder(title + ": " + count + " values compared\n");
            lines.forEach((quantity, line) ->
                    text.append("  ").append(quantity).append(": ").append(line).append('\n'));
            return text.toString();
        }
    }
}
