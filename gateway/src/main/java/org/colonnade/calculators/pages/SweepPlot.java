package org.colonnade.calculators.pages;

import java.util.ArrayList;
import java.util.List;
import org.colonnade.calculators.description.Calculator;
import org.colonnade.calculators.description.Input;
import org.colonnade.calculators.description.Output;
import org.colonnade.calculators.description.Sweep;
import org.colonnade.geochemistry.Unit;
import org.colonnade.web.Numbers;
import org.colonnade.web.Plot;
import org.jspecify.annotations.Nullable;

/** Draws a sweep: the last variable along the axis, one curve for each value of the first and for each output. */
final class SweepPlot {

    static final int MOST_CURVES = 7;

    private SweepPlot() {}

    static final class TooManyCurvesException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooManyCurvesException(int curves) {
            super(curves + " curves cannot be read; at most " + MOST_CURVES + " are possible", null, false, false);
        }
    }

    static Calculator.PlotGroup group(Calculator calculator, CalculatorForm typed) {
        return calculator.plots().stream()
                .filter(p -> p.name().equals(typed.form().value(CalculatorForm.PLOT)))
                .findFirst()
                .orElse(calculator.plots().getFirst());
    }

    static List<Output> outputs(Calculator calculator, CalculatorForm typed) {
        var group = group(calculator, typed);
        return calculator.outputs().stream()
                .filter(o -> group.outputs().contains(o.name()))
                .toList();
    }

    /** Whether a sweep is too large for curves and has a second number to make a map of. */
    static boolean isMap(Calculator calculator, CalculatorForm typed, Sweep sweep) {
        var first = sweep.variables().getFirst();
        return sweep.variables().size() == 2
                && !first.input().isChoice()
                && first.values().size() * outputs(calculator, typed).size() > MOST_CURVES;
    }

    /** An input with the unit in which a person gives it. */
    static String labelled(CalculatorForm typed, Input input) {
        Unit unit = typed.unitOf(input);
        return unit == Unit.ONE ? input.label() : input.label() + " / " + unit.symbol();
    }

    static Plot of(Calculator calculator, CalculatorForm typed, Sweep sweep) {
        var group = group(calculator, typed);
        var outputs = outputs(calculator, typed);
        var along = sweep.variables().getLast();
        boolean two = sweep.variables().size() == 2;
        int curves = two ? sweep.variables().getFirst().values().size() : 1;
        if (curves * outputs.size() > MOST_CURVES) {
            throw new TooManyCurvesException(curves * outputs.size());
        }
        var series = new ArrayList<Plot.Series>();
        for (int curve = 0; curve < curves; curve++) {
            for (Output output : outputs) {
                String name = two ? curveName(typed, sweep.variables().getFirst(), curve) : "";
                String label = outputs.size() == 1 && two ? name : output.label() + (name.isEmpty() ? "" : ", " + name);
                var points = points(typed, sweep, curve, output.name(), group.log());
                // A mechanism that a mineral does not have is no curve.
                if (outputs.size() == 1 || points.stream().anyMatch(p -> p.y() != null)) {
                    series.add(new Plot.Series(label, Plot.Style.LINE, points));
                }
            }
        }
        var input = along.input();
        String unit = typed.unitOf(input) == Unit.ONE ? "" : typed.unitOf(input).symbol();
        Unit outputUnit = outputs.getFirst().unit();
        boolean models = two
                && series.size() == 2
                && calculator
                        .modelInput()
                        .filter(sweep.variables().getFirst().input().name()::equals)
                        .isPresent();
        var plot = new Plot(
                group.label(),
                "%s from %s to %s%s, %s.%s"
                        .formatted(
                                input.label(),
                                shown(typed, input, along.values().getFirst()),
                                shown(typed, input, along.values().getLast()),
                                unit.isEmpty() ? "" : " " + unit,
                                series.size() == 1 ? "one curve" : series.size() + " curves",
                                models ? between(series, input.label(), unit) : ""),
                new Plot.Axis(input.label(), unit, false),
                new Plot.Axis(group.label(), outputUnit == Unit.ONE ? "" : outputUnit.symbol(), group.log()),
                series);
        return models ? plot.withBand(new Plot.Band(0, 1)) : plot;
    }

    /** How far two models are apart, where it is most. */
    private static String between(List<Plot.Series> models, String label, String unit) {
        double most = 0;
        double at = Double.NaN;
        for (int i = 0; i < models.getFirst().points().size(); i++) {
            Double one = models.get(0).points().get(i).y();
            Double other = models.get(1).points().get(i).y();
            if (one != null && other != null && one != 0 && Math.abs(other / one - 1) > most) {
                most = Math.abs(other / one - 1);
                at = models.getFirst().points().get(i).x();
            }
        }
        return Double.isNaN(at)
                ? ""
                : " The band between them is what the models leave open: at most %.2g %%, at %s %s%s."
                        .formatted(
                                100 * most,
                                CalculatorForm.inASentence(label),
                                Numbers.plain(at),
                                unit.isEmpty() ? "" : " " + unit);
    }

    private static String curveName(CalculatorForm typed, Sweep.Variable variable, int curve) {
        String value = variable.values().get(curve);
        var input = variable.input();
        for (var option : input.options()) {
            if (option.value().equals(value)) {
                return option.label();
            }
        }
        String unit =
                typed.unitOf(input) == Unit.ONE ? "" : " " + typed.unitOf(input).symbol();
        return input.label() + " " + shown(typed, input, value) + unit;
    }

    static String shown(CalculatorForm typed, Input input, String value) {
        return Numbers.plain(typed.shown(input, Double.parseDouble(value)));
    }

    private static List<Plot.Point> points(CalculatorForm typed, Sweep sweep, int curve, String output, boolean log) {
        var along = sweep.variables().getLast();
        var points = new ArrayList<Plot.Point>();
        for (int i = 0; i < along.values().size(); i++) {
            var answer = sweep.points().get(curve * along.values().size() + i).answer();
            double y = answer == null ? Double.NaN : answer.number(output);
            boolean drawn = Double.isFinite(y) && (!log || y > 0);
            @Nullable Double value = drawn ? (Double) y : null;
            points.add(new Plot.Point(
                    typed.shown(along.input(), Double.parseDouble(along.values().get(i))), value));
        }
        return points;
    }
}
