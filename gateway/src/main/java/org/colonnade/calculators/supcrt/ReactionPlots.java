package org.colonnade.calculators.supcrt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.colonnade.calculators.pages.HeatMap;
import org.colonnade.geochemistry.supcrt.Conditions;
import org.colonnade.geochemistry.supcrt.Evaluation;
import org.colonnade.geochemistry.supcrt.Profile;
import org.colonnade.geochemistry.supcrt.Reaction;
import org.colonnade.geochemistry.supcrt.ReactionTable;
import org.colonnade.geochemistry.supcrt.UnivariantSearch;
import org.colonnade.geochemistry.supcrt.UnivariantSearch.Variable;
import org.colonnade.web.Numbers;
import org.colonnade.web.Plot;
import org.jspecify.annotations.Nullable;

/** Draws reactions: curves along a line of states, contours over temperature and pressure, and phase diagrams. */
final class ReactionPlots {

    static final int MOST_CURVES = 7;

    /** So many temperatures and pressures make a contour plot; every fourth stands in the table. */
    private static final int GRID = 49;

    private static final int TABLE_STEP = 4;
    private static final double SAME = 1e-9;

    private final SupcrtForm form;
    private final Property property;
    private final Profile profile;

    ReactionPlots(SupcrtForm form) {
        this.form = form;
        this.property = form.property();
        this.profile = form.profile();
    }

    /** A contour plot and the numbers behind it. */
    record Contour(Plot plot, HeatMap map) {}

    private Plot.Axis temperature() {
        return new Plot.Axis("Temperature", form.celsiusUnit().symbol(), false);
    }

    private Plot.Axis pressure() {
        return new Plot.Axis("Pressure", form.barUnit().symbol(), false);
    }

    /**
     * Reactions along one line of states.
     *
     * @param names one for each table
     * @param where in words, e.g. "at 500 bar"
     */
    Plot curves(List<ReactionTable> tables, List<String> names, String where) {
        boolean byTemperature = form.view() == SupcrtForm.View.TEMPERATURE;
        var series = new ArrayList<Plot.Series>();
        for (int i = 0; i < tables.size(); i++) {
            var table = tables.get(i);
            var at = table.conditions();
            IntToDoubleFunction x =
                    byTemperature ? k -> form.shownCelsius(at.celsius(k)) : k -> form.shownBar(at.bar(k));
            var points = new ArrayList<Plot.Point>();
            for (int k = 0; k < table.size(); k++) {
                points.add(new Plot.Point(x.applyAsDouble(k), number(property.value(table, k, form.calories()))));
            }
            series.add(new Plot.Series(names.get(i), Plot.Style.LINE, points));
        }
        return new Plot(
                property.label() + " " + where,
                summary(series),
                byTemperature ? temperature() : pressure(),
                new Plot.Axis(property.label(), property.symbol(form.calories()), false),
                series);
    }

    private static @Nullable Double number(double value) {
        return Double.isFinite(value) ? (Double) value : null;
    }

    /** What one sees: where each curve begins and ends. */
    private static String summary(List<Plot.Series> series) {
        var parts = new ArrayList<String>();
        for (var curve : series) {
            var drawn = curve.points().stream().filter(p -> p.y() != null).toList();
            parts.add(
                    drawn.isEmpty()
                            ? curve.name() + " has no value here"
                            : "%s goes from %s to %s"
                                    .formatted(
                                            curve.name(),
                                            four(drawn.getFirst().y()),
                                            four(drawn.getLast().y())));
        }
        return String.join("; ", parts) + ".";
    }

    private static String four(@Nullable Double value) {
        return value == null ? "" : Numbers.plain(Double.parseDouble("%.4g".formatted(value)));
    }

