package org.colonnade.web.error;

import java.util.List;
import java.util.Locale;
import org.colonnade.web.ProblemException.Wrong;
import org.colonnade.web.ProblemType;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says where JSON is wrong, without the names of our classes. */
final class JsonTrouble {

    private JsonTrouble() {}

    static Trouble of(JacksonException e) {
        if (e instanceof StreamConstraintsException) {
            return Trouble.of(ProblemType.MALFORMED, "The JSON is nested too deeply, or one value of it is too long");
        }
        if (e instanceof StreamReadException) {
            return Trouble.of(
                    ProblemType.MALFORMED, "The JSON is wrong at " + place(e.getLocation()) + ": " + reason(e));
        }
        String field = field(e);
        String message = switch (e) {
            case UnrecognizedPropertyException unknown -> "is not a known property";
            case InvalidFormatException format -> "is not " + expected(format.getTargetType());
            case MismatchedInputException mismatch -> "is not " + expected(mismatch.getTargetType());
            default -> "cannot be understood";
        };
        String where = e.getLocation() == null ? "" : " (" + place(e.getLocation()) + ")";
        return Trouble.of(ProblemType.INVALID_INPUT, (field.isEmpty() ? "The JSON" : field) + " " + message + where)
                .with(List.of(new Wrong(field, message)));
    }

    private static String place(TokenStreamLocation location) {
        return "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String reason(JacksonException e) {
        String message = e.getOriginalMessage();
        return message == null
                ? "it cannot be read"
                : message.lines().findFirst().orElse("");
    }

    private static String field(JacksonException e) {
        var path = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            String name = step.getPropertyName();
            if (name == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(name);
            }
        }
        return path.toString();
    }

    private static String expected(Class<?> type) {
        if (type == null) {
            return "as expected";
        }
        if (type.isEnum()) {
            return "one of the known words";
        }
        if (Number.class.isAssignableFrom(type) || type.isPrimitive() && type != boolean.class && type != char.class) {
            return "a number of the right kind";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (CharSequence.class.isAssignableFrom(type)) {
            return "a text";
        }
        if (Iterable.class.isAssignableFrom(type) || type.isArray()) {
            return "a list";
        }
        return type.getName().startsWith("java.")
                ? "a valid " + type.getSimpleName().toLowerCase(Locale.ROOT)
                : "an object";
    }
}
