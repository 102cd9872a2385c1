package org.colonnade.execution.place;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a job used, as the accounting of the cluster says.
 *
 * @param cores allocated, over all nodes
 * @param elapsed from start to end
 * @param cpuTime over all cores
 * @param maxMemoryBytes the most that any of its processes held at once; null if the cluster did not measure it
 */
public record Usage(
        int nodes,
        int cores,
        Duration elapsed,
        @Nullable Duration cpuTime,
        @Nullable Long maxMemoryBytes,
        int restarts) {

    /** The accounting of 22.05 does not count restarts; the queue does. */
    public Usage withRestarts(int count) {
        return new Usage(nodes, cores, elapsed, cpuTime, maxMemoryBytes, count);
    }

    public String toJson() {
        Map<String, Object> facts = new TreeMap<>();
        facts.put("nodes", nodes);
        facts.put("cores", cores);
        facts.put("elapsedSeconds", elapsed.toSeconds());
        facts.put("restarts", restarts);
        facts.put("words", inWords());
        if (cpuTime != null) {
            facts.put("cpuSeconds", cpuTime.toMillis() / 1000.0);
        }
        if (maxMemoryBytes != null) {
            facts.put("maxMemoryBytes", maxMemoryBytes);
        }
        return JsonMapper.shared().writeValueAsString(facts);
    }

    public String inWords() {
        var words = new StringBuilder();
        words.append(cores == 1 ? "1 core" : cores + " cores");
        if (nodes > 1) {
            words.append(" on ").append(nodes).append(" nodes");
        }
        words.append(" for ").append(elapsed.toSeconds()).append(" s");
        if (cpuTime != null) {
            words.append(", processor time ")
                    .append(String.format(Locale.ROOT, "%.1f", cpuTime.toMillis() / 1000.0))
                    .append(" s");
        }
        if (maxMemoryBytes != null) {
            words.append(", at most ").append(maxMemoryBytes >> 20).append(" MB of memory");
        }
        if (restarts > 0) {
            words.append(", started again ").append(restarts).append(restarts == 1 ? " time" : " times");
        }
        return words.toString();
    }
}
