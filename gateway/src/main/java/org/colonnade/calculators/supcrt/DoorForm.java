package org.colonnade.calculators.supcrt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.colonnade.geochemistry.supcrt.Grid;
import org.colonnade.geochemistry.supcrt.Grid.Axes;
import org.colonnade.geochemistry.supcrt.Grid.SaturationVariable;
import org.colonnade.geochemistry.supcrt.GridException;
import org.colonnade.geochemistry.supcrt.Range;
import org.colonnade.geochemistry.supcrt.files.Tabulation;

/** The js2 gateway's form, field by field, as the states to tabulate. */
final class DoorForm {

    private final Map<String, String> fields;
    private final List<Map<String, Object>> problems = new ArrayList<>();

    DoorForm(Map<String, String> fields) {
        this.fields = new LinkedHashMap<>(fields);
    }

    /** What is wrong with a field, in the words and shape of that gateway's framework. */
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient List<Map<String, Object>> detail;

        Wrong(List<Map<String, Object>> detail) {
            super("The form cannot be used");
            this.detail = List.copyOf(detail);
        }

        List<Map<String, Object>> detail() {
            return detail;
        }
    }

    static Map<String, Object> problem(String type, String field, String message) {
        return Map.of("type", type, "loc", List.of("body", field), "msg", message);
    }

    /** Checks the fields that every request must have. */
    void require(String... names) throws Wrong {
        for (String name : names) {
            if (!fields.containsKey(name)) {
                problems.add(problem("missing", name, "Field required"));
            }
        }
        if (!problems.isEmpty()) {
            throw new Wrong(problems);
        }
    }

    String text(String name) {
        return fields.getOrDefault(name, "");
    }

    int choice(String name, int most) throws Wrong {
        if (!fields.containsKey(name)) {
            throw wrong("missing", name, "Field required");
        }
        var text = text(name).strip();
        if (!text.matches("[+-]?\\d{1,9}")) {
            throw wrong("int_parsing", name, "Input should be a valid integer, unable to parse string as an integer");
        }
        int value = Integer.parseInt(text);
        if (value < 0 || value > most) {
            throw wrong("value_error", name, "Value must be from 0 to " + most);
        }
        return value;
    }

    static Wrong wrong(String type, String field, String message) {
        return new Wrong(List.of(problem(type, field, message)));
    }

    /** The states asked for. */
    Tabulation tabulation() throws Wrong {
        if (choice("solventPhase", 1) == 1) {
            return saturation();
        }
        if (choice("independentStateVar", 1) == 0) {
            boolean isochores = choice("tabulationChoricOption", 1) == 0;
            return onePhase(
                    isochores ? Axes.ISOCHORES : Axes.ISOTHERMS_BY_DENSITY,
                    isochores ? "isochoresRange" : "isothermsRange",
                    isochores ? "tempRange" : "dH2ORange",
                    isochores ? "dH2OTempPairs" : "tempDH2OPairs");
        }
        if (choice("univariantCurveOption", 1) == 0) {
            boolean isobars = choice("univariantCalcOption", 1) == 0;
            var isopleths = range(isobars ? "isobarsRange" : "isothermsRange");
            var logK = range("logKRange");
            var name = isobars ? "logKBoundingTempRange" : "logKBoundingPresRange";
            var bounds = numbers(name, text(name), 2);
            if (!(bounds[0] < bounds[1])) {
                throw wrong("value_error", name, "The minimum must be below the maximum");
            }
            return new Tabulation.Univariant(
                    isobars ? Axes.ISOBARS : Axes.ISOTHERMS, isopleths, logK, bounds[0], bounds[1]);
        }
        boolean isobars = choice("tabulationBaricOption", 1) == 0;
        return onePhase(
                isobars ? Axes.ISOBARS : Axes.ISOTHERMS,
                isobars ? "isobarsRange" : "isothermsRange",
                isobars ? "tempRange" : "presRange",
                isobars ? "presTempPairs" : "tempPresPairs");
    }

    private Tabulation onePhase(Axes axes, String isopleths, String steps, String pairs) throws Wrong {
        if (choice("tableIncrement", 1) == 0) {
            return new Tabulation.Table(new Grid.Uniform(axes, range(isopleths), range(steps)));
        }
        return new Tabulation.Table(new Grid.Pairs(axes, rows(pairs, 2)));
    }

    private Tabulation saturation() throws Wrong {
        boolean temperature = choice("lipVapSatVar", 1) == 0;
        var variable = temperature ? SaturationVariable.TEMPERATURE : SaturationVariable.PRESSURE;
        if (choice("tableIncrement", 1) == 0) {
            String field = temperature ? "tempRange" : "presRange";
            var range = range(field);
            onTheLine(field, variable, range);
            return new Tabulation.Table(new Grid.Saturation(variable, range));
        }
        String field = temperature ? "lipVapSatTempVal" : "lipVapSatPresVal";
        var values = rows(field, 1).stream().map(row -> row[0]).toList();
        for (double value : values) {
            onTheLine(field, variable, Range.single(value));
        }
        return new Tabulation.Table(new Grid.SaturationList(variable, values));
    }

    private Range range(String name) throws Wrong {
        var n = numbers(name, text(name), 3);
        var range = new Range(n[0], n[1], n[2]);
        try {
            range.values(name, Grid.MOST_VALUES);
            return range;
        } catch (GridException e) {
            throw wrong(name, e);
        }
    }

    private static Wrong wrong(String name, GridException e) {
        return wrong(
                "value_error", name, Objects.requireNonNullElse(e.getMessage(), "These states cannot be computed"));
    }

    /** What lies beyond the end of the saturation line is said at its field, before anything is computed. */
    private static void onTheLine(String field, SaturationVariable variable, Range range) throws Wrong {
        try {
            new Grid.Saturation(variable, range).points();
        } catch (GridException e) {
            throw wrong(field, e);
        }
    }

    /** One row a line; the line of zeros that ends the original's input may be left out. */
    private List<double[]> rows(String name, int count) throws Wrong {
        var rows = new ArrayList<double[]>();
        for (String line : text(name).split("\\R")) {
            if (!line.isBlank()) {
                var numbers = numbers(name, line, count);
                if (numbers[0] == 0 && numbers[count - 1] == 0) {
                    break;
                }
                rows.add(numbers);
            }
        }
        if (rows.isEmpty()) {
            throw wrong("value_error", name, "At least one line of %d numbers is needed".formatted(count));
        }
        if (rows.size() > Grid.MOST_VALUES) {
            throw wrong("value_error", name, "At most %d lines are possible".formatted(Grid.MOST_VALUES));
        }
        return rows;
    }

    private static double[] numbers(String name, String text, int count) throws Wrong {
        var parts = text.strip().split("\\s*,\\s*|\\s+");
        if (text.isBlank() || parts.length != count) {
            throw wrong("value_error", name, "%d finite numbers are needed, separated by commas".formatted(count));
        }
        var numbers = new double[count];
        for (int i = 0; i < count; i++) {
            if (!parts[i].matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?")
                    || !Double.isFinite(Double.parseDouble(parts[i]))) {
                throw wrong(
                        "value_error",
                        name,
                        "\"%s\" is not a finite number".formatted(SupcrtDatabases.shown(parts[i])));
            }
            numbers[i] = Double.parseDouble(parts[i]);
        }
        return numbers;
    }
}
