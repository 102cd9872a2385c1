package org.colonnade.calculators.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.colonnade.calculators.description.Answer;
import org.colonnade.calculators.description.Calculator;
import org.colonnade.calculators.description.Input;
import org.colonnade.calculators.description.Output;
import org.colonnade.calculators.description.Sweep;
import org.colonnade.calculators.description.Values;
import org.colonnade.geochemistry.Flag;
import org.colonnade.geochemistry.Reference;
import org.jspecify.annotations.Nullable;

/** What the API answers, as JSON. */
public final class Views {

    private Views() {}

    /** A calculator and its inputs, so that a program can fill a form. */
    public record Description(
            String name,
            String title,
            String sentence,
            List<InputView> inputs,
            List<Column> outputs,
            List<String> unknowns) {

        static Description of(Calculator c) {
            return new Description(
                    c.key(),
                    c.title(),
                    c.sentence(),
                    c.inputs().stream().map(InputView::of).toList(),
                    c.outputs().stream().map(Column::of).toList(),
                    c.unknowns());
        }
    }

    public record InputView(
            String name,
            String label,
            String unit,
            @Nullable Double min,
            @Nullable Double max,
            String initial,
            String hint,
            boolean required,
            List<Input.Option> options) {

        static InputView of(Input i) {
            return new InputView(
                    i.name(),
                    i.label(),
                    i.unit().symbol(),
                    i.min(),
                    i.max(),
                    i.initial(),
                    i.hint(),
                    i.required(),
                    i.options());
        }
    }

    public record Column(String name, String label, String unit) {

        static Column of(Output o) {
            return new Column(o.name(), o.label(), o.unit().symbol());
        }
    }

    /** @param value null when there is none */
    public record Value(@Nullable Double value, String unit) {}

    public record Citation(
            String key, String text, @Nullable String doi) {

        static Citation of(Reference r) {
            return new Citation(r.key(), r.text(), r.doi());
        }
    }

    /** One computed point. */
    public record Point(
            String calculator,
            String model,
            Map<String, String> inputs,
            Map<String, Value> values,
            List<Flag> flags,
            String validity,
            List<Citation> references) {

        static Point of(Calculator c, Values inputs, Answer answer) {
            var values = new LinkedHashMap<String, Value>();
            for (Output o : c.outputs()) {
                values.put(
                        o.name(),
                        new Value(finite(answer.number(o.name())), o.unit().symbol()));
            }
            return new Point(
                    c.key(),
                    answer.model(),
                    inputs.all(),
                    values,
                    answer.flags(),
                    answer.validity().toString(),
                    answer.references().stream().map(Citation::of).toList());
        }
    }

    public record Variable(String name, String unit, List<String> values) {}

    /** @param points how many points of the sweep have it */
    public record FlagCount(Flag.Kind kind, String sentence, int points) {}

    /** @param point counted from 0, the last variable running fastest */
    public record PointError(int point, String message) {}

    /** @param values one list for each output, in the order of the points */
    public record Grid(
            String calculator,
            List<String> models,
            Map<String, String> inputs,
            List<Variable> variables,
            List<Column> columns,
            Map<String, List<@Nullable Double>> values,
            List<FlagCount> flags,
            List<PointError> errors,
            List<Citation> references) {

        public static Grid of(Calculator c, Map<String, String> fixed, Sweep sweep) {
            var values = new LinkedHashMap<String, List<@Nullable Double>>();
            c.outputs().forEach(o -> values.put(o.name(), new ArrayList<@Nullable Double>()));
            var flags = new LinkedHashMap<Flag, Integer>();
            var models = new LinkedHashSet<String>();
            var errors = new ArrayList<PointError>();
            for (int i = 0; i < sweep.points().size(); i++) {
                var point = sweep.points().get(i);
                var answer = point.answer();
                if (answer != null) {
                    models.add(answer.model());
                    answer.flags().forEach(flag -> flags.merge(flag, 1, Integer::sum));
                } else {
                    errors.add(new PointError(i, Objects.requireNonNullElse(point.error(), "")));
                }
                values.forEach((name, list) -> list.add(answer == null ? null : finite(answer.number(name))));
            }
            return new Grid(
                    c.key(),
                    List.copyOf(models),
                    fixed,
                    sweep.variables().stream()
                            .map(v -> new Variable(
                                    v.input().name(), v.input().unit().symbol(), v.values()))
                            .toList(),
                    c.outputs().stream().map(Column::of).toList(),
                    values,
                    flags.entrySet().stream()
                            .limit(100)
                            .map(e ->
                                    new FlagCount(e.getKey().kind(), e.getKey().sentence(), e.getValue()))
                            .toList(),
                    errors.stream().limit(100).toList(),
                    Views.references(sweep).stream().map(Citation::of).toList());
        }
    }

    /** The references that some point of a sweep used. */
    public static List<Reference> references(Sweep sweep) {
        var all = new LinkedHashSet<Reference>();
        for (var point : sweep.points()) {
            if (point.answer() != null) {
                all.addAll(point.answer().references());
            }
        }
        return List.copyOf(all);
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? (Double) value : null;
    }
}
