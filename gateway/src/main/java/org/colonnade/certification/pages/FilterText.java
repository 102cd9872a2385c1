package org.colonnade.certification.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.colonnade.certification.listing.FilterException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What people type above a column, as the filter that scripts send: {@code > 300000}, {@code 325334, 234563},
 * {@code > 5 and < 9}, {@code cosmics or commissioning}, {@code not cosmics}, {@code "exactly this"}, {@code empty}. A
 * plain text is looked for anywhere in the value; {@code %} and {@code _} stand for any text and any character.
 */
final class FilterText {

    private static final int MAX_LENGTH = 20_000;
    private static final Pattern TERM =
            Pattern.compile("(?is)(>=|<=|<>|!=|=|>|<|not\\s+like\\b|notlike\\b|like\\b|not\\b)?\\s*(.*)");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(\\.\\d{1,15})?([eE][+-]?\\d{1,2})?");
    private static final Pattern STATUS = Pattern.compile(
            "(?i)(only\\s+|not\\s+|<>\\s*|!=\\s*)?([a-z ]*[a-z])\\s*(?:(>=|<=|<>|>|<|=)\\s*(\\d{1,9}))?");
    private static final List<String> STATUSES =
            List.of("BAD", "GOOD", "STANDBY", "EXCLUDED", "NOTSET", "NO VALUE FOUND");

    private FilterText() {}

    /** What a column holds. */
    enum Kind {
        NUMBER,
        TEXT,
        /** A time as text, so that a beginning such as {@code 2026-05} is enough. */
        TIME,
        YES_NO,
        /** Counts of lumisections by status. */
        STATUS
    }

    /**
     * @param path of the column in filters
     * @throws FilterException if the text cannot be understood; the message continues the column's name
     */
    static ObjectNode parse(String path, Kind kind, String text) {
        if (text.length() > MAX_LENGTH) {
            throw new FilterException("is longer than " + MAX_LENGTH + " characters");
        }
        return either(
                split(text, "or"),
                "or",
                alternative -> either(
                        split(alternative, "and"),
                        "and",
                        part -> either(
                                commas(part),
                                "or",
                                term -> kind == Kind.STATUS ? status(path, term) : condition(path, kind, term))));
    }

    private interface Reading {
        ObjectNode read(String text);
    }

    private static ObjectNode either(List<String> parts, String word, Reading reading) {
        if (parts.size() == 1) {
            return reading.read(parts.getFirst());
        }
        ObjectNode filter = object();
        ArrayNode list = filter.putArray(word);
        parts.forEach(part -> list.add(reading.read(part)));
        return filter;
    }

    private static ObjectNode condition(String path, Kind kind, String term) {
        Matcher matcher = TERM.matcher(term);
        if (!matcher.matches()) {
            throw new FilterException("cannot be read: " + term);
        }
        String sign = matcher.group(1) == null
                ? ""
                : matcher.group(1).toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        String value = matcher.group(2).strip();
        if (value.isEmpty()) {
            throw new FilterException(sign.isEmpty() ? "has an empty part" : "needs a value after “" + sign + "”");
        }
        if (value.equalsIgnoreCase("empty")) {
            boolean not = sign.equals("not") || sign.equals("<>") || sign.equals("!=");
            return compare(path, not ? "<>" : "=", JsonNodeFactory.instance.nullNode());
        }
        return switch (kind) {
            case NUMBER -> number(path, sign, value);
            case YES_NO -> yesNo(path, sign, value);
            default -> text(path, kind, sign, value);
        };
    }

    private static ObjectNode number(String path, String sign, String value) {
        if (sign.endsWith("like") || (sign.isEmpty() && value.contains("%"))) {
            return compare(path, operator(sign, "like"), JsonNodeFactory.instance.stringNode(value));
        }
        if (!NUMBER.matcher(value).matches()) {
            throw new FilterException("is compared with numbers, and “" + shortened(value) + "” is none");
        }
        return compare(
                path,
                sign.equals("not") ? "<>" : operator(sign, "="),
                value.matches("-?\\d+")
                        ? JsonNodeFactory.instance.numberNode(Long.parseLong(value))
                        : JsonNodeFactory.instance.numberNode(Double.parseDouble(value)));
    }

