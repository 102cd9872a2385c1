package org.colonnade.calculators.phreeqc.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.colonnade.calculators.phreeqc.SelectedOutput;
import org.colonnade.web.Numbers;
import org.colonnade.web.Plot;
import org.jspecify.annotations.Nullable;

/**
 * One column of the tables of two runs, row by row.
 *
 * @param x heading of the horizontal axis
 * @param y heading of the compared column
 * @param columns headings of all columns of numbers that both tables have
 */
record ComparedTable(SelectedOutput first, SelectedOutput second, String x, String y, List<String> columns) {

    /**
     * Two values that stand in the same row.
     *
     * @param difference second minus first; empty where one is missing
     * @param percent of the first; empty where that is zero
     */
    record Row(String x, String first, String second, String difference, String percent) {}

    /**
     * Follows what the reader chose, and chooses what is left open.
     *
     * @return empty if the tables have no two columns of numbers in common
     */
    static Optional<ComparedTable> of(SelectedOutput first, SelectedOutput second, String x, String y) {
        List<String> columns = headings(first);
        columns.retainAll(headings(second));
        if (columns.size() < 2) {
            return Optional.empty();
        }
        TablePlot best = TablePlot.of(first, columns.contains(x) ? x : "", columns.contains(y) ? List.of(y) : List.of())
                .orElseThrow();
        String across = first.headings().get(best.x());
        String compared = best.y().stream()
                .map(column -> first.headings().get(column))
                .filter(columns::contains)
                .findFirst()
                .orElse(columns.getLast());
        return columns.contains(across)
                ? Optional.of(new ComparedTable(first, second, across, compared, columns))
                : Optional.of(new ComparedTable(first, second, columns.getFirst(), compared, columns));
    }

    private static List<String> headings(SelectedOutput table) {
        List<String> headings = new ArrayList<>();
        table.numericColumns().forEach(column -> headings.add(table.headings().get(column)));
        return headings;
    }

    public List<Row> rows() {
        int length = Math.max(first.rows().size(), second.rows().size());
        return IntStream.range(0, length).mapToObj(this::row).toList();
    }

    private Row row(int index) {
        Double a = number(first, index, y);
        Double b = number(second, index, y);
        String across = text(first, index, x);
        return new Row(
                across.isEmpty() ? text(second, index, x) : across,
                text(first, index, y),
                text(second, index, y),
                a == null || b == null ? "" : Numbers.plain(rounded(b - a)),
                a == null || b == null || a == 0 ? "" : Numbers.plain(rounded((b - a) / Math.abs(a) * 100)));
    }

    /** To four digits: the tables themselves have no more than five or six. */
    private static double rounded(double value) {
        return value == 0 ? 0 : Double.parseDouble("%.3e".formatted(value));
    }

    Plot plot() {
        return new Plot(
                "comparison",
                y + " against " + x + " of two runs.",
                TablePlot.axis(List.of(x)),
                TablePlot.axis(List.of(y)),
                List.of(curve("A", first), curve("B", second)));
    }

    /** Drawn as the page of the run draws it. */
    private Plot.Series curve(String name, SelectedOutput table) {
        TablePlot plot = TablePlot.of(table, x, List.of(y)).orElseThrow();
        return plot.curve(name, plot.y().getFirst());
    }

    private static @Nullable Double number(SelectedOutput table, int row, String heading) {
        return row < table.rows().size() ? table.number(row, table.headings().indexOf(heading)) : null;
    }

    private static String text(SelectedOutput table, int row, String heading) {
        return row < table.rows().size() ? table.text(row, table.headings().indexOf(heading)) : "";
    }
}
