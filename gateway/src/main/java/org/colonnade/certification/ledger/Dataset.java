package org.colonnade.certification.ledger;

import java.util.List;
import org.colonnade.certification.lumisection.Lanes;
import tools.jackson.databind.node.ObjectNode;

/**
 * A dataset as it is or was.
 *
 * @param attributes states per workspace, and the like
 * @param inGui names under which the quality monitor shows it, sorted
 * @param verdicts triplets of status, comment and cause per component
 * @param bits what the detector reported
 * @param version the number of its latest event
 */
public record Dataset(
        DatasetKey key,
        ObjectNode attributes,
        List<String> inGui,
        Lanes verdicts,
        Lanes bits,
        long version,
        boolean deleted) {

    public Dataset {
        inGui = List.copyOf(inGui);
    }

    /** After a person's verdicts, which stand above all that was said before. */
    Dataset judged(Lanes by, long event) {
        return new Dataset(key, attributes, inGui, by.over(verdicts), bits, event, deleted);
    }

    /** How many lumisections have verdicts. */
    public int length() {
        return verdicts.last();
    }
}
