package org.colonnade.certification.listing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.colonnade.certification.listing.Field.Kind;
import tools.jackson.databind.JsonNode;

/**
 * The filters of lists, compiled to SQL. An object's keys hold together; {@code and} and {@code or} take lists of
 * filters; any other key is a column with a condition: a value, operators with values, or lists of conditions under
 * {@code and} and {@code or}.
 */
final class Filter {

    static final int MAX_DEPTH = 500;
    static final int MAX_CONDITIONS = 20_000;

    private static final Set<String> COMPARISONS = Set.of("=", "<>", ">", "<", ">=", "<=");
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,9}");

    private final Kind kind;
    private final Sql sql;
    private int conditions;

    Filter(Kind kind, Sql sql) {
        this.kind = kind;
        this.sql = sql;
    }

    String compile(JsonNode filter) {
        return filter(filter, 0);
    }

    private String filter(JsonNode filter, int depth) {
        requireDepth(depth);
        if (!filter.isObject()) {
            throw new FilterException("A filter must be an object, not " + kindOf(filter));
        }
        var parts = new ArrayList<String>();
        filter.properties().forEach(p -> {
            String key = p.getKey();
            parts.add(
                    switch (key.toLowerCase(Locale.ROOT)) {
                        case "and" -> filters(key, p.getValue(), " and ", depth);
                        case "or" -> filters(key, p.getValue(), " or ", depth);
                        default -> condition(key, Field.of(key, kind, sql), p.getValue(), depth + 1);
                    });
        });
        return join(parts, " and ");
    }

    private String filters(String key, JsonNode list, String word, int depth) {
        if (!list.isArray()) {
            throw new FilterException("\"" + key + "\" takes a list of filters, not " + kindOf(list));
        }
        var parts = new ArrayList<String>();
        list.forEach(f -> parts.add(filter(f, depth + 1)));
        return join(parts, word);
    }

    private String condition(String path, Field field, JsonNode condition, int depth) {
        requireDepth(depth);
        if (condition.isArray()) {
            throw new FilterException("The condition on \"" + Field.shortened(path) + "\" is a list");
        }
        if (!condition.isObject()) {
            return comparison(path, field, "=", condition);
        }
        var parts = new ArrayList<String>();
        condition.properties().forEach(p -> {
            String operator = p.getKey().toLowerCase(Locale.ROOT);
            parts.add(
                    switch (operator) {
                        case "and" -> conditions(path, field, p.getKey(), p.getValue(), " and ", depth);
                        case "or" -> conditions(path, field, p.getKey(), p.getValue(), " or ", depth);
                        default -> comparison(path, field, operator, p.getValue());
                    });
        });
        if (parts.isEmpty()) {
            throw new FilterException("The condition on \"" + Field.shortened(path) + "\" is empty");
        }
        return join(parts, " and ");
    }

    private String conditions(String path, Field field, String key, JsonNode list, String word, int depth) {
        if (!list.isArray()) {
            throw new FilterException("\"" + key + "\" takes a list of conditions, not " + kindOf(list));
        }
        var parts = new ArrayList<String>();
        list.forEach(c -> parts.add(condition(path, field, c, depth + 1)));
        return join(parts, word);
    }

    private String comparison(String path, Field field, String operator, JsonNode value) {
        if (++conditions > MAX_CONDITIONS) {
            throw new FilterException("The filter has more than " + MAX_CONDITIONS + " conditions");
        }
        if (value.isContainer()) {
            throw new FilterException("The operator " + operator + " on \"" + Field.shortened(path)
                    + "\" takes a value, not " + kindOf(value));
        }
        if (value.isNumber() && !Double.isFinite(value.doubleValue())) {
            throw new FilterException("\"" + Field.shortened(path) + "\" is compared with a number that is too large");
        }
        return switch (field) {
            case Field.Names names -> names.column() + " @> to_jsonb(" + sql.bind(value.asString()) + "::text)";
            case Field.Number number -> onNumber(path, number.column(), operator, value);
            case Field.Text text -> onText(path, text.column(), operator, value);
            case Field.Json json -> onJson(path, json, operator, value);
        };
    }

    private String onNumber(String path, String column, String operator, JsonNode value) {
        if (isPattern(operator)) {
            return onText(path, column + "::text", operator, value);
        }
        requireComparison(path, operator);
        if (value.isNumber()) {
            return "(" + column + " " + operator + " " + sql.bind(value.decimalValue()) + ")";
        }
        String text = value.asString("").strip();
        if (!WHOLE.matcher(text).matches()) {
            throw new FilterException("\"" + Field.shortened(path) + "\" is compared with a number, not with "
                    + Field.shortened(value.toString()));
        }
        return "(" + column + " " + operator + " " + sql.bind(Integer.parseInt(text)) + ")";
    }

    private String onText(String path, String column, String operator, JsonNode value) {
        String bound = sql.bind(value.asString("")) + "::text";
        if (isPattern(operator)) {
            return "(" + column + (operator.equals("like") ? " ilike " : " not ilike ") + bound + ")";
        }
        requireComparison(path, operator);
        return "(" + column + " " + operator + " " + bound + ")";
    }

    /** JSON values compare by the type of the given value. */
    private String onJson(String path, Field.Json field, String operator, JsonNode value) {
        String text = field.text() == null ? "(" + field.value() + " #>> '{}')" : field.text();
        if (isPattern(operator)) {
            return onText(path, text, operator, value);
        }
        requireComparison(path, operator);
        if (value.isNull()) {
            boolean equal = operator.equals("=");
            if (!equal && !operator.equals("<>")) {
                throw new FilterException("Nothing is greater or less than null, on \"" + Field.shortened(path) + "\"");
            }
            return "(coalesce(" + field.value() + ", 'null') " + operator + " 'null'::jsonb)";
        }
        if (value.isNumber()) {
            return "(case when jsonb_typeof(" + field.value() + ") = 'number' then (" + field.value() + ")::numeric "
                    + operator + " " + sql.bind(value.decimalValue()) + " end)";
        }
        if (value.isBoolean()) {
            return "(" + field.value() + " " + operator + " " + sql.bind(value.toString()) + "::jsonb)";
        }
        return "(" + text + " " + operator + " " + sql.bind(value.stringValue()) + "::text)";
    }

    private static boolean isPattern(String operator) {
        return operator.equals("like") || operator.equals("notlike");
    }

    private static void requireComparison(String path, String operator) {
        if (!COMPARISONS.contains(operator)) {
            throw new FilterException("There is no operator \"" + Field.shortened(operator) + "\" (on \""
                    + Field.shortened(path) + "\")");
        }
    }

    private static void requireDepth(int depth) {
        if (depth > MAX_DEPTH) {
            throw new FilterException("The filter is nested more than " + MAX_DEPTH + " levels deep");
        }
    }

    /** Nothing to fulfil is fulfilled, except by none of no alternatives. */
    private static String join(List<String> parts, String word) {
        return switch (parts.size()) {
            case 0 -> word.equals(" or ") ? "false" : "true";
            case 1 -> parts.getFirst();
            default -> "(" + String.join(word, parts) + ")";
        };
    }

    private static String kindOf(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            case NULL, MISSING -> "nothing";
            default -> "a single value";
        };
    }
}