    /** A property of one reaction over temperature and pressure. */
    Contour contour(Reaction reaction) {
        double[] celsius = spread(form.celsius("from"), form.celsius("to"));
        double[] bar = spread(form.bar("p_from"), form.bar("p_to"));
        double[][] field = field(reaction, celsius, bar);
        var contours = new Contours(celsius, bar, field);
        var series = new ArrayList<Plot.Series>();
        for (double level : Contours.levels(field, MOST_CURVES)) {
            var points = new ArrayList<Plot.Point>();
            for (var line : contours.lines(level)) {
                gap(points);
                line.forEach(v -> points.add(new Plot.Point(form.shownCelsius(v.x()), form.shownBar(v.y()))));
            }
            if (!points.isEmpty()) {
                series.add(new Plot.Series(labelled(level), Plot.Style.LINE, points));
            }
        }
        String title = property.label() + " of " + Equation.of(reaction);
        var plot = new Plot(
                title,
                series.isEmpty()
                        ? "It is the same everywhere, or has no value here."
                        : "Each curve joins the states of one value, from %s to %s; cells of the table without a number have none."
                                .formatted(
                                        series.getFirst().name(),
                                        series.getLast().name()),
                temperature(),
                pressure(),
                series);
        return new Contour(plot, map(title, celsius, bar, field));
    }

    private String labelled(double level) {
        String unit = property.symbol(form.calories());
        return "%s %s%s".formatted(property.label(), Numbers.plain(level), unit.isEmpty() ? "" : " " + unit);
    }

    private double[][] field(Reaction reaction, double[] celsius, double[] bar) {
        var table = new Evaluation(states(reaction.needsWater(), celsius, bar), profile).table(reaction);
        var field = new double[bar.length][celsius.length];
        for (int row = 0; row < bar.length; row++) {
            for (int column = 0; column < celsius.length; column++) {
                double value = property.value(table, row * celsius.length + column, form.calories());
                field[row][column] = Double.isFinite(value) ? value : Double.NaN;
            }
        }
        return field;
    }

    private static Conditions states(boolean water, double[] celsius, double[] bar) {
        var t = new double[celsius.length * bar.length];
        var p = new double[t.length];
        for (int i = 0; i < t.length; i++) {
            t[i] = celsius[i % celsius.length];
            p[i] = bar[i / celsius.length];
        }
        return water ? Conditions.atPressure(t, p) : Conditions.dry(t, p);
    }

