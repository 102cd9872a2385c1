package org.colonnade.certification.pages;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * How many lumisections of one component have which status, the most important first.
 *
 * @param counts without statuses that none has
 */
record Verdicts(Map<String, Integer> counts, List<String> comments, List<String> causes) {

    /** One bad lumisection makes the whole show it. */
    static final List<String> IMPORTANCE =
            List.of("BAD", "GOOD", "STANDBY", "EXCLUDED", "NOTSET", "NO VALUE FOUND", "EMPTY");

    /** A part of a bar that is 100 wide. */
    record Part(String status, double from, double width) {

        public String look() {
            return Verdicts.look(status);
        }
    }

    /** @param summary as {@code {"EMPTY":0,"GOOD":8,"BAD":2,"comments":[…],"causes":[…]}} */
    static Verdicts of(JsonNode summary) {
        var counts = new LinkedHashMap<String, Integer>();
        for (String status : IMPORTANCE) {
            int count = summary.path(status).asInt(0);
            if (count > 0) {
                counts.put(status, count);
            }
        }
        return new Verdicts(counts, texts(summary.path("comments")), texts(summary.path("causes")));
    }

    private static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(t -> texts.add(t.asString("")));
        return texts;
    }

    public boolean isEmpty() {
        return counts.isEmpty();
    }

    public String first() {
        return counts.keySet().iterator().next();
    }

    public int firstCount() {
        return counts.values().iterator().next();
    }

    /** All of it in words, as in {@code BAD 2, GOOD 8; ramping (HV)}. */
    public String words() {
        String words = String.join(
                ", ",
                counts.entrySet().stream()
                        .map(e -> e.getKey() + " " + e.getValue())
                        .toList());
        if (!comments.isEmpty()) {
            words += "; " + String.join(", ", comments);
        }
        return causes.isEmpty() ? words : words + " (" + String.join(", ", causes) + ")";
    }

    public List<Part> parts() {
        double total = counts.values().stream().mapToInt(i -> i).sum();
        var parts = new ArrayList<Part>();
        double from = 0;
        for (Map.Entry<String, Integer> each : counts.entrySet()) {
            // Thin, but never invisible.
            double width = Math.max(3, 100 * each.getValue() / total);
            parts.add(new Part(each.getKey(), Math.min(from, 97), Math.min(width, 100 - Math.min(from, 97))));
            from += width;
        }
        return parts;
    }

    static String look(String status) {
        return switch (status) {
            case "NO VALUE FOUND" -> "none";
            default -> status.toLowerCase(Locale.ROOT);
        };
    }
}
