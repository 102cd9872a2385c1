package org.colonnade.geochemistry.supcrt.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.colonnade.geochemistry.supcrt.Conditions;
import org.colonnade.geochemistry.supcrt.Evaluation;
import org.colonnade.geochemistry.supcrt.Grid;
import org.colonnade.geochemistry.supcrt.PointFlag;
import org.colonnade.geochemistry.supcrt.Profile;
import org.colonnade.geochemistry.supcrt.Range;
import org.colonnade.geochemistry.supcrt.Reaction;
import org.colonnade.geochemistry.supcrt.ReactionTable;
import org.colonnade.geochemistry.supcrt.Species.Kind;

/** Writes .out files: the tables for people, in the columns of the original. */
public final class TableFile {

    private static final String RULE = "  ----------".repeat(9);

    private TableFile() {}

    /**
     * The file of a run.
     *
     * @param run what was computed
     * @param name file name without ending, as the header shows it
     * @param plots first plot file, or empty if there are none
     */
    public static String write(Run run, String name, String plots) {
        var out = new StringBuilder();
        header(out, run, name, plots);
        for (int i = 0; i < run.reactions().size(); i++) {
            reaction(out, run, i);
        }
        return out.toString();
    }

    private static void header(StringBuilder out, Run run, String name, String plots) {
        out.append("\n********** SUPCRTBL: input/output specifications for this run\n\n");
        out.append("            USER-SPECIFIED  CON FILE  containing \n            T-P-D grid & option switches: ")
                .append(pad(name + ".con", 20));
        out.append("\n\n            USER-SPECIFIED  RXN FILE  containing \n            chemical reactions: ")
                .append(pad(name + ".rxn", 20));
        out.append("\n\n            THERMODYNAMIC DATABASE: ").append(pad(run.database(), 20));
        out.append("\n\n            SUPCRT-GENERATED  TAB FILE  containing \n")
                .append("            tabulated reaction properties (this file): ")
                .append(pad(name + ".out", 20));
        if (!plots.isEmpty()) {
            out.append("\n\n            SUPCRT-GENERATED  PLT FILES  containing \n")
                    .append("            reaction properties for x-y plots: ")
                    .append(pad(plots, 20))
                    .append(" etc.");
        }
        out.append("\n\n")
                .append(switchesAndStates(run.tabulation(), "**********"))
                .append("\n\n");
    }

    static String switchesAndStates(Tabulation tabulation, String stars) {
        var out = new StringBuilder(
                stars + " summary of option switches \n\n" + "            isat, iopt, iplot, univar, noninc:");
        for (int each : ConditionsFile.switches(tabulation)) {
            out.append(String.format(Locale.ROOT, " %3d", each), 1, 4);
        }
        out.append("\n\n").append(stars).append(" summary of state conditions \n\n");
        states(tabulation)
                .forEach(line -> out.append("            ").append(line).append('\n'));
        return out.toString();
    }

    private static List<String> states(Tabulation tabulation) {
        return switch (tabulation) {
            case Tabulation.Univariant u ->
                List.of(
                        "%-15s:  min, max, increment: %s".formatted(isopleths(u.axes()), range(u.isopleths())),
                        "%s range: min, max, increment: %s"
                                .formatted(name(u.axes().step()), range(new Range(u.from(), u.to(), 0))));
            case Tabulation.Table table ->
                switch (table.grid()) {
                    case Grid.Uniform g ->
                        List.of(
                                "%-15s:  min, max, increment: %s".formatted(isopleths(g.axes()), range(g.isopleths())),
                                "%s range: min, max, increment: %s"
                                        .formatted(name(g.axes().step()), range(g.steps())));
                    case Grid.Pairs g ->
                        List.of("nonincremental %s, %s coordinates: %d pairs"
                                .formatted(
                                        name(g.axes().isopleth()),
                                        name(g.axes().step()),
                                        g.values().size()));
                    case Grid.Saturation g ->
                        List.of("saturation %s range: min, max, increment: %s"
                                .formatted(name(saturation(g.variable())), range(g.range())));
                    case Grid.SaturationList g ->
                        List.of("nonincremental saturation %s: %2d points"
                                .formatted(
                                        name(saturation(g.variable())),
                                        g.values().size()));
                };
        };
    }

