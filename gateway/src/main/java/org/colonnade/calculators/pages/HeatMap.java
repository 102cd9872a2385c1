package org.colonnade.calculators.pages;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.colonnade.calculators.description.Calculator;
import org.colonnade.calculators.description.Output;
import org.colonnade.calculators.description.Sweep;
import org.colonnade.geochemistry.Unit;
import org.colonnade.web.Numbers;

/**
 * A sweep over two numbers as a table whose cells are coloured by their value: it reads without colour, and needs no
 * script.
 *
 * @param title what is shown, with its unit
 * @param across the input that runs to the right, with its unit
 * @param up the input that runs upwards, with its unit
 * @param columns the values along the axis
 * @param rows from the largest value down, as a plot would have it
 */
record HeatMap(String title, String across, String up, List<String> columns, List<Row> rows) {

    static final int LARGEST = 60;
    private static final int LEVELS = 10;
    private static final MathContext DIGITS = new MathContext(4);

    record Row(String value, List<Cell> cells) {}

    /** @param level 0 for the smallest to 9 for the largest values; -1 when there is none */
    record Cell(String text, int level) {}

    static HeatMap of(Calculator calculator, CalculatorForm typed, Sweep sweep) {
        var down = sweep.variables().getFirst();
        var across = sweep.variables().getLast();
        var output = SweepPlot.outputs(calculator, typed).getFirst();
        boolean log = SweepPlot.group(calculator, typed).log();
        double[] values = sweep.points().stream()
                .mapToDouble(p -> number(p, output))
                .map(v -> !Double.isFinite(v) || (log && v <= 0) ? Double.NaN : v)
                .toArray();
        var scale = Scale.of(values, log);
        var rows = new ArrayList<Row>();
        int width = across.values().size();
        for (int row = down.values().size() - 1; row >= 0; row--) {
            var cells = new ArrayList<Cell>();
            for (int column = 0; column < width; column++) {
                double value = values[row * width + column];
                cells.add(
                        Double.isNaN(value)
                                ? new Cell("–", -1)
                                : new Cell(
                                        Numbers.plain(new BigDecimal(value)
                                                .round(DIGITS)
                                                .doubleValue()),
                                        scale.level(value)));
            }
            rows.add(new Row(SweepPlot.shown(typed, down.input(), down.values().get(row)), cells));
        }
        return new HeatMap(
                label(output),
                SweepPlot.labelled(typed, across.input()),
                SweepPlot.labelled(typed, down.input()),
                across.values().stream()
                        .map(v -> SweepPlot.shown(typed, across.input(), v))
                        .toList(),
                rows);
    }

    private static double number(Sweep.Point point, Output output) {
        var answer = point.answer();
        return answer == null ? Double.NaN : answer.number(output.name());
    }

    private static String label(Output output) {
        return output.unit() == Unit.ONE
                ? output.label()
                : output.label() + " / " + output.unit().symbol();
    }

    private record Scale(double low, double high, boolean log) {

        static Scale of(double[] values, boolean log) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (double value : values) {
                if (!Double.isNaN(value)) {
                    low = Math.min(low, value);
                    high = Math.max(high, value);
                }
            }
            return new Scale(log ? Math.log(low) : low, log ? Math.log(high) : high, log);
        }

        int level(double value) {
            double position = log ? Math.log(value) : value;
            return high > low ? Math.clamp((int) (LEVELS * (position - low) / (high - low)), 0, LEVELS - 1) : 0;
        }
    }
}
