package org.colonnade.certification.golden;

import java.util.Map;
import org.colonnade.certification.lumisection.Ranges;
import org.colonnade.certification.rule.Rule;

/**
 * What a rule says about one dataset.
 *
 * @param good lumisections in the file
 * @param bad the others that have both a verdict and bits
 * @param losses the bad ones by the parts of the rule that failed there
 */
record Evaluated(Sample sample, Ranges good, Ranges bad, Map<Judge.Combination, Ranges> losses) {

    static Evaluated of(Rule rule, Sample sample) {
        return new Judge(rule).judge(sample);
    }
}
