package org.colonnade.certification.certify;

import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;

/** Sentences with which acts are refused; clients look for some of them. */
final class Refused {

    private Refused() {}

    static ProblemException conflict(String sentence) {
        return ProblemException.of(ProblemType.CONFLICT, sentence);
    }

    static ProblemException invalid(String sentence) {
        return ProblemException.of(ProblemType.UNPROCESSABLE, sentence);
    }

    static ProblemException noRun() {
        return ProblemException.notFound("Run not found");
    }

    /** One of several. */
    static ProblemException noDataset(DatasetKey key) {
        return ProblemException.notFound("Dataset not found: " + key.name() + " of run " + key.run());
    }

    static ProblemException noDataset() {
        return ProblemException.notFound("Dataset not found");
    }
}
