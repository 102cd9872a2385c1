package org.colonnade.calculators.description;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.colonnade.geochemistry.InputException;
import org.jspecify.annotations.Nullable;

/**
 * A calculator over one or two inputs that vary.
 *
 * @param variables the later one runs faster
 * @param points in the order of the variables
 */
public record Sweep(List<Variable> variables, List<Point> points) {

    public static final int MOST_POINTS = 10_000;

    /** @param values as text, with all digits */
    public record Variable(Input input, List<String> values) {}

    /**
     * @param answer null when the point could not be computed
     * @param error why it could not; null when it could
     */
    public record Point(@Nullable Answer answer, @Nullable String error) {}

    /**
     * @param fixed the inputs that do not vary
     * @throws InputException when there are no or too many variables or points
     */
    public static Sweep of(Calculator calculator, Map<String, String> fixed, List<Variable> variables) {
        if (variables.isEmpty() || variables.size() > 2) {
            throw new InputException("inputs", "One or two inputs may vary, not " + variables.size());
        }
        long count = variables.stream().mapToLong(v -> v.values().size()).reduce(1, (a, b) -> a * b);
        if (count > MOST_POINTS) {
            throw new InputException(
                    "inputs", "%d points are more than the %d of one request".formatted(count, MOST_POINTS));
        }
        var points = new ArrayList<Point>();
        var given = new HashMap<>(fixed);
        for (String first : variables.getFirst().values()) {
            given.put(variables.getFirst().input().name(), first);
            if (variables.size() == 1) {
                points.add(point(calculator, given));
                continue;
            }
            for (String second : variables.getLast().values()) {
                given.put(variables.getLast().input().name(), second);
                points.add(point(calculator, given));
            }
        }
        return new Sweep(List.copyOf(variables), List.copyOf(points));
    }

    /**
     * The values of {@code 1:200:1} (start, stop and step, both ends included) or of a list {@code 1 2 5}.
     *
     * @throws InputException when it is neither, or too long
     */
    public static List<String> values(Input input, String text) {
        if (input.isChoice() || !text.contains(":")) {
            var list = List.of(text.strip().split("[\\s;]+"));
            if (!input.isChoice()) {
                list.forEach(value -> NumberText.parse(input.name(), value));
            }
            return list;
        }
        String[] parts = text.strip().split(":", -1);
        if (parts.length != 3) {
            throw new InputException(
                    input.name(), input.name() + " must be start:stop:step, as in 1:200:1, or a list of numbers");
        }
        double start = NumberText.parse(input.name(), parts[0]);
        double stop = NumberText.parse(input.name(), parts[1]);
        double step = NumberText.parse(input.name(), parts[2]);
        double steps = (stop - start) / step;
        if (!(steps >= 0 && steps < MOST_POINTS)) {
            throw new InputException(
                    input.name(),
                    "%s: from %s to %s in steps of %s does not give 1 to %d values"
                            .formatted(input.name(), parts[0], parts[1], parts[2], MOST_POINTS));
        }
        var values = new ArrayList<String>();
        // The last step may miss the end by rounding only.
        int last = (int) Math.floor(steps + 1e-9);
        for (int i = 0; i <= last; i++) {
            values.add(Double.toString(start + i * step));
        }
        return values;
    }

    private static Point point(Calculator calculator, Map<String, String> given) {
        try {
            return new Point(calculator.compute(new Values(calculator.inputs(), given)), null);
        } catch (InputException e) {
            return new Point(null, e.getMessage());
        }
    }
}
