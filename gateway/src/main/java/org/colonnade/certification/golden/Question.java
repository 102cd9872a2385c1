package org.colonnade.certification.golden;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.colonnade.certification.lumisection.Lane;
import org.colonnade.certification.rule.Facts;
import org.colonnade.certification.rule.Rule;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A part of a rule that is asked as a whole. Most such parts read one component, one bit or one attribute and nothing else;
 * they are asked once for each value that it takes anywhere, whatever the number of datasets.
 */
final class Question {

    private static final int VALUES = 1_000;

    private final Rule rule;
    private final @Nullable List<String> path;
    private final Map<JsonNode, Rule.Truth> known = new ConcurrentHashMap<>();

    Question(Rule rule) {
        this.rule = rule;
        this.path = !rule.readsEverything() && rule.variables().size() == 1
                ? rule.variables().iterator().next()
                : null;
    }

    /** Takes what holds over a stretch of lumisections. */
    interface Answer {
        void is(int first, int last, Rule.Truth truth);
    }

    /** Every lumisection once, in order. */
    void ask(Sample sample, Answer answer) {
        Lane lane = path == null ? null : sample.lane(path);
        if (lane == null) {
            for (int[] stretch : sample.facts().stretches(List.of(rule), sample.length())) {
                answer.is(stretch[0], stretch[1], rule.truth(sample.facts().at(stretch[0])));
            }
            return;
        }
        int next = 1;
        for (int i = 0; i < lane.count(); i++) {
            if (next < lane.first(i)) {
                answer.is(next, lane.first(i) - 1, truth(MissingNode.getInstance()));
            }
            answer.is(lane.first(i), lane.last(i), truth(lane.value(i)));
            next = lane.last(i) + 1;
        }
        if (next <= sample.length()) {
            answer.is(next, sample.length(), truth(MissingNode.getInstance()));
        }
    }

    private Rule.Truth truth(JsonNode value) {
        Rule.Truth before = known.get(value);
        if (before != null) {
            return before;
        }
        Rule.Truth now = rule.truth(new OneValue(value));
        if (known.size() < VALUES) {
            known.put(value, now);
        }
        return now;
    }

    /** All that there is where the rule reads only one path. */
    private record OneValue(JsonNode value) implements Facts {

        @Override
        public @Nullable JsonNode find(List<String> path) {
            return value.isMissingNode() ? null : value;
        }

        @Override
        public JsonNode all() {
            throw new IllegalStateException("The rule reads one path");
        }
    }
}
