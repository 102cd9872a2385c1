package org.colonnade.calculators.js2;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.colonnade.calculators.description.NumberText;
import org.colonnade.geochemistry.InputException;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one call, checked together as that gateway's framework does: everything that is missing or no number
 * is told in one answer of status 422. What is a number but not finite is refused with 400.
 */
final class Query {

    private final Map<String, String> given;
    private final List<Map<String, @Nullable Object>> wrong = new ArrayList<>();

    Query(Map<String, String> given) {
        this.given = given;
    }

    /** NaN when it is wrong, which {@link #check} will tell. */
    double number(String name) {
        String text = text(name);
        return text.isEmpty() && !given.containsKey(name) ? Double.NaN : parsed(name, text);
    }

    /** NaN when it is not given. */
    double optional(String name) {
        String text = given.get(name);
        return text == null ? Double.NaN : parsed(name, text);
    }

    String text(String name) {
        String text = given.get(name);
        if (text == null) {
            add("missing", name, "Field required", null);
        }
        return Objects.requireNonNullElse(text, "");
    }

    /** @throws Js2Refusal when something is missing or no number */
    void check() {
        if (!wrong.isEmpty()) {
            throw new Js2Refusal(422, Map.of("detail", List.copyOf(wrong)));
        }
    }

    private double parsed(String name, String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        if (lower.matches("[+-]?(nan|inf|infinity)")) {
            throw Js2Refusal.of(400, name + " must be a finite number");
        }
        try {
            return NumberText.parse(name, text);
        } catch (InputException e) {
            add(
                    "float_parsing",
                    name,
                    "Input should be a valid number, unable to parse string as a number",
                    text.length() <= 100 ? text : text.substring(0, 100));
            return Double.NaN;
        }
    }

    private void add(String type, String name, String message, @Nullable String input) {
        var entry = new LinkedHashMap<String, @Nullable Object>();
        entry.put("type", type);
        entry.put("loc", List.of("query", name));
        entry.put("msg", message);
        entry.put("input", input);
        wrong.add(entry);
    }
}
