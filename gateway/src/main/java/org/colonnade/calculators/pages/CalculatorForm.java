package org.colonnade.calculators.pages;

import java.math.BigDecimal;
import java.math.MathContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.colonnade.calculators.description.Calculator;
import org.colonnade.calculators.description.DefaultSweep;
import org.colonnade.calculators.description.Input;
import org.colonnade.calculators.description.NumberText;
import org.colonnade.calculators.description.Sweep;
import org.colonnade.geochemistry.InputException;
import org.colonnade.geochemistry.Unit;
import org.colonnade.web.Field;
import org.colonnade.web.Field.Option;
import org.colonnade.web.Form;
import org.jspecify.annotations.Nullable;

/**
 * What a person typed into the page of a calculator: a point, the units in which it was typed, and what varies in the
 * plot. All of it stands in the address.
 */
final class CalculatorForm {

    static final String VARY = "vary";
    static final String VALUES = "values";
    static final String VARY_ALSO = "vary2";
    static final String VALUES_ALSO = "values2";
    static final String PLOT = "plot";
    private static final String NOTHING = "none";
    private static final MathContext SHOWN_DIGITS = new MathContext(12);

    private final Calculator calculator;
    private final Form form;
    private final Map<String, Unit> units = new HashMap<>();

    CalculatorForm(Calculator calculator, Map<String, String[]> parameters) {
        this.calculator = calculator;
        var fields = new ArrayList<Field>();
        for (Input input : calculator.inputs()) {
            units.put(input.name(), unit(input, parameters));
            fields.add(field(input));
            unitField(input, fields);
        }
        addSweepFields(fields);
        this.form = Form.of(fields, parameters);
    }

    Form form() {
        return form;
    }

    static String unitName(Input input) {
        return "unit_" + input.name();
    }

    private static Unit unit(Input input, Map<String, String[]> parameters) {
        String[] chosen = parameters.get(unitName(input));
        Unit other = input.other();
        return other != null && chosen != null && chosen.length > 0 && chosen[0].equals(other.name())
                ? other
                : input.unit();
    }

    private Field field(Input input) {
        if (input.isChoice()) {
            return Field.choice(
                            input.name(),
                            input.label(),
                            input.options().stream()
                                    .map(o -> new Option(o.value(), o.label()))
                                    .toList())
                    .initially(input.initial());
        }
        Unit unit = unitOf(input);
        String symbol = unit == Unit.ONE ? "" : unit.symbol();
        var field = Field.number(input.name(), input.label(), symbol);
        if (input.min() != null && input.max() != null) {
            field = field.between(shown(input, input.min()), shown(input, input.max()));
        }
        if (!input.initial().isEmpty()) {
            field = field.initially(plain(shown(input, Double.parseDouble(input.initial()))));
        }
        if (!input.hint().isEmpty()) {
            field = field.hint(input.hint());
        }
        return input.required() ? field : field.optional();
    }

    private static void unitField(Input input, List<Field> fields) {
        Unit other = input.other();
        if (other != null) {
            fields.add(Field.choice(
                    unitName(input),
                    input.label() + " in",
                    List.of(
                            new Option(input.unit().name(), input.unit().symbol()),
                            new Option(other.name(), other.symbol()))));
        }
    }

    private void addSweepFields(List<Field> fields) {
        DefaultSweep initial = calculator.defaultSweep();
        var some = new ArrayList<Option>();
        some.add(new Option(NOTHING, "nothing"));
        calculator.inputs().forEach(i -> some.add(new Option(i.name(), i.label())));
        var numbers = some.stream()
                .filter(o -> calculator.inputs().stream()
                        .noneMatch(i -> i.isChoice() && i.name().equals(o.value())))
                .toList();
        String hint = "start:stop:step, as in 1:200:1, or values with blanks between";
        fields.add(Field.choice(VARY, "Plot against", numbers).initially(initial.input()));
        fields.add(Field.text(VALUES, "Its values")
                .hint(hint)
                .initially(inUnit(initial.input(), initial.values()))
                .maxLength(2000)
                .optional());
        fields.add(Field.choice(VARY_ALSO, "One curve for each, or a map", some).initially(initial.second()));
        fields.add(Field.text(VALUES_ALSO, "Its values")
                .hint("At most seven for curves; up to 60 numbers for a map")
                .initially(inUnit(initial.second(), initial.secondValues()))
                .maxLength(2000)
                .optional());
        fields.add(Field.choice(
                PLOT,
                "What is plotted",
                calculator.plots().stream()
                        .map(p -> new Option(p.name(), p.label()))
                        .toList()));
    }

    /** A plot of the calculator, with the address that opens it on the same point. */
    record Tab(String title, String href, boolean current) {}