    private HeatMap map(String title, double[] celsius, double[] bar, double[][] field) {
        int size = (GRID - 1) / TABLE_STEP + 1;
        var some = new double[size][size];
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                some[row][column] = field[row * TABLE_STEP][column * TABLE_STEP];
            }
        }
        return HeatMap.of(
                title + (property == Property.LOG_K ? "" : " / " + property.symbol(form.calories())),
                "Temperature / " + form.celsiusUnit().symbol(),
                "Pressure / " + form.barUnit().symbol(),
                every(celsius)
                        .map(form::shownCelsius)
                        .map(ReactionPlots::rounded)
                        .toArray(),
                every(bar).map(form::shownBar).map(ReactionPlots::rounded).toArray(),
                some);
    }

    private static DoubleStream every(double[] values) {
        return IntStream.range(0, (GRID - 1) / TABLE_STEP + 1).mapToDouble(i -> values[i * TABLE_STEP]);
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }

    private static double[] spread(double from, double to) {
        var values = new double[GRID];
        Arrays.setAll(values, i -> i == GRID - 1 ? to : from + (to - from) * i / (GRID - 1));
        return values;
    }

    private static void gap(List<Plot.Point> points) {
        if (!points.isEmpty()) {
            points.add(new Plot.Point(points.getLast().x(), null));
        }
    }

    /**
     * Where each reaction has the log K asked for. Parts of a curve on which another of the reactions would run, because it
     * uses nothing but what stands on the curve, are metastable and drawn as a curve of their own.
     */
    Plot phases(List<Reaction> reactions) {
        double target = form.number("logk");
        double[] celsius = spread(form.celsius("from"), form.celsius("to"));
        double[] bar = spread(form.bar("p_from"), form.bar("p_to"));
        var series = new ArrayList<Plot.Series>();
        var metastable = new ArrayList<Plot.Point>();
        var fields = new ArrayList<double[][]>();
        for (var reaction : reactions) {
            double[][] field = field(reaction, celsius, bar);
            fields.add(field);
            var search = new UnivariantSearch(reaction, profile);
            var stable = new ArrayList<Plot.Point>();
            for (var line : new Contours(celsius, bar, field).lines(target)) {
                gap(stable);
                gap(metastable);
                split(line, search, reaction, reactions, target, stable, metastable);
            }
            series.add(new Plot.Series(Equation.of(reaction), Plot.Style.LINE, stable));
        }
        if (metastable.stream().anyMatch(p -> p.y() != null) && series.size() < MOST_CURVES) {
            series.add(new Plot.Series("metastable", Plot.Style.LINE, metastable));
        }
        return new Plot(
                        "Phase diagram, log K = " + Numbers.plain(target),
                        "Curves on which log K is %s: %s."
                                .formatted(
                                        Numbers.plain(target),
                                        String.join(
                                                "; ",
                                                series.stream()
                                                        .map(this::extent)
                                                        .toList())),
                        temperature(),
                        pressure(),
                        series)
                .withMarks(marks(reactions, celsius, bar, fields, target));
    }

    /** Follows one curve, and ends its stable part exactly where the first other reaction begins to run. */
    private void split(
            List<Contours.Vertex> line,
            UnivariantSearch search,
            Reaction reaction,
            List<Reaction> all,
            double target,
            List<Plot.Point> stable,
            List<Plot.Point> metastable) {
        double @Nullable [] last = null;
        boolean before = true;
        for (var vertex : line) {
            double[] at = exact(search, vertex, target);
            boolean holds = isStable(reaction, all, at, target);
            if (last != null && holds != before) {
                var end = point(change(search, reaction, all, last, at, before, target));
                (before ? stable : metastable).add(end);
                gap(holds ? stable : metastable);
                (holds ? stable : metastable).add(end);
            }
            (holds ? stable : metastable).add(point(at));
            last = at;
            before = holds;
        }
    }

    private Plot.Point point(double[] at) {
        return new Plot.Point(form.shownCelsius(at[0]), form.shownBar(at[1]));
    }

    /** The state between two of a curve at which its stability changes. */
    private double[] change(
            UnivariantSearch search,
            Reaction reaction,
            List<Reaction> all,
            double[] one,
            double[] other,
            boolean first,
            double target) {
        double[] from = one;
        double[] to = other;
        for (int i = 0; i < 20; i++) {
            double t = (from[0] + to[0]) / 2;
            double p = (from[1] + to[1]) / 2;
            double reach = Math.abs(from[1] - to[1]) + 1e-6 * p;
            var roots = search.find(Variable.PRESSURE, t, target, p - reach, p + reach)
                    .roots();
            double[] middle = {t, roots.isEmpty() ? p : roots.getFirst()};
            if (isStable(reaction, all, middle, target) == first) {
                from = middle;
            } else {
                to = middle;
            }
        }
        return to;
    }

    private String extent(Plot.Series curve) {
        var drawn = curve.points().stream().filter(p -> p.y() != null).toList();
        return drawn.isEmpty()
                ? curve.name() + " not met"
                : "%s from %s to %s %s"
                        .formatted(
                                curve.name(),
                                four(drawn.stream()
                                        .mapToDouble(Plot.Point::x)
                                        .min()
                                        .orElseThrow()),
                                four(drawn.stream()
                                        .mapToDouble(Plot.Point::x)
                                        .max()
                                        .orElseThrow()),
                                form.celsiusUnit().symbol());
    }

    /** The crossing of an edge of the grid, found by the library's own search where the grid interpolates. */
    private static double[] exact(UnivariantSearch search, Contours.Vertex v, double target) {
        var outcome = v.alongX()
                ? search.find(Variable.TEMPERATURE, v.y(), target, v.from(), v.to())
                : search.find(Variable.PRESSURE, v.x(), target, v.from(), v.to());
        double found = outcome.roots().stream()
                .min((a, b) -> Double.compare(distance(a, v), distance(b, v)))
                .orElse(v.alongX() ? v.x() : v.y());
        return v.alongX() ? new double[] {found, v.y()} : new double[] {v.x(), found};
    }

    private static double distance(double root, Contours.Vertex v) {
        return Math.abs(root - (v.alongX() ? v.x() : v.y()));
    }

    private boolean isStable(Reaction on, List<Reaction> all, double[] at, double target) {
        Set<String> present = names(on, 0);
        for (var other : all) {
            if (!other.equals(on)) {
                double driving = driving(other, at) - target;
                boolean forward = present.containsAll(names(other, -1)) && driving > SAME;
                boolean backward = present.containsAll(names(other, 1)) && driving < -SAME;
                if (forward || backward) {
                    return false;
                }
            }
        }
        return true;
    }

    private double driving(Reaction reaction, double[] at) {
        var state = states(reaction.needsWater(), new double[] {at[0]}, new double[] {at[1]});
        return new Evaluation(state, profile).table(reaction).logK(0);
    }

    /** @param side -1 for what is used, 1 for what is made, 0 for both */
    private static Set<String> names(Reaction reaction, int side) {
        Set<String> names = new LinkedHashSet<>();
        for (var term : reaction.terms()) {
            if (side == 0 || Math.signum(term.coefficient()) == side) {
                names.add(term.species().name());
            }
        }
        return names;
    }

    /** The names of fields: of one reaction both its sides, of polymorphs the one that no reaction uses up. */
    private List<Plot.Mark> marks(
            List<Reaction> reactions, double[] celsius, double[] bar, List<double[][]> fields, double target) {
        boolean polymorphs = reactions.stream().allMatch(r -> r.terms().size() == 2);
        if (reactions.size() != 1 && !polymorphs) {
            return List.of();
        }
        var areas = new LinkedHashMap<String, List<int[]>>();
        for (int row = 0; row < bar.length; row++) {
            for (int column = 0; column < celsius.length; column++) {
                String name = fieldName(reactions, fields, row, column, target);
                if (!name.isEmpty()) {
                    areas.computeIfAbsent(name, key -> new ArrayList<>()).add(new int[] {column, row});
                }
            }
        }
        var marks = new ArrayList<Plot.Mark>();
        areas.forEach((name, cells) -> {
            double column = cells.stream().mapToInt(c -> c[0]).average().orElse(0);
            double row = cells.stream().mapToInt(c -> c[1]).average().orElse(0);
            // The middle of a bent field may lie outside of it; its cell nearest to the middle does not.
            var middle = cells.stream()
                    .min((a, b) -> Double.compare(
                            Math.hypot(a[0] - column, a[1] - row), Math.hypot(b[0] - column, b[1] - row)))
                    .orElseThrow();
            marks.add(new Plot.Mark(form.shownCelsius(celsius[middle[0]]), form.shownBar(bar[middle[1]]), name));
        });
        return marks;
    }

    private static String fieldName(
            List<Reaction> reactions, List<double[][]> fields, int row, int column, double target) {
        if (reactions.size() == 1) {
            double value = fields.getFirst()[row][column];
            return Double.isNaN(value)
                    ? ""
                    : value > target
                            ? Equation.products(reactions.getFirst())
                            : Equation.reactants(reactions.getFirst());
        }
        Set<String> left = new LinkedHashSet<>();
        reactions.forEach(r -> left.addAll(names(r, 0)));
        for (int i = 0; i < reactions.size(); i++) {
            double value = fields.get(i)[row][column];
            if (Double.isNaN(value)) {
                return "";
            }
            left.removeAll(names(reactions.get(i), value > target ? -1 : 1));
        }
        return left.size() == 1 ? left.iterator().next() : "";
    }
}
