package org.colonnade.certification.pages;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A value in a table.
 *
 * @param kind how it is shown: text, number, time, yes, state or component
 */
record Cell(
        TableColumn column,
        String kind,
        String text,
        @Nullable Instant time,
        @Nullable Verdicts verdicts) {

    static Cell of(TableColumn column, JsonNode value, JsonNode summary) {
        if (column.isComponent()) {
            return new Cell(column, "component", "", null, Verdicts.of(summary));
        }
        String text = text(value);
        return switch (column.kind()) {
            case NUMBER -> new Cell(column, "number", text.replace('-', '−'), null, null);
            case YES_NO ->
                new Cell(column, "yes", value.isBoolean() ? value.booleanValue() ? "yes" : "no" : text, null, null);
            case TIME -> new Cell(column, "time", text, time(text), null);
            default ->
                new Cell(
                        column,
                        column.key().equals("state") || column.key().endsWith("_state") ? "state" : "text",
                        text,
                        null,
                        null);
        };
    }

    private static String text(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (value.isArray()) {
            var parts = new StringBuilder();
            value.forEach(v -> parts.append(parts.isEmpty() ? "" : ", ").append(v.asString("")));
            return parts.toString();
        }
        return value.isContainer() ? value.toString() : value.asString("");
    }

    static @Nullable Instant time(String text) {
        try {
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Names the look of a state of a run or dataset. */
    static String look(String state) {
        return state.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
    }
}
