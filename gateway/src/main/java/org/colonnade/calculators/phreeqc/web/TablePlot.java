package org.colonnade.calculators.phreeqc.web;

import java.util.ArrayList;
import java.util.List;
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

    /** Columns that usually stand on the horizontal axis, best first. */
    private static final List<String> AXES = List.of("time", "dist_x", "step", "pH", "temp", "soln", "sim");

    /** Columns that number things rather than measure them. */
    private static final List<String> COUNTERS = List.of("sim", "soln", "step", "state", "dist_x", "time");

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
                .limit(FIRST_CURVES)
                .toList();
        return varying.isEmpty() ? others.subList(0, 1) : varying;
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
        List<Integer> rows = plottedRows();
        List<Plot.Series> series = new ArrayList<>();
        for (int column : y) {
            List<Plot.Point> points = new ArrayList<>();
            for (int row : rows) {
                Double across = table.number(row, x);
                if (across != null) {
                    points.add(new Plot.Point(across, table.number(row, column)));
                }
            }
            series.add(new Plot.Series(table.headings().get(column), Plot.Style.POINTS, points));
        }
        if (isMonotonic(rows)) {
            series.replaceAll(curve -> new Plot.Series(curve.name(), Plot.Style.LINE, curve.points()));
        }
        String names = String.join(", ", series.stream().map(Plot.Series::name).toList());
        String axis = table.headings().get(x);
        return new Plot(
                table.name(),
                names + " against " + axis + ", " + rows.size() + " rows.",
                new Plot.Axis(axis, "", false),
                new Plot.Axis(series.size() == 1 ? names : "value", "", false),
                series);
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
