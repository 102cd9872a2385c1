package org.colonnade.certification.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.colonnade.certification.lumisection.Ranges;
import org.colonnade.certification.rule.RuleException;
import tools.jackson.databind.JsonNode;

/** How two golden JSON files differ. */
public final class GoldenDifference {

    private GoldenDifference() {}

    /** Lumisections of a run that only one of the files holds. */
    public record OfRun(Ranges removed, Ranges added) {}

    /** @return by run, only those that differ */
    public static SortedMap<Integer, OfRun> between(JsonNode before, JsonNode after) {
        SortedMap<Integer, Ranges> old = read(before);
        SortedMap<Integer, Ranges> now = read(after);
        var runs = new TreeMap<Integer, Ranges>(old);
        runs.putAll(now);
        var result = new TreeMap<Integer, OfRun>();
        for (int run : runs.keySet()) {
            Ranges first = old.getOrDefault(run, Ranges.NONE);
            Ranges second = now.getOrDefault(run, Ranges.NONE);
            if (!first.equals(second)) {
                result.put(run, new OfRun(first.minus(second), second.minus(first)));
            }
        }
        return result;
    }

    /** @throws RuleException unless it is an object of lists of pairs by run */
    public static SortedMap<Integer, Ranges> read(JsonNode json) {
        if (!json.isObject()) {
            throw new RuleException("A golden JSON file is an object: {\"400001\":[[1,3],[7,8]]}");
        }
        var result = new TreeMap<Integer, Ranges>();
        json.properties().forEach(p -> {
            if (!p.getKey().matches("\\d{1,9}")) {
                throw new RuleException("\"" + p.getKey() + "\" is not the number of a run");
            }
            result.put(Integer.parseInt(p.getKey()), ranges(p.getKey(), p.getValue()));
        });
        return result;
    }

    /** @throws RuleException unless it is a list of pairs of lumisections */
    public static Ranges ranges(String run, JsonNode list) {
        List<int[]> pairs = new ArrayList<>();
        for (JsonNode pair : list) {
            int first = pair.path(0).asInt(0);
            int last = pair.path(1).asInt(0);
            if (pair.size() != 2 || first < 1 || last < first) {
                throw new RuleException(
                        "The lumisections of run " + run + " are pairs such as [[1,3],[7,8]], not " + list);
            }
            pairs.add(new int[] {first, last});
        }
        return Ranges.of(pairs);
    }
}
