package org.colonnade.certification.golden;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.rule.Rule;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Evaluates a rule over many datasets, and again only over those that changed since. */
@Component
class Evaluations {

    private static final int RULES = 8;

    private final Map<JsonNode, Map<DatasetKey, Evaluated>> recent = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<JsonNode, Map<DatasetKey, Evaluated>> eldest) {
            return size() > RULES;
        }
    };

    /** In the order of the samples. */
    List<Evaluated> evaluate(Rule rule, List<Sample> samples) {
        Map<DatasetKey, Evaluated> known = known(rule.source());
        return samples.parallelStream()
                .map(sample -> {
                    Evaluated before = known.get(sample.key());
                    if (before != null && before.sample().version() == sample.version()) {
                        return before;
                    }
                    Evaluated now = Evaluated.of(rule, sample);
                    known.put(sample.key(), now);
                    return now;
                })
                .toList();
    }

    private synchronized Map<DatasetKey, Evaluated> known(JsonNode rule) {
        return recent.computeIfAbsent(rule, source -> new ConcurrentHashMap<>());
    }
}
