package org.colonnade.calculators.phreeqc.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.colonnade.calculators.phreeqc.SelectedOutput;
import org.colonnade.web.Plot;

/**
 * What of a table is plotted.
 *
 * @param x a column of numbers
 * @param y one to seven columns of numbers
 */
record TablePlot(SelectedOutput table, int x, List<Integer> y) {

    private static final int MOST_CURVES = 7;
    private static final int FIRST_CURVES = 4;
    private static final int LONGEST_NAME = 40;
    private static final double MOST_TIMES = 30;

    /** Columns that usually stand on the horizontal axis, best first. */
    private static final List<String> AXES = List.of("time", "dist_x", "step", "pH", "temp", "soln", "sim");

    /** Columns that number things rather than measure them. */
    private static final List<String> COUNTERS = List.of("sim", "soln", "step", "state", "dist_x", "time");

    private static final List<String> KINDS = List.of("si_", "la_", "m_", "d_", "k_", "g_", "dk_", "pH", "pe", "temp");

    /**
     * Follows what the reader chose, and chooses what is left open.
     *
     * @param x a column's heading; empty for the best
     * @param y headings; empty for the first that vary
     * @return empty if the table holds nothing to plot
     */
    static Optional<TablePlot> of(SelectedOutput table, String x, List<String> y) {
        List<Integer> numeric = table.numericColumns();
        if (numeric.size() < 2 || table.rows().isEmpty()) {
            return Optional.empty();
        }
        int across = column(table, numeric, x).orElseGet(() -> bestAxis(table, numeric));
        List<Integer> chosen = y.stream()
                .flatMap(heading -> column(table, numeric, heading).stream())
                .distinct()
                .limit(MOST_CURVES)
                .toList();
        return Optional.of(
                new TablePlot(table, across, chosen.isEmpty() ? bestCurves(table, numeric, across) : chosen));
    }

    private static Optional<Integer> column(SelectedOutput table, List<Integer> numeric, String heading) {
        return numeric.stream()
                .filter(column -> table.headings().get(column).equals(heading))
                .findFirst();
    }

    private static int bestAxis(SelectedOutput table, List<Integer> numeric) {
        return AXES.stream()
                .flatMap(heading -> column(table, numeric, heading).stream())
                .filter(column -> varies(table, column))
                .findFirst()
                .orElse(numeric.getFirst());
    }

    private static List<Integer> bestCurves(SelectedOutput table, List<Integer> numeric, int x) {
        List<Integer> others = numeric.stream().filter(column -> column != x).toList();
        List<Integer> varying = others.stream()
                .filter(column -> !COUNTERS.contains(table.headings().get(column)))
                .filter(column -> varies(table, column))
                .toList();
        return varying.isEmpty()
                ? others.subList(0, 1)
                : varying.stream()
                        .filter(column -> sharesAxis(table, column, varying.getFirst()))
                        .limit(FIRST_CURVES)
                        .toList();
    }

    /** Saturation indices and amounts share no axis, nor do amounts of which one would be a line along zero. */
    private static boolean sharesAxis(SelectedOutput table, int column, int other) {
        String kind = kind(table, column);
        if (!kind.equals(kind(table, other))) {
            return false;
        }
        if (!kind.isEmpty()) {
            return true;
        }
        double largest = largest(table, column);
        double largestOther = largest(table, other);
        return largest <= MOST_TIMES * largestOther && largestOther <= MOST_TIMES * largest;
    }

    /** A heading says by its beginning what it is. */
    private static String kind(SelectedOutput table, int column) {
        String heading = table.headings().get(column);
        return KINDS.stream().filter(heading::startsWith).findFirst().orElse("");
    }

    private static double largest(SelectedOutput table, int column) {
        return IntStream.range(0, table.rows().size())
                .mapToObj(row -> table.measured(row, column))
                .filter(Objects::nonNull)
                .mapToDouble(Math::abs)
                .max()
                .orElse(0);
    }

    private static boolean varies(SelectedOutput table, int column) {
        return IntStream.range(0, table.rows().size())
                        .mapToObj(row -> table.text(row, column))
                        .distinct()
                        .limit(2)
                        .count()
                > 1;
    }

    Plot plot() {
        List<Plot.Series> series = y.stream()
                .map(column -> curve(table.headings().get(column), column))
                .toList();
        String names = String.join(", ", series.stream().map(Plot.Series::name).toList());
        String axis = table.headings().get(x);
        return new Plot(
                table.name(),
                names + " against " + axis + ", " + plottedRows().size() + " rows.",
                axis(List.of(axis)),
                axis(series.stream().map(Plot.Series::name).toList()),
                series);
    }

    /** One column as a curve; as points where a line would go to and fro. */
    Plot.Series curve(String name, int column) {
        List<Integer> rows = plottedRows();
        List<Plot.Point> points = new ArrayList<>();
        for (int row : rows) {
            Double across = table.number(row, x);
            if (across != null) {
                points.add(new Plot.Point(across, table.measured(row, column)));
            }
        }
        return new Plot.Series(name, isMonotonic(rows) ? Plot.Style.LINE : Plot.Style.POINTS, points);
    }

    /** Named after its columns, with their unit if PHREEQC's heading says it. */
    static Plot.Axis axis(List<String> headings) {
        String names = String.join(", ", headings);
        List<String> units =
                headings.stream().map(TablePlot::unit).distinct().limit(2).toList();
        return new Plot.Axis(
                names.length() > LONGEST_NAME ? "value" : names, units.size() == 1 ? units.getFirst() : "", false);
    }

    /** Of what PHREEQC itself heads; totals and whatever USER_PUNCH heads may be in any unit. */
    private static String unit(String heading) {
        return switch (heading) {
            case "time" -> "s";
            case "dist_x" -> "m";
            case "temp", "temp(C)" -> "°C";
            case "mu" -> "mol/kgw";
            case "Alk", "Alk(eq/kgw)" -> "eq/kgw";
            case "mass_H2O" -> "kg";
            default -> heading.startsWith("m_") ? "mol/kgw" : "";
        };
    }

    /**
     * Against a step, a time or a distance only the rows of the calculation that came last: initial solutions and the like
     * have the placeholder -99 there.
     */
    private List<Integer> plottedRows() {
        IntStream all = IntStream.range(0, table.rows().size());
        if (!COUNTERS.contains(table.headings().get(x))) {
            return all.boxed().toList();
        }
        int state = table.headings().indexOf("state");
        String last = state < 0 ? "" : table.text(table.rows().size() - 1, state);
        return all.filter(row -> state < 0 || table.text(row, state).equals(last))
                .filter(row -> !Double.valueOf(-99).equals(table.number(row, x)))
                .boxed()
                .toList();
    }

    /** A line through points that go to and fro would be a scribble. */
    private boolean isMonotonic(List<Integer> rows) {
        double before = Double.NEGATIVE_INFINITY;
        for (int row : rows) {
            Double value = table.number(row, x);
            if (value != null && value <= before) {
                return false;
            }
            before = value == null ? before : value;
        }
        return true;
    }
}
