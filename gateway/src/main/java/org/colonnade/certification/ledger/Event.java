package org.colonnade.certification.ledger;

import java.util.List;
import org.colonnade.certification.lumisection.Lanes;
import tools.jackson.databind.node.ObjectNode;

/** One change, as stored. {@code event} orders all changes there ever were. */
public sealed interface Event {

    long event();

    long version();

    /**
     * @param oms changed keys only
     * @param rr changed keys only
     * @param reset earlier manual values of what a refresh computes no longer count
     */
    record OfRun(
            long event,
            long version,
            int run,
            ObjectNode oms,
            ObjectNode rr,
            boolean manual,
            boolean reset,
            boolean deleted)
            implements Event {}

    /** @param inGui names under which the dataset appeared in the quality monitor, to be added */
    record OfDataset(
            long event, long version, DatasetKey dataset, ObjectNode attributes, List<String> inGui, boolean deleted)
            implements Event {

        public OfDataset {
            inGui = List.copyOf(inGui);
        }
    }

    record OfLumisections(long event, long version, DatasetKey dataset, Family family, Lanes lanes, boolean manual)
            implements Event {}
}