    private static String isopleths(Grid.Axes axes) {
        return switch (axes) {
            case ISOBARS -> "ISOBARS(bars)";
            case ISOCHORES -> "ISOCHORES(g/cc)";
            case ISOTHERMS, ISOTHERMS_BY_DENSITY -> "ISOTHERMS(degC)";
        };
    }

    private static String range(Range r) {
        return String.format(Locale.ROOT, "%11.4f %11.4f %11.4f", r.min(), r.max(), r.increment());
    }

    static String saturation(Grid.SaturationVariable variable) {
        return variable == Grid.SaturationVariable.PRESSURE ? "pressure" : "temperature";
    }

    static String name(String variable) {
        return switch (variable) {
            case "pressure" -> "PRES(bars)";
            case "temperature" -> "TEMP(degC)";
            default -> "DH2O(g/cc)";
        };
    }

    /** Isopleth variable, stepped variable, dependent variable. */
    static List<String> variables(Tabulation tabulation) {
        return switch (tabulation) {
            case Tabulation.Univariant u -> variables(u.axes());
            case Tabulation.Table table ->
                switch (table.grid()) {
                    case Grid.Uniform g -> variables(g.axes());
                    case Grid.Pairs g -> variables(g.axes());
                    case Grid.Saturation g -> along(g.variable());
                    case Grid.SaturationList g -> along(g.variable());
                };
        };
    }

    private static List<String> variables(Grid.Axes axes) {
        return List.of(axes.isopleth(), axes.step(), axes.byDensity() ? "pressure" : "density");
    }

    private static List<String> along(Grid.SaturationVariable variable) {
        return variable == Grid.SaturationVariable.PRESSURE
                ? List.of("pressure", "temperature", "density")
                : List.of("temperature", "pressure", "density");
    }

    private static void reaction(StringBuilder out, Run run, int index) {
        var reaction = run.reactions().get(index);
        var stars = "*".repeat(36);
        out.append(String.format(Locale.ROOT, "%s REACTION %3d %s%n%n%n%n", stars, index + 1, stars));
        out.append(pad(reaction.title(), 80)).append("\n\n\n REACTION STOICHIOMETRY: \n\n");
        out.append("         COEFF.   NAME                   FORMULA\n");
        out.append("        -------   --------------------   --------------------\n");
        for (boolean reactants : new boolean[] {true, false}) {
            for (var kind : List.of(Kind.MINERAL, Kind.GAS, Kind.AQUEOUS, Kind.WATER)) {
                for (var term : ReactionsFile.withoutElectrons(reaction)) {
                    if (term.species().kind() == kind && term.coefficient() < 0 == reactants) {
                        var label = term.species().label();
                        boolean gas = kind == Kind.GAS;
                        out.append(String.format(
                                Locale.ROOT,
                                "       %8.3f   %-20s   %-30s%n",
                                term.coefficient(),
                                gas ? label.formula() : label.name(),
                                gas ? label.name() : label.formula()));
                    }
                }
            }
        }
        out.append("\n\n");
        SpeciesSection.write(out, reaction);
        var variables = variables(run.tabulation());
        out.append("\n\n STANDARD STATE PROPERTIES OF THE REACTION AT 25 DEG C AND 1 BAR\n\n\n");
        columns(out, variables, "   ");
        var reference = new Evaluation(Conditions.atPressure(new double[] {25}, new double[] {1}), Profile.COMPATIBLE)
                .table(reaction);
        row(out, reference, 0, variables, run.wet());
        out.append("\n\n\n STANDARD STATE PROPERTIES OF THE REACTION AT ELEVATED TEMPERATURES AND PRESSURES \n\n\n");
        columns(out, variables, "  ");
        out.append('\n');
        if (run.curves().isEmpty()) {
            table(out, run, index, variables);
        } else {
            curve(out, run, index, variables);
        }
        out.append("\n\n");
    }

    private static void columns(StringBuilder out, List<String> variables, String gap) {
        out.append(" ".repeat(51)).append("DELTA G     DELTA H     DELTA S     DELTA V    DELTA Cp \n");
        variables.forEach(v -> out.append("  ").append(name(v)));
        out.append("    LOG K      (kJ/mol)    (kJ/mol)    (J/mol/K) ")
                .append(gap)
                .append(gap.length() == 3 ? "(J/bar)    (J/mol/K)\n" : "(J/bar)     (J/mol/K)\n");
        out.append(RULE).append('\n');
    }

