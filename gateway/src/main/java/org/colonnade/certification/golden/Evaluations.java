package org.colonnade.certification.golden;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.colonnade.certification.rule.Rule;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Evaluates a rule over many datasets, and again only over the blocks that changed since. */
@Component
class Evaluations {

    private static final int KEPT = 4;

    private record Asked(JsonNode rule, Several several) {}

    private record Made(Block of, Contribution contribution) {}

    private record Known(Judge judge, Map<Integer, Made> byBlock) {}

    private final Map<Asked, Known> recent = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Asked, Known> eldest) {
            return size() > KEPT;
        }
    };

    /** In the order of the blocks. */
    List<Contribution> evaluate(Rule rule, SortedMap<Integer, Block> blocks, Several several) {
        Known known = known(rule, several);
        return List.copyOf(blocks.entrySet()).parallelStream()
                .map(entry -> {
                    Made before = known.byBlock().get(entry.getKey());
                    if (before != null && before.of() == entry.getValue()) {
                        return before.contribution();
                    }
                    Contribution now = Contribution.of(entry.getValue(), known.judge(), several);
                    known.byBlock().put(entry.getKey(), new Made(entry.getValue(), now));
                    return now;
                })
                .toList();
    }

    /** The same, and nothing is kept. */
    static List<Contribution> evaluateOnce(Rule rule, SortedMap<Integer, Block> blocks, Several several) {
        var judge = new Judge(rule);
        return List.copyOf(blocks.values()).parallelStream()
                .map(block -> Contribution.of(block, judge, several))
                .toList();
    }

    private synchronized Known known(Rule rule, Several several) {
        return recent.computeIfAbsent(
                new Asked(rule.source(), several), asked -> new Known(new Judge(rule), new ConcurrentHashMap<>()));
    }
}
