package org.colonnade.calculators.supcrt;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.colonnade.geochemistry.Unit;
import org.colonnade.geochemistry.supcrt.Profile;
import org.colonnade.web.Field;
import org.colonnade.web.Form;
import org.jspecify.annotations.Nullable;

/**
 * What a person typed into the page of reactions. All of it stands in the address, also what the chosen view does not
 * show, so that going from view to view loses nothing.
 */
final class SupcrtForm {

    static final String REACTIONS = "reactions";
    static final String NONE = "none";
    private static final MathContext SHOWN_DIGITS = new MathContext(12);
    private static final String SOLUBILITIES = "-1 QUARTZ; 1 SiO2,aq\n\n-1 CALCITE; 1 Ca+2; 1 CO3-2";
    private static final String POLYMORPHS =
            "-1 KYANITE; 1 ANDALUSITE\n\n-1 ANDALUSITE; 1 SILLIMANITE\n\n-1 KYANITE; 1 SILLIMANITE";

    /** What the page shows of the reactions. */
    enum View {
        TEMPERATURE("temperature", "Against temperature", SOLUBILITIES),
        PRESSURE("pressure", "Against pressure", SOLUBILITIES),
        CONTOUR("contour", "Contours over T and P", "-1 QUARTZ; 1 SiO2,aq"),
        PHASES("phases", "Phase diagram", POLYMORPHS);

        private final String key;
        private final String title;
        private final String example;

        View(String key, String title, String example) {
            this.key = key;
            this.title = title;
            this.example = example;
        }

        static View of(@Nullable String key) {
            return Arrays.stream(values())
                    .filter(v -> v.key.equals(key))
                    .findFirst()
                    .orElse(TEMPERATURE);
        }

        String key() {
            return key;
        }

        String title() {
            return title;
        }
    }

    private static final List<String> NAMES = List.of(
            REACTIONS,
            "from",
            "to",
            "step",
            "pressure",
            "p_from",
            "p_to",
            "p_step",
            "temperature",
            "logk",
            "property",
            "database",
            "database2",
            "profile",
            "unit_T",
            "unit_P",
            "unit_E");

    private final View view;
    private final Form form;
    private final Unit celsius;
    private final Unit bar;
    private final boolean calories;
    private final List<String> shown = new ArrayList<>();
    private final Map<String, String> hidden = new LinkedHashMap<>();

    SupcrtForm(Map<String, String[]> parameters, List<SupcrtDatabases.Entry> databases) {
        this.view = View.of(first(parameters, "show"));
        this.celsius = "KELVIN".equals(first(parameters, "unit_T")) ? Unit.KELVIN : Unit.CELSIUS;
        this.bar = "MEGAPASCAL".equals(first(parameters, "unit_P")) ? Unit.MEGAPASCAL : Unit.BAR;
        this.calories = "calories".equals(first(parameters, "unit_E"));
        var fields = new ArrayList<Field>();
        fields.add(Field.longText(REACTIONS, "Reactions")
                .hint("One term is a coefficient and a name; products are positive. An empty line parts reactions.")
                .initially(view.example)
                .maxLength(20_000));
        conditions(fields);
        fields.forEach(field -> shown.add(field.name()));
        fields.addAll(settings(databases));
        this.form = Form.of(fields, parameters);
        for (String name : NAMES) {
            String value = first(parameters, name);
            if (value != null
                    && value.length() <= 20_000
                    && fields.stream().noneMatch(f -> f.name().equals(name))) {
                hidden.put(name, value);
            }
        }
    }

    private static @Nullable String first(Map<String, String[]> parameters, String name) {
        String[] given = parameters.get(name);
        return given == null || given.length == 0 ? null : given[0];
    }

    private void conditions(List<Field> fields) {
        switch (view) {
            case TEMPERATURE -> {
                fields.add(temperature("from", "Temperature from", 0, 1000, 25));
                fields.add(temperature("to", "Temperature to", 0, 1000, 300));
                fields.add(Field.number("step", "Step", celsius.symbol())
                        .between(0.1, 500)
                        .initially("5"));
                fields.add(Field.number("pressure", "Pressure", bar.symbol())
                        .between(shownBar(1), shownBar(50_000))
                        .hint("Empty for the saturation line of water")
                        .optional());
            }
            case PRESSURE -> {
                fields.add(pressure("p_from", "Pressure from", 500));
                fields.add(pressure("p_to", "Pressure to", 5000));
                fields.add(Field.number("p_step", "Step", bar.symbol())
                        .between(shownBar(1), shownBar(10_000))
                        .initially(text(shownBar(100))));
                fields.add(temperature("temperature", "Temperature", 0, 1000, 200));
            }
            case CONTOUR -> {
                fields.add(temperature("from", "Temperature from", 0, 1000, 25));
                fields.add(temperature("to", "Temperature to", 0, 1000, 500));
                fields.add(pressure("p_from", "Pressure from", 500));
                fields.add(pressure("p_to", "Pressure to", 5000));
            }
            case PHASES -> {
                fields.add(temperature("from", "Temperature from", 0, 2000, 300));
                fields.add(temperature("to", "Temperature to", 0, 2000, 900));
                fields.add(pressure("p_from", "Pressure from", 100));
                fields.add(pressure("p_to", "Pressure to", 10_000));
                fields.add(Field.number("logk", "log K on the curves", "")
                        .between(-1000, 1000)
                        .hint("0 where pure phases are in equilibrium")
                        .initially("0"));
            }
        }
        if (view == View.TEMPERATURE || view == View.PRESSURE || view == View.CONTOUR) {
            fields.add(Field.choice(
                    "property",
                    "What is plotted",
                    Property.all().stream()
                            .map(p -> new Field.Option(p.key(), p.label()))
                            .toList()));
        }
    }

