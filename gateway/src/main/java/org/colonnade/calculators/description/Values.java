package org.colonnade.calculators.description;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.colonnade.geochemistry.InputException;

/** What was given for the inputs of a calculator, as text; what was not given has its default, unless it is required. */
public final class Values {

    private final Map<String, Input> inputs = new LinkedHashMap<>();
    private final Map<String, String> given;

    public Values(List<Input> declared, Map<String, String> given) {
        declared.forEach(input -> inputs.put(input.name(), input));
        for (String name : given.keySet()) {
            if (!inputs.containsKey(name)) {
                throw new InputException(
                        name, "There is no input '%s'; the inputs are %s".formatted(name, inputs.keySet()));
            }
        }
        this.given = Map.copyOf(given);
    }

    /** As given, or the default of an input that is not required; empty when there is none. */
    public String text(String name) {
        var input = input(name);
        String text = given.getOrDefault(name, "").strip();
        return !text.isEmpty() || input.required() ? text : input.isChoice() ? input.initial() : "";
    }

    /** @throws InputException when it is missing or no finite number */
    public double number(String name) {
        return NumberText.parse(name, text(name));
    }

    /** NaN when it is not given. */
    public double optional(String name) {
        String text = text(name);
        return text.isEmpty() ? Double.NaN : NumberText.parse(name, text);
    }

    /** @throws InputException when it is none of the options */
    public String choice(String name) {
        String text = text(name);
        var options = input(name).options();
        if (options.stream().noneMatch(o -> o.value().equals(text))) {
            throw new InputException(
                    name,
                    "%s is none of the choices; they are %s"
                            .formatted(
                                    name,
                                    options.size() > 10
                                            ? "listed in the description of the calculator"
                                            : options.stream()
                                                    .map(Input.Option::value)
                                                    .toList()));
        }
        return text;
    }

    /** All inputs with the texts that count, in the declared order. */
    public Map<String, String> all() {
        var all = new LinkedHashMap<String, String>();
        inputs.keySet().forEach(name -> all.put(name, text(name)));
        return all;
    }

    private Input input(String name) {
        Input input = inputs.get(name);
        if (input == null) {
            throw new IllegalArgumentException("No input " + name);
        }
        return input;
    }
}
