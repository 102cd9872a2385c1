package org.colonnade.certification.golden;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.colonnade.certification.lumisection.Ranges;
import org.colonnade.certification.rule.Facts;
import org.colonnade.certification.rule.Rule;

/**
 * What a rule says about one dataset.
 *
 * @param losses lumisections outside, by the parts of the rule that failed there
 */
record Evaluated(Sample sample, Ranges good, Map<List<String>, Ranges> losses) {

    static Evaluated of(Rule rule, Sample sample) {
        var good = new Ranges.Builder();
        var losses = new LinkedHashMap<List<String>, Ranges.Builder>();
        for (int[] stretch : sample.facts().stretches(List.of(rule), sample.length())) {
            Facts facts = sample.facts().at(stretch[0]);
            if (rule.holds(facts)) {
                good.add(stretch[0], stretch[1]);
            } else {
                List<String> leaves =
                        rule.falseLeaves(facts).stream().map(Rule.Leaf::text).toList();
                losses.computeIfAbsent(leaves, key -> new Ranges.Builder()).add(stretch[0], stretch[1]);
            }
        }
        var inDomain = new LinkedHashMap<List<String>, Ranges>();
        losses.forEach((leaves, ranges) -> {
            Ranges lost = ranges.build().intersect(sample.domain());
            if (!lost.isEmpty()) {
                inDomain.put(leaves, lost);
            }
        });
        return new Evaluated(sample, good.build().intersect(sample.domain()), inDomain);
    }

    Ranges bad() {
        return sample.domain().minus(good);
    }
}