    private List<Field> settings(List<SupcrtDatabases.Entry> databases) {
        var choices = databases.stream()
                .map(e -> new Field.Option(e.name(), "%s (%d species)".formatted(e.name(), e.species())))
                .toList();
        var second = new ArrayList<>(List.of(new Field.Option(NONE, "nothing")));
        second.addAll(choices);
        var fields = new ArrayList<>(List.of(
                Field.choice("database", "Database", choices),
                Field.choice(
                        "profile",
                        "Profile",
                        List.of(
                                new Field.Option("compatible", "as the published program"),
                                new Field.Option("consistent", "all from the Gibbs energy"))),
                Field.choice("unit_T", "Temperatures in", options(Unit.CELSIUS, Unit.KELVIN)),
                Field.choice("unit_P", "Pressures in", options(Unit.BAR, Unit.MEGAPASCAL)),
                Field.choice(
                        "unit_E",
                        "Energies and volumes in",
                        List.of(
                                new Field.Option("joules", "kJ, J/K, J/bar"),
                                new Field.Option("calories", "cal, cal/K, cm³")))));
        if (isCurves()) {
            fields.add(1, Field.choice("database2", "Compared with", second));
        }
        return fields;
    }

    private static List<Field.Option> options(Unit one, Unit other) {
        return List.of(new Field.Option(one.name(), one.symbol()), new Field.Option(other.name(), other.symbol()));
    }

    private Field temperature(String name, String label, double from, double to, double initial) {
        return Field.number(name, label, celsius.symbol())
                .between(shownCelsius(from), shownCelsius(to))
                .initially(text(shownCelsius(initial)));
    }

    private Field pressure(String name, String label, double initial) {
        return Field.number(name, label, bar.symbol())
                .between(shownBar(1), shownBar(50_000))
                .initially(text(shownBar(initial)));
    }

    private static String text(double value) {
        return new BigDecimal(value).round(SHOWN_DIGITS).stripTrailingZeros().toPlainString();
    }

    /** A temperature of the library in the unit of the page. */
    double shownCelsius(double value) {
        return rounded(Unit.CELSIUS.convert(value, celsius));
    }

    /** A pressure of the library in the unit of the page. */
    double shownBar(double value) {
        return rounded(Unit.BAR.convert(value, bar));
    }

    private static double rounded(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(value).round(SHOWN_DIGITS).doubleValue()
                : value;
    }

    Form form() {
        return form;
    }

    View view() {
        return view;
    }

    /**
     * What the page must know to show the form.
     *
     * @param show the view, as it stands in the address
     * @param fields what is asked for, without the settings
     * @param hidden what other views asked for
     * @param now the settings in one line
     * @param curves whether the view has curves of which there are tables
     */
    record Layout(String show, List<String> fields, Map<String, String> hidden, String now, boolean curves) {}

    Layout layout() {
        return new Layout(
                view.key, shown.stream().filter(name -> !name.equals(REACTIONS)).toList(), hidden, now(), isCurves());
    }

    boolean isCurves() {
        return view == View.TEMPERATURE || view == View.PRESSURE;
    }

    Property property() {
        return view == View.PHASES ? Property.LOG_K : Property.of(form.value("property"));
    }

    Profile profile() {
        return SupcrtService.profile(form.value("profile"));
    }

    boolean calories() {
        return calories;
    }

    Unit celsiusUnit() {
        return celsius;
    }

    Unit barUnit() {
        return bar;
    }

    private String now() {
        return "%s, %s, %s, %s"
                .formatted(form.value("database"), celsius.symbol(), bar.symbol(), calories ? "calories" : "joules");
    }

    /** °C. */
    double celsius(String name) {
        return rounded(celsius.convert(number(name), Unit.CELSIUS));
    }

    /** bar. */
    double bar(String name) {
        return rounded(bar.convert(number(name), Unit.BAR));
    }

    /** bar; null for the saturation line. */
    @Nullable
    Double heldBar() {
        return form.number("pressure") == null ? null : (Double) bar("pressure");
    }

    /** As it was typed, in its own unit. */
    double number(String name) {
        return Objects.requireNonNull(form.number(name));
    }

    /** Says so where a range does not ascend. */
    boolean rangesAscend() {
        for (String[] range : new String[][] {{"from", "to"}, {"p_from", "p_to"}}) {
            if (shown.contains(range[0]) && form.isValid() && !(number(range[0]) < number(range[1]))) {
                form.reject(range[1], "must be above " + form.value(range[0]));
            }
        }
        return form.isValid();
    }
}
