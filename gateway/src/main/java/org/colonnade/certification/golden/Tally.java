package org.colonnade.certification.golden;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.colonnade.certification.rule.RuleException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A golden JSON file and what is told about it, put together from what runs contribute.
 *
 * @param text the file
 * @param record fields as the Run Registry names them
 */
record Tally(String text, ObjectNode record) {

    /** @throws RuleException if a run has several datasets and that is to be refused */
    static Tally of(List<Contribution> runs, Several several) {
        var losses = CompletableFuture.supplyAsync(() -> Losses.of(runs));
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        ArrayNode warnings = warnings(runs, several);
        putRanges(runs, record);
        putSums(runs, record);
        losses.join().putInto(record);
        record.set("warnings", warnings);
        return new Tally(
                runs.stream()
                        .map(Contribution::text)
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining(",", "{", "}")),
                record);
    }

    private static ArrayNode warnings(List<Contribution> runs, Several several) {
        ArrayNode warnings = JsonNodeFactory.instance.arrayNode();
        for (Contribution of : runs) {
            if (of.datasets().size() > 1) {
                String names = of.datasets().stream()
                        .map(each -> each.sample().key().name())
                        .collect(Collectors.joining(", "));
                if (several == Several.REFUSE) {
                    throw new RuleException("Run " + of.run() + " has several datasets that match: " + names
                            + ". Narrow the pattern, or ask for their union or intersection");
                }
                String done = several == Several.UNION ? "united" : "intersected";
                warnings.add(
                        "Run " + of.run() + " has several datasets, whose lumisections were " + done + ": " + names);
            }
        }
        return warnings;
    }

    private static void putRanges(List<Contribution> runs, ObjectNode record) {
        ObjectNode json = object(runs.size());
        ObjectNode antiJson = object(runs.size());
        ObjectNode named = object(runs.size());
        ObjectNode antiNamed = object(runs.size());
        for (Contribution of : runs) {
            String run = Integer.toString(of.run());
            put(json, run, of.good());
            put(antiJson, run, of.bad());
            for (Contribution.Named each : of.named()) {
                put(named, each.key(), each.good());
                put(antiNamed, each.key(), each.bad());
            }
        }
        record.set("generated_json", json);
        record.set("generated_json_with_dataset_names", named);
        record.set("generated_anti_json", antiJson);
        record.set("generated_anti_json_with_dataset_names", antiNamed);
        record.put("min_run_number", runs.isEmpty() ? 0 : runs.getFirst().run());
        record.put("max_run_number", runs.isEmpty() ? 0 : runs.getLast().run());
    }

    private static void putSums(List<Contribution> runs, ObjectNode record) {
        double recorded = 0;
        double delivered = 0;
        double recordedGood = 0;
        double deliveredGood = 0;
        for (Contribution of : runs) {
            recorded += of.recorded();
            delivered += of.delivered();
            recordedGood += of.recordedGood();
            deliveredGood += of.deliveredGood();
        }
        record.put("total_recorded_luminosity", recorded);
        record.put("total_delivered_luminosity", delivered);
        record.put("recorded_luminosity_in_json", recordedGood);
        record.put("delivered_luminosity_in_json", deliveredGood);
        record.put("total_recorded_luminosity_lost", recorded - recordedGood);
        record.put("total_delivered_luminosity_lost", delivered - deliveredGood);
    }

    private static void put(ObjectNode into, String key, @Nullable ArrayNode ranges) {
        if (ranges != null) {
            into.set(key, ranges);
        }
    }

    /** @param size how many properties it will have */
    private static ObjectNode object(int size) {
        return new ObjectNode(JsonNodeFactory.instance, LinkedHashMap.newLinkedHashMap(size));
    }
}
