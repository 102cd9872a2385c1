package org.colonnade.geochemistry.supcrt;

import java.util.List;
import org.colonnade.geochemistry.supcrt.water.WaterModel;
import org.colonnade.geochemistry.supcrt.water.WaterState;

/** A table of states to be computed, as the SUPCRT programs know them. */
public sealed interface Grid {

    /** More values of one variable are refused unless a caller allows them. */
    int MOST_VALUES = 1000;

    /** Which variable is held along a line of the table, and which is stepped. */
    enum Axes {
        /** Lines of constant pressure (bar), stepped in temperature (°C). */
        ISOBARS("pressure", "temperature"),
        /** Lines of constant temperature (°C), stepped in pressure (bar). */
        ISOTHERMS("temperature", "pressure"),
        /** Lines of constant density of water (g/cm³), stepped in temperature (°C). */
        ISOCHORES("density", "temperature"),
        /** Lines of constant temperature (°C), stepped in density of water (g/cm³). */
        ISOTHERMS_BY_DENSITY("temperature", "density");

        private final String isopleth;
        private final String step;

        Axes(String isopleth, String step) {
            this.isopleth = isopleth;
            this.step = step;
        }

        /** The variable held along a line. */
        public String isopleth() {
            return isopleth;
        }

        /** The variable stepped. */
        public String step() {
            return step;
        }

        /** True if the density of water is given and the pressure follows. */
        public boolean byDensity() {
            return this == ISOCHORES || this == ISOTHERMS_BY_DENSITY;
        }

        /** True if the temperature is the variable held. */
        public boolean isothermal() {
            return this == ISOTHERMS || this == ISOTHERMS_BY_DENSITY;
        }
    }

    /** Temperature or pressure, whichever goes along the saturation line. */
    enum SaturationVariable {
        TEMPERATURE,
        PRESSURE
    }

    /** Every combination of two ranges: line by line. */
    record Uniform(Axes axes, Range isopleths, Range steps) implements Grid {
        @Override
        public double[][] points() {
            var outer = isopleths.values(axes.isopleth(), MOST_VALUES);
            var inner = steps.values(axes.step(), MOST_VALUES);
            var points = new double[outer.length * inner.length][];
            for (int i = 0; i < outer.length; i++) {
                for (int k = 0; k < inner.length; k++) {
                    points[i * inner.length + k] = new double[] {outer[i], inner[k]};
                }
            }
            return points;
        }

        @Override
        public int lineLength() {
            return steps.values(axes.step(), MOST_VALUES).length;
        }

        @Override
        public Conditions conditions(boolean needsWater) {
            return states(axes, points(), needsWater);
        }
    }

    /** Pairs of values: isopleth variable and stepped variable. */
    record Pairs(Axes axes, List<double[]> values) implements Grid {
        public Pairs {
            values = List.copyOf(values);
        }

        @Override
        public double[][] points() {
            return values.toArray(new double[0][]);
        }

        @Override
        public int lineLength() {
            return Math.max(1, values.size());
        }

        @Override
        public Conditions conditions(boolean needsWater) {
            return states(axes, points(), needsWater);
        }
    }

    /**
     * Liquid water along the saturation line. By temperature, a table that begins at or below 99.6324 °C stays at 1 bar
     * up to there, as the original does; a first temperature of 0 is taken as 0.01 °C.
     */
    record Saturation(SaturationVariable variable, Range range) implements Grid {
        @Override
        public double[][] points() {
            var values = range.values(name(variable), MOST_VALUES);
            check(variable, values);
            var points = new double[values.length][];
            for (int i = 0; i < points.length; i++) {
                points[i] = new double[] {values[i]};
            }
            if (variable == SaturationVariable.TEMPERATURE && values[0] == 0) {
                points[0][0] = 0.01;
            }
            return points;
        }

        @Override
        public int lineLength() {
            return points().length;
        }

        @Override
        public Conditions conditions(boolean needsWater) {
            var points = points();
            boolean atmospheric = variable == SaturationVariable.TEMPERATURE && points[0][0] <= Evaluation.STEAM;
            var states = new WaterState[points.length];
            for (int i = 0; i < states.length; i++) {
                double value = points[i][0];
                states[i] = variable == SaturationVariable.PRESSURE
                        ? WaterModel.saturatedAtPressure(value)
                        : atmospheric && value <= Evaluation.STEAM
                                ? WaterModel.atPressure(value, 1)
                                : WaterModel.saturatedAtTemperature(value);
            }
            return Conditions.of(states);
        }
    }

    /** Single points of the saturation line; one beyond its end has no values, as in the original's files. */
    record SaturationList(SaturationVariable variable, List<Double> values) implements Grid {
        public SaturationList {
            values = List.copyOf(values);
        }

        @Override
        public double[][] points() {
            return values.stream().map(v -> new double[] {v}).toArray(double[][]::new);
        }

        @Override
        public int lineLength() {
            return Math.max(1, values.size());
        }

        @Override
        public Conditions conditions(boolean needsWater) {
            return Conditions.of(values.stream()
                    .map(v -> variable == SaturationVariable.PRESSURE
                            ? WaterModel.saturatedAtPressure(v)
                            : WaterModel.saturatedAtTemperature(v))
                    .toArray(WaterState[]::new));
        }
    }

    /** The values given, one array per point: isopleth and stepped variable, or the saturation variable alone. */
    double[][] points();

    /** Points on one line of the table. */
    int lineLength();

    /**
     * The states.
     *
     * @param needsWater false if only minerals and gases are computed, which allows temperatures and pressures beyond
     *     the range of water
     */
    Conditions conditions(boolean needsWater);

    private static Conditions states(Axes axes, double[][] points, boolean needsWater) {
        var celsius = new double[points.length];
        var other = new double[points.length];
        for (int i = 0; i < points.length; i++) {
            celsius[i] = points[i][axes.isothermal() ? 0 : 1];
            other[i] = points[i][axes.isothermal() ? 1 : 0];
        }
        if (axes.byDensity()) {
            return Conditions.atDensity(celsius, other);
        }
        return needsWater ? Conditions.atPressure(celsius, other) : Conditions.dry(celsius, other);
    }

    private static String name(SaturationVariable variable) {
        return variable == SaturationVariable.PRESSURE ? "pressure" : "temperature";
    }

    private static void check(SaturationVariable variable, double[] values) {
        boolean pressure = variable == SaturationVariable.PRESSURE;
        double limit = pressure ? WaterModel.HIGHEST_SATURATION_PRESSURE : WaterModel.HIGHEST_SATURATION_TEMPERATURE;
        for (double value : values) {
            if (value > limit || value < 0) {
                throw new GridException(
                        name(variable),
                        "%s %s is outside the saturation line, which goes from 0 to %s %s"
                                .formatted(
                                        name(variable),
                                        Composition.number(value),
                                        Composition.number(limit),
                                        pressure ? "bar" : "°C"));
            }
        }
    }
}
