package org.colonnade.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person typed into the declared fields of a form, and what is wrong with it. Everything typed is kept as typed,
 * so that a page can show it again. Not safe for threads.
 */
public final class Form {

    /** One thing to correct. */
    public record Error(Field field, String message) {}

    private final Map<String, Field> fields = new LinkedHashMap<>();
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> errors = new LinkedHashMap<>();
    private final boolean sent;

    private Form(List<Field> declared, Map<String, String[]> parameters) {
        sent = declared.stream().anyMatch(field -> parameters.containsKey(field.name()));
        for (Field field : declared) {
            fields.put(field.name(), field);
            String[] given = parameters.get(field.name());
            // A box that is not ticked is not sent at all.
            String absent = sent && field.kind() == Field.Kind.CHECK ? "false" : field.initial();
            values.put(field.name(), given == null || given.length == 0 ? absent : given[0]);
        }
        fields.values().forEach(this::check);
    }

    /** Reads and checks the fields; a field without a parameter has its initial value. */
    public static Form of(List<Field> fields, Map<String, String[]> parameters) {
        return new Form(fields, parameters);
    }

    /** False while the page was opened without any input. */
    public boolean isSent() {
        return sent;
    }

    public boolean isValid() {
        return errors.isEmpty();
    }

    /** Whether the form has such a field at all. */
    public boolean has(String name) {
        return fields.containsKey(name);
    }

    /** @throws IllegalArgumentException if no such field was declared */
    public Field field(String name) {
        Field field = fields.get(name);
        if (field == null) {
            throw new IllegalArgumentException("No field " + name);
        }
        return field;
    }

    /** As typed. */
    public String value(String name) {
        return values.getOrDefault(field(name).name(), "");
    }

    /** @return null if the field is empty, or if it is wrong */
    public @Nullable Double number(String name) {
        return errors.containsKey(name) || value(name).isBlank()
                ? null
                : (Double) Double.parseDouble(typed(value(name)));
    }

    /** @return null if the field is empty, or if it is wrong */
    public @Nullable Integer integer(String name) {
        Double number = number(name);
        return number == null ? null : (Integer) number.intValue();
    }

    public boolean isChecked(String name) {
        return value(name).equals("true");
    }

    /** Adds what only the caller can know to be wrong; the first message of a field stays. */
    public void reject(String name, String message) {
        errors.putIfAbsent(field(name).name(), message);
    }

    public @Nullable String error(String name) {
        return errors.get(name);
    }

    /** In the order of the fields. */
    public List<Error> getErrors() {
        List<Error> list = new ArrayList<>();
        fields.forEach((name, field) -> {
            String message = errors.get(name);
            if (message != null) {
                list.add(new Error(field, message));
            }
        });
        return list;
    }

    private void check(Field field) {
        String value = value(field.name());
        if (value.isBlank()) {
            if (field.required() && field.kind() != Field.Kind.CHECK) {
                reject(field.name(), "is missing");
            }
            return;
        }
        switch (field.kind()) {
            case NUMBER, INTEGER -> checkNumber(field, typed(value));
            case TEXT, LONG_TEXT -> checkText(field, value);
            case CHOICE -> {
                if (field.options().stream().noneMatch(option -> option.value().equals(value))) {
                    reject(field.name(), "is not one of the choices");
                }
            }
            case CHECK -> {
                if (!value.equals("true") && !value.equals("false")) {
                    reject(field.name(), "is either true or false");
                }
            }
        }
    }

    private void checkNumber(Field field, String value) {
        if (value.contains(",")) {
            reject(
                    field.name(),
                    "has a comma. Write a decimal point, as in 0.5: a comma could also separate thousands");
            return;
        }
        if (!value.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,4})?")) {
            reject(field.name(), "is not a number. Write digits, as in 0.5 or 1e-3");
            return;
        }
        double number = Double.parseDouble(value);
        if (Double.isInfinite(number)) {
            reject(field.name(), "is too large a number");
        } else if (field.kind() == Field.Kind.INTEGER
                && (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE)) {
            reject(field.name(), "is not a whole number");
        } else if (field.min() != null && number < field.min() || field.max() != null && number > field.max()) {
            reject(field.name(), "is outside the range " + field.hint());
        }
    }

    private void checkText(Field field, String value) {
        if (value.length() > field.maxLength()) {
            reject(
                    field.name(),
                    "has " + value.length() + " characters; at most " + field.maxLength() + " are possible");
        } else if (value.indexOf('\0') >= 0) {
            reject(field.name(), "contains a character that is no text (NUL)");
        }
    }

    /** People paste the true minus sign, and spaces around. */
    private static String typed(String value) {
        return value.strip().replace('−', '-');
    }
}
