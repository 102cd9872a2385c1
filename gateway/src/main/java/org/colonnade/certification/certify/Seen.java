package org.colonnade.certification.certify;

import org.colonnade.certification.ledger.Dataset;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.Draft;
import org.colonnade.certification.ledger.Run;
import org.jspecify.annotations.Nullable;

/** Nobody writes over what somebody else wrote since his own last look, unless he asks for nothing better. */
public final class Seen {

    private Seen() {}

    /**
     * @param seen the number of the latest event that the author looked at; null to write in any case
     * @param latest the number of the latest event there is
     * @param what is changed, as the refusal names it
     * @throws org.colonnade.web.ProblemException if there were others since
     */
    public static void require(@Nullable Long seen, long latest, String what) {
        if (seen != null && seen != latest) {
            throw Refused.conflict(what + " was changed by somebody else meanwhile");
        }
    }

    /**
     * The same of a dataset, which an event of its run changes too.
     *
     * @throws org.colonnade.web.ProblemException also if there is no such dataset or run
     */
    static void require(@Nullable Long seen, Draft draft, DatasetKey key) {
        Run run = draft.run(key.run()).orElseThrow(Refused::noRun);
        Dataset dataset = draft.dataset(key).orElseThrow(Refused::noDataset);
        require(seen, Math.max(dataset.version(), run.version()), "Dataset " + key.name() + " of run " + key.run());
    }
}
