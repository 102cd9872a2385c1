package org.colonnade.certification.certify;

import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.Draft;

/** May refuse that a dataset is moved to another state. */
@FunctionalInterface
public interface DatasetGuard {

    /** @throws org.colonnade.web.ProblemException if it may not */
    void requireMovable(Draft draft, DatasetKey key, String workspace);
}