    /** The presets of the calculator; the first is what a page opened without parameters shows. */
    List<Tab> tabs(Map<String, String[]> parameters) {
        var tabs = new ArrayList<Tab>();
        for (Calculator.Preset preset : calculator.presets()) {
            DefaultSweep sweep = preset.sweep();
            var wanted = new LinkedHashMap<String, String>();
            wanted.put(VARY, sweep.input());
            wanted.put(VALUES, inUnit(sweep.input(), sweep.values()));
            wanted.put(VARY_ALSO, sweep.second());
            wanted.put(VALUES_ALSO, inUnit(sweep.second(), sweep.secondValues()));
            wanted.put(PLOT, preset.plot());
            boolean current = wanted.entrySet().stream()
                    .allMatch(e -> form.value(e.getKey()).equals(e.getValue()));
            var address = new LinkedHashMap<String, String>();
            parameters.forEach((name, values) -> {
                if (values.length > 0) {
                    address.put(name, values[0]);
                }
            });
            address.putAll(wanted);
            tabs.add(new Tab(
                    preset.label(),
                    "/calculators/" + calculator.key() + "?"
                            + address.entrySet().stream()
                                    .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue()))
                                    .collect(Collectors.joining("&")),
                    current));
        }
        return tabs;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Values of a preset in the unit that the page has. */
    private String inUnit(String name, String values) {
        for (Input input : calculator.inputs()) {
            if (input.name().equals(name) && unitOf(input) != input.unit()) {
                return Sweep.values(input, values).stream()
                        .map(v -> plain(shown(input, Double.parseDouble(v))))
                        .collect(Collectors.joining(" "));
            }
        }
        return values;
    }

    /** Temperature becomes temperature; pH and NaCl stay. */
    static String inASentence(String label) {
        boolean word = label.length() > 1
                && label.substring(1).equals(label.substring(1).toLowerCase(Locale.ROOT));
        return word ? label.toLowerCase(Locale.ROOT) : label;
    }

    /** Units and plot in one line. */
    String now() {
        var words = new ArrayList<String>();
        for (Input input : calculator.inputs()) {
            if (input.other() != null) {
                words.add(unitOf(input).symbol());
            }
        }
        calculator.inputs().stream()
                .filter(i -> i.name().equals(form.value(VARY)))
                .findFirst()
                .ifPresent(i -> words.add("against " + inASentence(i.label())));
        return String.join(", ", words);
    }

    /** The point, each value in the unit of the calculator. */
    Map<String, String> point() {
        var point = new HashMap<String, String>();
        for (Input input : calculator.inputs()) {
            String typed = form.value(input.name()).strip().replace('−', '-');
            if (!typed.isEmpty()) {
                point.put(input.name(), input.isChoice() ? typed : converted(input, typed));
            }
        }
        return point;
    }

    /**
     * What varies; empty when nothing does.
     *
     * @throws InputException when the values cannot be read
     */
    List<Sweep.Variable> variables() {
        var variables = new ArrayList<Sweep.Variable>();
        var second = variable(VARY_ALSO, VALUES_ALSO);
        var first = variable(VARY, VALUES);
        if (first != null) {
            if (second != null && !second.input().name().equals(first.input().name())) {
                variables.add(second);
            }
            variables.add(first);
        }
        return variables;
    }

    private Sweep.@Nullable Variable variable(String which, String values) {
        String name = form.value(which);
        if (name.equals(NOTHING) || form.value(values).isBlank()) {
            return null;
        }
        for (Input input : calculator.inputs()) {
            if (input.name().equals(name)) {
                var list = Sweep.values(input, form.value(values).replace('−', '-'));
                return new Sweep.Variable(
                        input,
                        input.isChoice()
                                ? list
                                : list.stream().map(v -> converted(input, v)).toList());
            }
        }
        return null;
    }

    /** The unit in which a person gives an input. */
    Unit unitOf(Input input) {
        return units.getOrDefault(input.name(), input.unit());
    }

    private String converted(Input input, String typed) {
        Unit unit = unitOf(input);
        return unit == input.unit() ? typed : plain(unit.convert(NumberText.parse(input.name(), typed), input.unit()));
    }

    /** A value of the calculator in the unit that a person chose. */
    double shown(Input input, double value) {
        Unit unit = unitOf(input);
        return unit == input.unit()
                ? value
                : new BigDecimal(input.unit().convert(value, unit))
                        .round(SHOWN_DIGITS)
                        .doubleValue();
    }

    /** Twelve digits, so that 25 °C is 298.15 K and not 298.15000000000003 K. */
    private static String plain(double value) {
        return new BigDecimal(value).round(SHOWN_DIGITS).stripTrailingZeros().toPlainString();
    }
}