    private static ObjectNode yesNo(String path, String sign, String value) {
        boolean yes = value.matches("(?i)yes|true|1");
        if (!yes && !value.matches("(?i)no|false|0")) {
            throw new FilterException("is yes or no, not “" + shortened(value) + "”");
        }
        boolean not = sign.equals("not") || sign.equals("<>") || sign.equals("!=");
        if (yes != not) {
            return compare(path, "=", JsonNodeFactory.instance.booleanNode(true));
        }
        ObjectNode filter = object();
        filter.putArray("or")
                .add(compare(path, "=", JsonNodeFactory.instance.booleanNode(false)))
                .add(compare(path, "=", JsonNodeFactory.instance.nullNode()));
        return filter;
    }

    private static ObjectNode text(String path, Kind kind, String sign, String value) {
        if (value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")) {
            String exact = value.substring(1, value.length() - 1);
            return compare(
                    path, sign.equals("not") ? "<>" : operator(sign, "="), JsonNodeFactory.instance.stringNode(exact));
        }
        boolean pattern = sign.isEmpty() || sign.equals("not") || sign.endsWith("like");
        String sought = !pattern || value.contains("%")
                ? value
                : kind == Kind.TIME && sign.isEmpty() ? value + "%" : "%" + value + "%";
        String fallback = sign.equals("not") || sign.startsWith("not") ? "notlike" : "like";
        return compare(path, pattern ? fallback : operator(sign, "="), JsonNodeFactory.instance.stringNode(sought));
    }

    private static String operator(String sign, String missing) {
        return switch (sign) {
            case "" -> missing;
            case "!=" -> "<>";
            case "not", "notlike", "not like" -> "notlike";
            default -> sign;
        };
    }

    /** {@code BAD}: in any lumisection; {@code BAD > 10}: in more than ten; {@code only GOOD}: in all. */
    private static ObjectNode status(String path, String term) {
        Matcher matcher = STATUS.matcher(term.strip());
        String word = matcher.matches() ? matcher.group(2).toUpperCase(Locale.ROOT) : "";
        if (word.equals("NO VALUE")) {
            word = "NO VALUE FOUND";
        }
        if (!STATUSES.contains(word) && !word.equals("EMPTY")) {
            throw new FilterException("is filtered by a status, as in BAD, BAD > 10, not BAD or only GOOD, and “"
                    + shortened(term) + "” is none");
        }
        String sign = matcher.group(1) == null ? "" : matcher.group(1).strip().toLowerCase(Locale.ROOT);
        if (matcher.group(3) != null) {
            if (!sign.isEmpty()) {
                throw new FilterException("takes either “" + sign + "” or a number of lumisections");
            }
            return compare(
                    path + "." + word,
                    matcher.group(3),
                    JsonNodeFactory.instance.numberNode(Integer.parseInt(matcher.group(4))));
        }
        return switch (sign) {
            case "" -> some(path, word);
            case "only" -> {
                ObjectNode all = object();
                ArrayNode parts = all.putArray("and").add(some(path, word));
                for (String other : STATUSES) {
                    if (!other.equals(word)) {
                        parts.add(none(path, other));
                    }
                }
                if (!word.equals("EMPTY")) {
                    parts.add(none(path, "EMPTY"));
                }
                yield all;
            }
            default -> none(path, word);
        };
    }

    private static ObjectNode some(String path, String status) {
        return compare(path + "." + status, ">", JsonNodeFactory.instance.numberNode(0));
    }

    private static ObjectNode none(String path, String status) {
        // How many have none is always counted; other statuses are left out where none has them.
        return compare(
                path + "." + status,
                "=",
                status.equals("EMPTY") ? JsonNodeFactory.instance.numberNode(0) : JsonNodeFactory.instance.nullNode());
    }

    private static ObjectNode compare(String path, String operator, JsonNode value) {
        ObjectNode filter = object();
        filter.putObject(path).set(operator, value);
        return filter;
    }

    private static List<String> split(String text, String word) {
        return cut(text, Pattern.compile("(?i)\\s+" + word + "\\s+"));
    }

    private static List<String> commas(String text) {
        return cut(text, Pattern.compile("\\s*,\\s*"));
    }

    /** What stands in quotation marks is not cut. */
    private static List<String> cut(String text, Pattern at) {
        var parts = new ArrayList<String>();
        Matcher matcher = at.matcher(text);
        int from = 0;
        while (matcher.find()) {
            if (quotes(text, matcher.start()) % 2 == 0) {
                parts.add(text.substring(from, matcher.start()).strip());
                from = matcher.end();
            }
        }
        parts.add(text.substring(from).strip());
        if (parts.size() > 1) {
            parts.removeIf(String::isEmpty);
        }
        return parts.isEmpty() ? List.of("") : parts;
    }

    private static long quotes(String text, int before) {
        return text.substring(0, before).chars().filter(c -> c == '"').count();
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
