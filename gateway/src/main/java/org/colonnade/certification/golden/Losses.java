package org.colonnade.certification.golden;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What parts of a rule cost, together with those that failed at the same time and each by itself. */
final class Losses {

    private static final class Lost {

        private final ObjectNode ranges = JsonNodeFactory.instance.objectNode();
        private final ObjectNode luminosities = JsonNodeFactory.instance.objectNode();
        private double luminosity;
    }

    private final Map<Judge.Combination, Lost> together = new LinkedHashMap<>();

    private Losses() {}

    static Losses of(List<Contribution> runs) {
        var losses = new Losses();
        runs.forEach(run -> run.losses().forEach(losses::add));
        return losses;
    }

    private void add(Contribution.Loss loss) {
        Lost lost = together.computeIfAbsent(loss.combination(), combination -> new Lost());
        lost.luminosity += loss.luminosity().doubleValue();
        lost.ranges.set(loss.key(), loss.ranges());
        lost.luminosities.set(loss.key(), loss.luminosity());
    }

    void putInto(ObjectNode record) {
        var single = new LinkedHashMap<String, Double>();
        ObjectNode combined = JsonNodeFactory.instance.objectNode();
        ObjectNode responsible = JsonNodeFactory.instance.objectNode();
        ObjectNode luminosities = JsonNodeFactory.instance.objectNode();
        together.forEach((combination, lost) -> {
            combination.leaves().forEach(leaf -> single.merge(leaf, lost.luminosity, Double::sum));
            combined.put(combination.text(), lost.luminosity);
            responsible.set(combination.text(), lost.ranges);
            luminosities.set(combination.text(), lost.luminosities);
        });
        ObjectNode quantity = record.putObject("rules_flagged_false_quantity_luminosity");
        single.forEach(quantity::put);
        record.set("rules_flagged_false_combination_luminosity", combined);
        record.set("runs_lumisections_responsible_for_rule", responsible);
        record.set("runs_luminosity_lost_by_rule", luminosities);
    }
}
