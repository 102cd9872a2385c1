package org.colonnade.certification.ledger;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.colonnade.certification.lumisection.Lane;
import org.colonnade.certification.lumisection.Lanes;
import org.colonnade.certification.lumisection.Ranges;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Counts over the lumisections of a dataset, in the form that the Run Registry's clients know. */
public final class Summary {

    /** A component without a verdict in a lumisection. */
    public static final String EMPTY = "EMPTY";

    /** Lumisections that count for luminosity but are no bits. */
    private static final Set<String> LUMINOSITY = Set.of("recorded", "delivered");

    private Summary() {}

    /** {@code {"dt-dt":{"EMPTY":0,"causes":["HV"],"comments":["ramping"],"GOOD":7,"BAD":1}}} */
    public static ObjectNode ofVerdicts(Lanes verdicts) {
        var result = JsonNodeFactory.instance.objectNode();
        int length = verdicts.last();
        verdicts.byKey().forEach((component, lane) -> {
            var counts = new TreeMap<String, Integer>();
            var comments = new LinkedHashSet<String>();
            var causes = new LinkedHashSet<String>();
            for (Lane.Span span : lane.spans()) {
                counts.merge(status(span.value()), span.last() - span.first() + 1, Integer::sum);
                addText(comments, span.value().path("comment"));
                addText(causes, span.value().path("cause"));
            }
            int given = lane.extent().size();
            var summary = result.putObject(component);
            summary.put(EMPTY, length - given + counts.getOrDefault(EMPTY, 0));
            counts.remove(EMPTY);
            fill(summary.putArray("causes"), causes);
            fill(summary.putArray("comments"), comments);
            counts.forEach(summary::put);
        });
        return result;
    }

    /** {@code {"dtm_ready":{"TRUE":7,"FALSE":3,"NULL":0,"EMPTY":0}}}; only bits count. */
    public static ObjectNode ofBits(Lanes bits) {
        var result = JsonNodeFactory.instance.objectNode();
        int length = bits.last();
        if (length == 0) {
            return result;
        }
        bits(bits)
                .forEach((bit, lane) -> result.putObject(bit)
                        .put(
                                "TRUE",
                                lane.where(v -> v.isBoolean() && v.booleanValue())
                                        .size())
                        .put(
                                "FALSE",
                                lane.where(v -> v.isBoolean() && !v.booleanValue())
                                        .size())
                        .put("NULL", lane.where(JsonNode::isNull).size())
                        .put("EMPTY", length - lane.extent().size()));
        result.putObject("ls_duration").put("TRUE", length);
        return result;
    }

    /** Of everything that the machine reports, what is true, false or unknown somewhere. */
    public static SortedMap<String, Lane> bits(Lanes reported) {
        var result = new TreeMap<>(reported.byKey());
        result.keySet().removeAll(LUMINOSITY);
        result.values()
                .removeIf(lane -> lane.where(v -> v.isBoolean() || v.isNull()).isEmpty());
        return result;
    }

    /** Sum over lumisections in 1/pb; negative, missing and unreadable values count as 0. */
    public static double luminosity(Lanes bits, String kind) {
        return luminosity(bits.lane(kind), null);
    }

    /** @param in null for all lumisections */
    public static double luminosity(Lane lane, @Nullable Ranges in) {
        double sum = 0;
        for (Lane.Span span : (in == null ? lane : lane.within(in)).spans()) {
            sum += (span.last() - span.first() + 1) * luminosity(span.value());
        }
        return sum;
    }

    /** A stored luminosity is a number, or a text that holds one. */
    public static double luminosity(JsonNode value) {
        double number = value.isNumber() ? value.doubleValue() : value.isString() ? parse(value.stringValue()) : 0;
        return number > 0 && Double.isFinite(number) ? number : 0;
    }

    public static String status(JsonNode triplet) {
        JsonNode status = triplet.path("status");
        return status.isString() ? status.stringValue() : EMPTY;
    }

    /** The same, as rules about golden JSON files read it. */
    public static JsonNode statusOnly(JsonNode triplet) {
        return StringNode.valueOf(status(triplet));
    }

    private static double parse(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static void addText(Set<String> texts, JsonNode value) {
        if (value.isString() && !value.stringValue().isEmpty()) {
            texts.add(value.stringValue());
        }
    }

    private static void fill(ArrayNode array, Set<String> texts) {
        texts.forEach(array::add);
    }
}
