package org.colonnade.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A plot as the browser draws it, its numbers included.
 *
 * @param title names what is shown; also the name of exported files
 * @param summary one sentence that says what one sees, for people who do not see it
 * @param series at most seven curves
 * @param bands areas between two curves
 * @param marks words at a point, such as the names of fields
 * @param about what exported files say of themselves: program, inputs, sources
 */
public record Plot(
        String title,
        String summary,
        Axis x,
        Axis y,
        List<Series> series,
        List<Band> bands,
        List<Mark> marks,
        List<String> about) {

    /** A plot of curves alone. */
    public Plot(String title, String summary, Axis x, Axis y, List<Series> series) {
        this(title, summary, x, y, series, List.of(), List.of(), List.of());
    }

    public Plot withBand(Band band) {
        return new Plot(title, summary, x, y, series, List.of(band), marks, about);
    }

    public Plot withMarks(List<Mark> words) {
        return new Plot(title, summary, x, y, series, bands, words, about);
    }

    public Plot withAbout(List<String> lines) {
        return new Plot(title, summary, x, y, series, bands, marks, lines);
    }

    /**
     * @param unit empty for a dimensionless quantity
     * @param log whether the axis begins logarithmic; the reader may switch
     * @param from where it begins, if not with the numbers
     * @param to where it ends, if not with the numbers
     */
    public record Axis(
            String name,
            String unit,
            boolean log,
            @Nullable Double from,
            @Nullable Double to) {

        public Axis(String name, String unit, boolean log) {
            this(name, unit, log, null, null);
        }

        /** The same from end to end, whatever the numbers are. */
        public Axis between(double first, double last) {
            return new Axis(name, unit, log, first, last);
        }

        public String label() {
            return unit.isEmpty() ? name : name + " / " + unit;
        }
    }

    /** How a series is drawn. */
    public enum Style {
        LINE,
        POINTS,
        BARS
    }

    public record Series(String name, Style style, List<Point> points) {

        public Series {
            points = List.copyOf(points);
        }
    }

    /** @param y null where the curve has a gap */
    public record Point(double x, @Nullable Double y) {}

    /**
     * The area between two curves that have the same x values.
     *
     * @param from position of the one curve, counted from 0
     * @param to position of the other
     */
    public record Band(int from, int to) {}

    /** Words in the plane of the plot, centred at a point. */
    public record Mark(double x, double y, String text) {}

    /** The numbers as a table: one row for each x, one column for each series. */
    public record Table(List<String> columns, List<List<@Nullable Double>> rows) {}

    public Plot {
        series = List.copyOf(series);
        bands = List.copyOf(bands);
        marks = List.copyOf(marks);
        about = List.copyOf(about);
        if (series.size() > 7) {
            throw new IllegalArgumentException("A plot of " + series.size() + " curves cannot be read");
        }
    }

    /** Follows from the series; part of the JSON, so that the browser needs no logic of its own. */
    public Table getTable() {
        List<String> columns = new ArrayList<>();
        columns.add(x.label());
        for (Series curve : series) {
            columns.add(series.size() == 1 ? y.label() : curve.name() + " (" + y.label() + ")");
        }
        // A series may have several values at one x; those stand in further rows.
        Map<String, List<@Nullable Double>> all = new LinkedHashMap<>();
        for (int column = 0; column < series.size(); column++) {
            Map<Double, Integer> seen = new TreeMap<>();
            for (Point point : series.get(column).points()) {
                int repeat = seen.merge(point.x(), 1, Integer::sum);
                List<@Nullable Double> row = all.computeIfAbsent(point.x() + " " + repeat, key -> emptyRow(point.x()));
                row.set(column + 1, point.y());
            }
        }
        List<List<@Nullable Double>> sorted = new ArrayList<>(all.values());
        sorted.sort((a, b) -> Double.compare(orZero(a.getFirst()), orZero(b.getFirst())));
        return new Table(columns, sorted);
    }

    private List<@Nullable Double> emptyRow(double at) {
        List<@Nullable Double> row = new ArrayList<>();
        row.add(at);
        series.forEach(curve -> row.add(null));
        return row;
    }

    private static double orZero(@Nullable Double value) {
        return value == null ? 0 : value;
    }
}
