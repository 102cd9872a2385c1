package org.colonnade.certification.golden;

import java.util.List;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.States;
import org.colonnade.certification.lumisection.Ranges;
import org.colonnade.certification.rule.Facts;
import org.colonnade.certification.rule.Rule;
import org.colonnade.web.ProblemException;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;

/** Says why a lumisection is in a golden JSON file or not. */
@Service
public class Explaining {

    private final States states;

    Explaining(States states) {
        this.states = states;
    }

    /**
     * @param counted whether the lumisection has both verdicts and bits; others are in no file
     * @param failed the smallest parts of the rule that are not true there
     * @param document what the rule reads
     */
    public record Explanation(boolean counted, boolean holds, List<String> failed, JsonNode document) {}

    /** @param version as of which the file was made */
    public Explanation explain(Rule rule, DatasetKey key, long version, int lumisection) {
        var dataset = states.dataset(key, version)
                .filter(d -> !d.deleted())
                .orElseThrow(() -> ProblemException.notFound(
                        "There is no dataset " + key.name() + " of run " + key.run() + " as of then"));
        var run = states.run(key.run(), version)
                .orElseThrow(() -> ProblemException.notFound("There is no run " + key.run() + " as of then"));
        var sample = new Sample(dataset, run, version);
        Facts facts = sample.facts().at(lumisection);
        Ranges domain = sample.domain();
        return new Explanation(
                domain.contains(lumisection),
                rule.holds(facts),
                rule.falseLeaves(facts).stream().map(Rule.Leaf::text).toList(),
                facts.all());
    }
}
