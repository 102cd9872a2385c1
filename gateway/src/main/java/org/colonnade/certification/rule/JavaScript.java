package org.colonnade.certification.rule;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.colonnade.certification.lumisection.Values;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/** The conversions and comparisons of ECMAScript (ECMA-262, sections 7.1 and 7.2) over JSON values. */
final class JavaScript {

    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern INTEGER_KEY = Pattern.compile("0|[1-9]\\d{0,8}");
    private static final Pattern HEXADECIMAL = Pattern.compile("0[xX][0-9a-fA-F]{1,13}");

    private JavaScript() {}

    static @Nullable JsonNode member(JsonNode of, String name) {
        if (of.isObject()) {
            return of.get(name);
        }
        if (of.isArray() || of.isString()) {
            int length = of.isArray() ? of.size() : of.stringValue().length();
            if (name.equals("length")) {
                return Values.number(length);
            }
            if (INTEGER_KEY.matcher(name).matches() && Integer.parseInt(name) < length) {
                int index = Integer.parseInt(name);
                return of.isArray() ? of.get(index) : text(of.stringValue().substring(index, index + 1));
            }
        }
        return null;
    }

    /** JSON logic's own notion: unlike in JavaScript an empty list is false. */
    static boolean isTruthy(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL, MISSING -> false;
            case BOOLEAN -> value.booleanValue();
            case NUMBER -> value.doubleValue() != 0 && !Double.isNaN(value.doubleValue());
            case STRING -> !value.stringValue().isEmpty();
            case ARRAY -> !value.isEmpty();
            default -> true;
        };
    }

    static double toNumber(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL -> 0;
            case BOOLEAN -> value.booleanValue() ? 1 : 0;
            case NUMBER -> value.doubleValue();
            case STRING -> textToNumber(value.stringValue());
            case ARRAY -> textToNumber(toText(value));
            default -> Double.NaN;
        };
    }

    private static double textToNumber(String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty()) {
            return 0;
        }
        if (HEXADECIMAL.matcher(trimmed).matches()) {
            return Long.parseLong(trimmed.substring(2), 16);
        }
        return switch (trimmed) {
            case "Infinity", "+Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> DECIMAL.matcher(trimmed).matches() ? Double.parseDouble(trimmed) : Double.NaN;
        };
    }

    /** The number that a text begins with ({@code parseFloat}); NaN if there is none. */
    static double leadingNumber(JsonNode value) {
        if (value.isNumber()) {
            return value.doubleValue();
        }
        String text = toText(value).strip();
        if (text.startsWith("Infinity") || text.startsWith("+Infinity")) {
            return Double.POSITIVE_INFINITY;
        }
        if (text.startsWith("-Infinity")) {
            return Double.NEGATIVE_INFINITY;
        }
        var matcher = DECIMAL.matcher(text);
        return matcher.lookingAt() ? Double.parseDouble(matcher.group()) : Double.NaN;
    }

    static String toText(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL, MISSING -> "null";
            case BOOLEAN -> Boolean.toString(value.booleanValue());
            case NUMBER -> numberToText(value.doubleValue());
            case STRING -> value.stringValue();
            case ARRAY -> join(value);
            default -> "[object Object]";
        };
    }

    /** Elements of a list with commas between them; null counts as nothing. */
    private static String join(JsonNode array) {
        var text = new StringBuilder();
        for (int i = 0; i < array.size(); i++) {
            text.append(i == 0 ? "" : ",").append(array.get(i).isNull() ? "" : toText(array.get(i)));
        }
        return text.toString();
    }

    private static String numberToText(double number) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "Infinity" : "-Infinity";
        }
        if (number == 0) {
            return "0";
        }
        BigDecimal decimal = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        double size = Math.abs(number);
        if (size >= 1e-6 && size < 1e21) {
            return decimal.toPlainString();
        }
        int exponent = decimal.precision() - decimal.scale() - 1;
        String mantissa = decimal.movePointLeft(exponent).toPlainString();
        return mantissa + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
    }

    /** {@code ==} */
    static boolean looselyEquals(JsonNode a, JsonNode b) {
        if (a.isNull() || b.isNull()) {
            return a.isNull() && b.isNull();
        }
        if (a.getNodeType() == b.getNodeType()) {
            return strictlyEquals(a, b);
        }
        if (a.isObject() || b.isObject()) {
            JsonNode other = a.isObject() ? b : a;
            return other.isString() && other.stringValue().equals("[object Object]");
        }
        if (a.isArray() && b.isString() || a.isString() && b.isArray()) {
            return toText(a).equals(toText(b));
        }
        return toNumber(a) == toNumber(b);
    }

    /** {@code ===}; two lists or objects are the same only if they are one. */
    static boolean strictlyEquals(JsonNode a, JsonNode b) {
        if (a.getNodeType() != b.getNodeType()) {
            return false;
        }
        return switch (a.getNodeType()) {
            case NULL -> true;
            case BOOLEAN -> a.booleanValue() == b.booleanValue();
            case NUMBER -> a.doubleValue() == b.doubleValue();
            case STRING -> a.stringValue().equals(b.stringValue());
            default -> a == b;
        };
    }

    /** {@code <}: texts by their characters, everything else as numbers. */
    static boolean less(JsonNode a, JsonNode b) {
        return bothText(a, b) ? toText(a).compareTo(toText(b)) < 0 : toNumber(a) < toNumber(b);
    }

    /** {@code <=}; not the opposite of greater, because nothing compares with what is not a number. */
    static boolean lessOrEqual(JsonNode a, JsonNode b) {
        return bothText(a, b) ? toText(a).compareTo(toText(b)) <= 0 : toNumber(a) <= toNumber(b);
    }

    private static boolean bothText(JsonNode a, JsonNode b) {
        return becomesText(a) && becomesText(b);
    }

    private static boolean becomesText(JsonNode value) {
        return value.isString() || value.isArray() || value.isObject();
    }

    static JsonNode text(String value) {
        return StringNode.valueOf(value);
    }

    static JsonNode bool(boolean value) {
        return JsonNodeFactory.instance.booleanNode(value);
    }
}
