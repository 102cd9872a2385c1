package org.colonnade.calculators.supcrt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.colonnade.geochemistry.InputException;
import org.colonnade.geochemistry.supcrt.Conditions;
import org.colonnade.geochemistry.supcrt.Database;
import org.colonnade.geochemistry.supcrt.diagram.Axis;
import org.colonnade.geochemistry.supcrt.diagram.Ligand;
import org.colonnade.geochemistry.supcrt.diagram.Predominance;
import org.colonnade.geochemistry.supcrt.water.WaterModel;
import org.colonnade.web.Field;
import org.colonnade.web.Form;
import org.jspecify.annotations.Nullable;

/** What a person typed into the page of predominance diagrams. */
final class DiagramForm {

    static final double HIGHEST_ATMOSPHERIC = 99.6;
    private static final List<String> MINERALS =
            List.of("GIBBSITE", "KAOLINITE", "PYROPHYLLITE", "MUSCOVITE", "MICROCLINE");

    private final Database database;
    private final boolean potential;
    private final Form form;

    /**
     * @param potential true for Eh and pH, false for activities of dissolved species
     */
    DiagramForm(
            Map<String, String[]> parameters,
            List<SupcrtDatabases.Entry> databases,
            Database database,
            boolean potential) {
        this.database = database;
        this.potential = potential;
        var fields = new ArrayList<Field>();
        fields.add(Field.choice(
                        "element",
                        "Element",
                        elements(database).stream()
                                .map(e -> new Field.Option(e, e))
                                .toList())
                .initially(initialElement()));
        if (potential) {
            fields.add(number("x_from", "pH from", -2, 16, "0"));
            fields.add(number("x_to", "pH to", -2, 16, "14"));
            fields.add(Field.number("y_from", "Eh from", "V").between(-3, 3).initially("-1"));
            fields.add(Field.number("y_to", "Eh to", "V").between(-3, 3).initially("1.4"));
        } else {
            fields.add(axis("x", "Horizontal axis", "SiO2,aq"));
            fields.add(number("x_from", "From", -100, 100, "-6"));
            fields.add(number("x_to", "To", -100, 100, "-1"));
            fields.add(axis("y", "Vertical axis", "K+/H+"));
            fields.add(number("y_from", "From", -100, 100, "-2"));
            fields.add(number("y_to", "To", -100, 100, "10"));
        }
        fields.add(Field.number("celsius", "Temperature", "°C").between(0, 1000).initially("25"));
        fields.add(Field.number("bar", "Pressure", "bar")
                .between(1, 5000)
                .hint("Empty: 1 bar, and saturation above 99.6 °C")
                .optional());
        fields.add(number("dissolved", "log a of dissolved species", -20, 2, "-6"));
        fields.add(Field.text("others", "Other elements")
                .hint("With log a of their dissolved species, e.g. C -3; S -3")
                .optional());
        fields.add(Field.text("fixed", "Fixed activities")
                .hint("log a or log f, e.g. " + (potential ? "Cl- -1" : "Na+ -1; CO2,g -3.5"))
                .optional());
        fields.add(Field.text("only", "Species compared")
                .hint("Names with blanks between; empty for all of the database")
                .initially(potential ? "" : minerals(database))
                .maxLength(2000)
                .optional());
        fields.add(Field.choice(
                "database",
                "Database",
                databases.stream()
                        .map(e -> new Field.Option(e.name(), "%s (%d species)".formatted(e.name(), e.species())))
                        .toList()));
        this.form = Form.of(fields, parameters);
    }

    /** What a diagram of activities begins with: dissolved aluminium would hide its minerals. Empty if one is not there. */
    private static String minerals(Database database) {
        return MINERALS.stream().allMatch(name -> database.find(name).isPresent()) ? String.join(" ", MINERALS) : "";
    }

    private String initialElement() {
        var known = elements(database);
        String wanted = potential ? "Fe" : "Al";
        return known.contains(wanted) ? wanted : known.getFirst();
    }

    private static Field number(String name, String label, double from, double to, String initial) {
        return Field.number(name, label, "").between(from, to).initially(initial);
    }

    private static Field axis(String name, String label, String initial) {
        return Field.text(name, label)
                .hint("A species for its log a, or ion/H+ for log a(ion)/a(H+)ᶻ")
                .initially(initial)
                .maxLength(60);
    }

    private static List<String> elements(Database database) {
        var elements = new TreeSet<String>();
        database.species()
                .forEach(s -> elements.addAll(s.composition().elements().keySet()));
        elements.removeAll(List.of("H", "O"));
        return List.copyOf(elements);
    }

    Form form() {
        return form;
    }

    List<String> shown() {
        return Stream.concat(
                        Stream.of("element"),
                        potential
                                ? Stream.of("x_from", "x_to", "y_from", "y_to")
                                : Stream.of("x", "x_from", "x_to", "y", "y_from", "y_to"))
                .toList();
    }

    /**
     * What is to be drawn.
     *
     * @throws InputException naming what is wrong
     */
    Predominance predominance() {
        var diagram = Predominance.of(database, form.value("element"), x(), y(), state())
                .dissolved(number("dissolved"));
        for (Amount amount : amounts("others")) {
            diagram = diagram.ligand(new Ligand(amount.name(), amount.log(), List.of()));
        }
        for (Amount amount : amounts("fixed")) {
            diagram = diagram.fixed(amount.name(), amount.log());
        }
        var only = words("only");
        return only.isEmpty() ? diagram : diagram.candidates(only);
    }

    private double number(String name) {
        return Objects.requireNonNull(form.number(name));
    }

    private Axis x() {
        return potential
                ? Axis.ph(number("x_from"), number("x_to"))
                : activity(form.value("x").strip(), number("x_from"), number("x_to"));
    }

    private Axis y() {
        return potential
                ? Axis.eh(number("y_from"), number("y_to"))
                : activity(form.value("y").strip(), number("y_from"), number("y_to"));
    }

    private static Axis activity(String typed, double from, double to) {
        if (typed.equals("pH")) {
            return Axis.ph(from, to);
        }
        return typed.endsWith("/H+")
                ? Axis.logRatio(typed.substring(0, typed.length() - 3).strip(), from, to)
                : Axis.logActivity(typed, from, to);
    }

    private Conditions state() {
        double celsius = number("celsius");
        @Nullable Double bar = form.number("bar");
        if (bar == null && celsius > HIGHEST_ATMOSPHERIC) {
            if (celsius > WaterModel.HIGHEST_SATURATION_TEMPERATURE) {
                throw new InputException("bar", "bar is needed above 373.917 °C, where water has no saturation line");
            }
            return Conditions.of(WaterModel.saturatedAtTemperature(celsius));
        }
        return Conditions.atPressure(new double[] {celsius}, new double[] {bar == null ? 1 : bar});
    }

    private record Amount(String name, double log) {}

    /** Pairs of a name and a number, parted by semicolons. */
    private List<Amount> amounts(String field) {
        var amounts = new ArrayList<Amount>();
        for (String part : form.value(field).replace('−', '-').split(";")) {
            if (part.isBlank()) {
                continue;
            }
            String[] words = part.strip().split("\\s+");
            if (words.length != 2 || !words[1].matches("[+-]?\\d{1,3}(\\.\\d{1,10})?")) {
                throw new InputException(
                        field,
                        "\"%s\" is no name with a number after it".formatted(SupcrtDatabases.shown(part.strip())));
            }
            amounts.add(new Amount(words[0], Double.parseDouble(words[1])));
        }
        return amounts;
    }

    private List<String> words(String field) {
        return Arrays.stream(form.value(field).strip().split("[\\s;]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
