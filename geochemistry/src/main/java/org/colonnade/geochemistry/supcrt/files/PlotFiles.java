package org.colonnade.geochemistry.supcrt.files;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.colonnade.geochemistry.supcrt.Grid;
import org.colonnade.geochemistry.supcrt.ReactionTable;

/** Plot files of the first kind: one file per property, pairs of stepped variable and value per isopleth. */
public final class PlotFiles {

    private PlotFiles() {}

    private interface Column {
        double value(ReactionTable table, int row);
    }

    /** Files by name; empty for lists of states that are not uniform. */
    public static Map<String, String> write(Run run, String name) {
        var files = new LinkedHashMap<String, String>();
        if (!run.curves().isEmpty()) {
            files.put(name + ".uxy", curves(run, name));
            return files;
        }
        boolean uniform = run.tabulation() instanceof Tabulation.Table t
                && (t.grid() instanceof Grid.Uniform || t.grid() instanceof Grid.Saturation);
        if (!uniform) {
            return files;
        }
        var variables = TableFile.variables(run.tabulation());
        boolean saturated = run.tabulation() instanceof Tabulation.Table t && t.grid() instanceof Grid.Saturation;
        put(files, run, name, ".kxy", "logK", (t, i) -> t.logK(i));
        put(files, run, name, ".gxy", "delG (kJ/mol)", (t, i) -> t.gibbs(i) / 1e3);
        put(files, run, name, ".hxy", "delH (kJ/mol)", (t, i) -> t.enthalpy(i) / 1e3);
        put(files, run, name, ".sxy", "delS (J/mol/K)", (t, i) -> t.entropy(i));
        put(files, run, name, ".cxy", "delCp (J/mol/K)", (t, i) -> t.heatCapacity(i));
        put(files, run, name, ".vxy", "delV (J/bar)", (t, i) -> t.volume(i));
        var dependent = saturated ? variables.get(1) : variables.get(2);
        if (run.wet()) {
            put(files, run, name, ".dxy", TableFile.name(dependent), (t, i) -> state(t, i, dependent));
            if (saturated) {
                put(files, run, name, ".2xy", "DH2O(g/cc)", (t, i) -> state(t, i, "density"));
            }
        }
        return files;
    }

    private static void put(
            Map<String, String> files, Run run, String name, String ending, String title, Column column) {
        var out = new StringBuilder(header(run, name));
        var variables = TableFile.variables(run.tabulation());
        boolean lines = run.tabulation() instanceof Tabulation.Table t && t.grid() instanceof Grid.Uniform;
        var step = lines ? variables.get(1) : variables.get(0);
        for (int r = 0; r < run.tables().size(); r++) {
            var table = run.tables().get(r);
            out.append(reaction(run, r));
            int length = lines && run.tabulation() instanceof Tabulation.Table t
                    ? t.grid().lineLength()
                    : table.size();
            for (int i = 0; i < table.size(); i++) {
                if (i % length == 0) {
                    out.append('\n');
                    if (lines) {
                        out.append(String.format(
                                Locale.ROOT,
                                " %s = %10.4f ; %s, %-13.13s%n%n",
                                TableFile.name(variables.get(0)),
                                state(table, i, variables.get(0)),
                                TableFile.name(step),
                                title));
                    } else {
                        out.append(" %s, %s%n%n".formatted(TableFile.name(step), title));
                    }
                }
                double value = column.value(table, i);
                if (!Double.isNaN(value) && table.flag(i).hasGibbs()) {
                    out.append(pair(state(table, i, step), value));
                }
            }
        }
        files.put(name + ending, out.toString());
    }

    private static String curves(Run run, String name) {
        var out = new StringBuilder(header(run, name));
        var variables = TableFile.variables(run.tabulation());
        for (int r = 0; r < run.curves().size(); r++) {
            out.append(reaction(run, r));
            var points = run.curves().get(r);
            for (double target : points.stream()
                    .mapToDouble(Run.CurvePoint::target)
                    .distinct()
                    .toArray()) {
                out.append(String.format(
                        Locale.ROOT,
                        "%n LOG K = %s ; %s, %s = %n%n",
                        exponent(target, 5).strip(),
                        TableFile.name(variables.get(0)),
                        TableFile.name(variables.get(1))));
                points.stream()
                        .filter(p -> p.target() == target && !Double.isNaN(p.found()))
                        .forEach(p -> out.append(pair(p.isopleth(), p.found())));
            }
        }
        return out.toString();
    }

    private static String header(Run run, String name) {
        return "\n ***** SUPCRTBL: input/output specifications for this run\n\n"
                + "            USER-SPECIFIED  CON FILE  containing \n            T-P-D grid & option switches: "
                + TableFile.pad(name + ".con", 20)
                + "\n\n            USER-SPECIFIED  RXN FILE  containing \n            chemical reactions: "
                + TableFile.pad(name + ".rxn", 20)
                + "\n\n            THERMODYNAMIC DATABASE: "
                + TableFile.pad(run.database(), 20)
                + "\n\n            SUPCRT-GENERATED  TAB FILE  containing \n            tabulated reaction properties: "
                + TableFile.pad(name + ".out", 20)
                + "\n\n"
                + TableFile.switchesAndStates(run.tabulation(), "***********")
                + "\n"
                + "*".repeat(86)
                + "\n";
    }

    private static String reaction(Run run, int r) {
        return String.format(
                Locale.ROOT,
                "%n%n REACTION %2d%n TITLE: %-80s%n",
                r + 1,
                run.reactions().get(r).title());
    }

    private static double state(ReactionTable table, int i, String variable) {
        return switch (variable) {
            case "pressure" -> table.conditions().bar(i);
            case "temperature" -> table.conditions().celsius(i);
            default -> table.conditions().density(i);
        };
    }

    private static String pair(double x, double y) {
        return " " + exponent(x, 7) + " " + exponent(y, 7) + "\n";
    }

    /** Fortran's e14.7: a mantissa below one, and the letter left out of three-digit exponents. */
    static String exponent(double value, int digits) {
        if (value == 0) {
            return String.format(Locale.ROOT, "%14s", "0." + "0".repeat(digits) + "E+00");
        }
        var parts = String.format(Locale.ROOT, "%." + (digits - 1) + "e", Math.abs(value))
                .split("e");
        int power = Integer.parseInt(parts[1]) + 1;
        var mantissa = (value < 0 ? "-0." : "0.") + parts[0].replace(".", "");
        var sign = power < 0 ? "-" : "+";
        var tail = Math.abs(power) > 99
                ? String.format(Locale.ROOT, "%s%03d", sign, Math.abs(power))
                : String.format(Locale.ROOT, "E%s%02d", sign, Math.abs(power));
        return String.format(Locale.ROOT, "%14s", mantissa + tail);
    }

    /** Endings of all plot files, for lists. */
    public static List<String> endings() {
        return List.of(".kxy", ".gxy", ".hxy", ".sxy", ".cxy", ".vxy", ".dxy", ".2xy", ".uxy");
    }
}