    private static void table(StringBuilder out, Run run, int index, List<String> variables) {
        var table = run.tables().get(index);
        int length = run.tabulation() instanceof Tabulation.Table t && t.grid() instanceof Grid.Uniform g
                ? g.lineLength()
                : table.size();
        boolean cautioned = false;
        for (int i = 0; i < table.size(); i++) {
            if (i > 0 && i % length == 0) {
                out.append('\n');
                cautioned = false;
            }
            boolean caution = table.flag(i) == PointFlag.CAUTION_T || table.flag(i) == PointFlag.CAUTION_P;
            if (caution && !cautioned) {
                out.append("    *** CAUTION: BEYOND %s LIMIT OF CP COEFFS FOR A MINERAL OR GAS ***%n%n"
                        .formatted(table.flag(i) == PointFlag.CAUTION_T ? "T" : "P"));
                cautioned = true;
            }
            row(out, table, i, variables, run.wet());
            out.append('\n');
        }
    }

    private static void curve(StringBuilder out, Run run, int index, List<String> variables) {
        double line = Double.NaN;
        for (var point : run.curves().get(index)) {
            if (!Double.isNaN(line) && line != point.isopleth()) {
                out.append('\n');
            }
            line = point.isopleth();
            if (Double.isNaN(point.found())) {
                out.append(String.format(
                        Locale.ROOT,
                        "  %9.3f    LOG K = %.3f NOT FOUND: %.3f <= LOG K <= %.3f%n",
                        point.isopleth(),
                        point.target(),
                        point.lowest(),
                        point.highest()));
            } else {
                row(out, point.row(), 0, variables, run.wet());
            }
            out.append('\n');
        }
    }

    private static void row(StringBuilder out, ReactionTable table, int i, List<String> variables, boolean wet) {
        boolean dome = table.flag(i) == PointFlag.LV_DOME;
        for (int k = 0; k < variables.size(); k++) {
            double value = switch (variables.get(k)) {
                case "pressure" -> table.conditions().bar(i);
                case "temperature" -> table.conditions().celsius(i);
                default -> wet ? table.conditions().density(i) : 0;
            };
            if (k == 1 && Double.isNaN(value)) {
                value = 0; // The original prints a zero where the saturation line has ended.
            }
            out.append("  ")
                    .append(fixed(dome && k == 2 ? Double.NaN : value, 9, 3))
                    .append(' ');
        }
        switch (table.flag(i)) {
            case BEYOND_H2O -> out.append("   *** BEYOND RANGE OF APPLICABILITY OF H2O EQUATION OF STATE **");
            case BEYOND_AQ -> out.append("   *** BEYOND RANGE OF APPLICABILITY OF AQUEOUS SPECIES EQNS ***");
            case LV_DOME -> out.append("   T-DH2O FALLS WITHIN LIQ-VAP T-DH2O DOME");
            case G_ONLY ->
                out.append(value(table.logK(i)))
                        .append(value(table.gibbs(i) / 1e3))
                        .append("   *** DELTA G ONLY (CHARGED AQUEOUS SPECIES) ***");
            case OK, CAUTION_T, CAUTION_P ->
                out.append(value(table.logK(i)))
                        .append(value(table.gibbs(i) / 1e3))
                        .append(value(table.enthalpy(i) / 1e3))
                        .append(' ')
                        .append(fixed(table.entropy(i), 9, 3))
                        .append("   ")
                        .append(fixed(table.volume(i), 9, 3))
                        .append("   ")
                        .append(fixed(table.heatCapacity(i), 11, 3));
        }
        out.append('\n');
    }

    private static String value(double value) {
        return "  " + fixed(value, 9, 3) + ' ';
    }

    /** A number in a fixed field, or asterisks where it does not fit, or blanks where there is none. */
    static String fixed(double value, int width, int decimals) {
        if (Double.isNaN(value)) {
            return " ".repeat(width);
        }
        var text = String.format(Locale.ROOT, "%" + width + "." + decimals + "f", value);
        return text.length() > width ? "*".repeat(width) : text;
    }

    static String pad(String text, int width) {
        return String.format(Locale.ROOT, "%-" + width + "s", text);
    }

    static List<Reaction.Term> ofKind(Reaction reaction, Kind kind) {
        return new ArrayList<>(ReactionsFile.withoutElectrons(reaction).stream()
                .filter(t -> t.species().kind() == kind)
                .toList());
    }
}
