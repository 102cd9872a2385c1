package org.colonnade.certification.golden;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.colonnade.certification.rule.Rule;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Evaluates a rule over many datasets, and again only over the runs that changed since. */
@Component
class Evaluations {

    private static final int KEPT = 4;

    private record Asked(JsonNode rule, Several several) {}

    private record Known(Judge judge, Map<Integer, Contribution> byRun) {}

    private final Map<Asked, Known> recent = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Asked, Known> eldest) {
            return size() > KEPT;
        }
    };

    /**
     * By run.
     *
     * @param samples by run
     */
    List<Contribution> evaluate(Rule rule, List<Sample> samples, Several several) {
        Known known = known(rule, several);
        return byRun(samples).parallelStream()
                .map(ofRun -> {
                    int run = ofRun.getFirst().key().run();
                    Contribution before = known.byRun().get(run);
                    if (before != null && before.isOf(ofRun)) {
                        return before;
                    }
                    Contribution now = contribution(known.judge(), run, ofRun, several);
                    known.byRun().put(run, now);
                    return now;
                })
                .toList();
    }

    /** The same, and nothing is kept. */
    static List<Contribution> evaluateOnce(Rule rule, List<Sample> samples, Several several) {
        var judge = new Judge(rule);
        return byRun(samples).parallelStream()
                .map(ofRun -> contribution(judge, ofRun.getFirst().key().run(), ofRun, several))
                .toList();
    }

    private static Contribution contribution(Judge judge, int run, List<Sample> samples, Several several) {
        return Contribution.of(run, samples.stream().map(judge::judge).toList(), several);
    }

    private static List<List<Sample>> byRun(List<Sample> samples) {
        var result = new ArrayList<List<Sample>>(samples.size());
        int from = 0;
        for (int i = 1; i <= samples.size(); i++) {
            if (i == samples.size()
                    || samples.get(i).key().run() != samples.get(from).key().run()) {
                result.add(samples.subList(from, i));
                from = i;
            }
        }
        return result;
    }

    private synchronized Known known(Rule rule, Several several) {
        return recent.computeIfAbsent(
                new Asked(rule.source(), several), asked -> new Known(new Judge(rule), new ConcurrentHashMap<>()));
    }
}
