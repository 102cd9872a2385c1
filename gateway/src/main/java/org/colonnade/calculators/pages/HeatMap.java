package org.colonnade.calculators.pages;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
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
public record HeatMap(String title, String across, String up, List<String> columns, List<Row> rows) {

    static final int LARGEST = 60;
    private static final int LEVELS = 10;
    private static final MathContext DIGITS = new MathContext(4);

    public record Row(String value, List<Cell> cells) {}

    /** @param level 0 for the smallest to 9 for the largest values; -1 when there is none */
    public record Cell(String text, int level) {}

    static HeatMap of(Calculator calculator, CalculatorForm typed, Sweep sweep) {
        var down = sweep.variables().getFirst();
        var across = sweep.variables().getLast();
        var output = SweepPlot.outputs(calculator, typed).getFirst();
        int width = across.values().size();
        var values = new double[down.values().size()][width];
        for (int i = 0; i < sweep.points().size(); i++) {
            values[i / width][i % width] = number(sweep.points().get(i), output);
        }
        return of(
                label(output),
                SweepPlot.labelled(typed, across.input()),
                SweepPlot.labelled(typed, down.input()),
                shown(typed, across),
                shown(typed, down),
                values,
                SweepPlot.group(calculator, typed).log());
    }

    private static double[] shown(CalculatorForm typed, Sweep.Variable variable) {
        return variable.values().stream()
                .mapToDouble(v -> typed.shown(variable.input(), Double.parseDouble(v)))
                .toArray();
    }

    /**
     * A map of numbers known on a grid.
     *
     * @param values by position upwards, then to the right; NaN where there is none
     */
    public static HeatMap of(
            String title, String across, String up, double[] columns, double[] rows, double[][] values) {
        return of(title, across, up, columns, rows, values, false);
    }

    private static HeatMap of(
            String title, String across, String up, double[] columns, double[] rows, double[][] values, boolean log) {
        var scale = Scale.of(values, log);
        var lines = new ArrayList<Row>();
        for (int row = rows.length - 1; row >= 0; row--) {
            var cells = new ArrayList<Cell>();
            for (double value : values[row]) {
                cells.add(
                        !Double.isFinite(value) || (log && value <= 0)
                                ? new Cell("–", -1)
                                : new Cell(
                                        Numbers.plain(new BigDecimal(value)
                                                .round(DIGITS)
                                                .doubleValue()),
                                        scale.level(value)));
            }
            lines.add(new Row(Numbers.plain(rows[row]), cells));
        }
        return new HeatMap(
                title,
                across,
                up,
                Arrays.stream(columns).mapToObj(Numbers::plain).toList(),
                lines);
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

        static Scale of(double[][] values, boolean log) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (double[] row : values) {
                for (double value : row) {
                    if (Double.isFinite(value) && !(log && value <= 0)) {
                        low = Math.min(low, value);
                        high = Math.max(high, value);
                    }
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
