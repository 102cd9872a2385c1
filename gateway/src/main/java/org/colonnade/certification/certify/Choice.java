package org.colonnade.certification.certify;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.Draft;

/**
 * Datasets that somebody chose to act on together.
 *
 * @param seen the number of the latest event of a dataset or its run that he looked at; those without one are changed in
 *     any case
 */
public record Choice(List<DatasetKey> keys, Map<DatasetKey, Long> seen) {

    /** The most that a page or a request of the own interface changes at once. */
    public static final int MOST = 1000;

    public Choice {
        keys = List.copyOf(keys);
        seen = Map.copyOf(seen);
    }

    /** Whatever anybody saw of them. */
    public static Choice of(Collection<DatasetKey> keys) {
        return new Choice(List.copyOf(keys), Map.of());
    }

    /** @throws org.colonnade.web.ProblemException if there are none, or somebody else was faster with one of them */
    void require(Draft draft) {
        if (keys.isEmpty()) {
            throw Refused.invalid("No dataset matches the filter");
        }
        keys.stream().filter(seen::containsKey).forEach(key -> Seen.require(seen.get(key), draft, key));
    }
}
