package org.colonnade.certification.certify;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Where the facts of the machine come from. */
public interface OmsSource {

    /** @param lumisections one object each, in order from 1 */
    record Report(ObjectNode attributes, List<ObjectNode> lumisections) {}

    /**
     * @return empty if it does not know the run
     * @throws OmsUnavailableException if it cannot be asked, or its answer cannot be used
     */
    Optional<Report> run(int number);
}
