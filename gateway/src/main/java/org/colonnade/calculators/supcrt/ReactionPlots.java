package org.colonnade.calculators.supcrt;

import java.util.ArrayList;
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
import org.colonnade.geochemistry.supcrt.diagram.Contours;
import org.colonnade.geochemistry.supcrt.diagram.Curve;
import org.colonnade.geochemistry.supcrt.diagram.LogKMap;
import org.colonnade.geochemistry.supcrt.diagram.Point;
import org.colonnade.web.Numbers;
import org.colonnade.web.Plot;
import org.jspecify.annotations.Nullable;

/** Draws reactions: curves along a line of states, contours over temperature and pressure, and phase diagrams. */
final class ReactionPlots {

    static final int MOST_CURVES = 7;

    /** So many temperatures and pressures make a contour plot; every sixth stands in the table. */
    private static final int GRID = 49;

    private static final int TABLE_STEP = 6;
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
        double[] celsius = LogKMap.steps(form.celsius("from"), form.celsius("to"), GRID);
        double[] bar = LogKMap.steps(form.bar("p_from"), form.bar("p_to"), GRID);
        double[][] field = field(reaction, celsius, bar);
        Contours.Net net = (column, row) -> field[row][column];
        var series = new ArrayList<Plot.Series>();
        for (double level : Contours.levels(GRID, GRID, net, MOST_CURVES)) {
            var points = new ArrayList<Plot.Point>();
            for (var line : Contours.trace(celsius, bar, net, level, (t, p) -> value(reaction, t, p))) {
                gap(points);
                line.points().forEach(p -> points.add(point(p)));
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
                temperature().between(form.shownCelsius(celsius[0]), form.shownCelsius(celsius[GRID - 1])),
                pressure().between(form.shownBar(bar[0]), form.shownBar(bar[GRID - 1])),
                series);
        return new Contour(plot, map(title, celsius, bar, field));
    }

    /** What is plotted at one state; NaN if there is none. */
    private double value(Reaction reaction, double celsius, double bar) {
        var state = states(reaction.needsWater(), new double[] {celsius}, new double[] {bar});
        return property.value(new Evaluation(state, profile).table(reaction), 0, form.calories());
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
        double[] celsius = LogKMap.steps(form.celsius("from"), form.celsius("to"), GRID);
        double[] bar = LogKMap.steps(form.bar("p_from"), form.bar("p_to"), GRID);
        var series = new ArrayList<Plot.Series>();
        var metastable = new ArrayList<Plot.Point>();
        var maps = LogKMap.of(reactions, profile, celsius, bar);
        for (var map : maps) {
            var stable = new ArrayList<Plot.Point>();
            for (var line : map.contour(target)) {
                gap(stable);
                gap(metastable);
                split(line, map.reaction(), reactions, target, stable, metastable);
            }
            series.add(new Plot.Series(Equation.of(map.reaction()), Plot.Style.LINE, stable));
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
                        temperature().between(form.shownCelsius(celsius[0]), form.shownCelsius(celsius[GRID - 1])),
                        pressure().between(form.shownBar(bar[0]), form.shownBar(bar[GRID - 1])),
                        series)
                .withMarks(marks(maps, target));
    }

    /** Follows one curve, and ends its stable part exactly where the first other reaction begins to run. */
    private void split(
            Curve line,
            Reaction reaction,
            List<Reaction> all,
            double target,
            List<Plot.Point> stable,
            List<Plot.Point> metastable) {
        var search = new UnivariantSearch(reaction, profile);
        Point last = null;
        boolean before = true;
        for (var at : line.points()) {
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

    private Plot.Point point(Point at) {
        return new Plot.Point(form.shownCelsius(at.x()), form.shownBar(at.y()));
    }

    /** The state between two of a curve at which its stability changes. */
    private Point change(
            UnivariantSearch search,
            Reaction reaction,
            List<Reaction> all,
            Point one,
            Point other,
            boolean first,
            double target) {
        var from = one;
        var to = other;
        for (int i = 0; i < 20; i++) {
            double t = (from.x() + to.x()) / 2;
            double p = (from.y() + to.y()) / 2;
            double reach = Math.abs(from.y() - to.y()) + 1e-6 * p;
            var roots = search.find(Variable.PRESSURE, t, target, p - reach, p + reach)
                    .roots();
            var middle = new Point(t, roots.isEmpty() ? p : roots.getFirst());
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

    private boolean isStable(Reaction on, List<Reaction> all, Point at, double target) {
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

    private double driving(Reaction reaction, Point at) {
        var state = states(reaction.needsWater(), new double[] {at.x()}, new double[] {at.y()});
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
    private List<Plot.Mark> marks(List<LogKMap> maps, double target) {
        boolean polymorphs =
                maps.stream().allMatch(map -> map.reaction().terms().size() == 2);
        if (maps.size() != 1 && !polymorphs) {
            return List.of();
        }
        double[] celsius = maps.getFirst().celsius();
        double[] bar = maps.getFirst().bar();
        var areas = new LinkedHashMap<String, List<int[]>>();
        for (int row = 0; row < bar.length; row++) {
            for (int column = 0; column < celsius.length; column++) {
                String name = fieldName(maps, row, column, target);
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

    private static String fieldName(List<LogKMap> maps, int row, int column, double target) {
        Set<String> left = new LinkedHashSet<>();
        maps.forEach(map -> left.addAll(names(map.reaction(), 0)));
        for (var map : maps) {
            double value = map.logK(column, row);
            if (Double.isNaN(value)) {
                return "";
            }
            if (maps.size() == 1) {
                return value > target ? Equation.products(map.reaction()) : Equation.reactants(map.reaction());
            }
            left.removeAll(names(map.reaction(), value > target ? -1 : 1));
        }
        return left.size() == 1 ? left.iterator().next() : "";
    }
}
