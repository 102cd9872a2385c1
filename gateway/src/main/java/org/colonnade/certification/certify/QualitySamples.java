package org.colonnade.certification.certify;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.colonnade.certification.ledger.History;
import org.colonnade.web.ProblemException;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;

/** What the quality monitor shows, as it lists it: {@code {"samples":[{"items":[{"run":"1","dataset":"/A/B/C"}]}]}}. */
@Service
public class QualitySamples {

    private final Datasets datasets;
    private final History history;

    QualitySamples(Datasets datasets, History history) {
        this.datasets = datasets;
        this.history = history;
    }

    /**
     * Notes new names, and opens datasets that appeared. Taking the same list again changes nothing.
     *
     * @return how many datasets changed
     * @throws ProblemException if it is not such a list
     */
    public int take(JsonNode list) {
        JsonNode items = list.path("samples").path(0).path("items");
        if (!items.isArray()) {
            throw ProblemException.invalid("samples", "must be a list whose first element has items");
        }
        Map<Integer, Set<String>> names = new HashMap<>();
        items.forEach(item -> names.computeIfAbsent(item.path("run").asInt(0), run -> new HashSet<>())
                .add(item.path("dataset").asString("")));
        return datasets.appeared(names, history.reconstructed(names.keySet()));
    }
}
