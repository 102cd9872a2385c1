package org.colonnade.calculators.phreeqc;

import org.colonnade.jobs.JobRemoved;
import org.colonnade.storage.Artifacts;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Removes the stored input of runs past their retention, in the transaction that removes the run. */
@Component
class ExpiredInputs {

    private final Artifacts artifacts;

    ExpiredInputs(Artifacts artifacts) {
        this.artifacts = artifacts;
    }

    @EventListener
    void on(JobRemoved removed) {
        artifacts.deleteGroup(RunFiles.inputGroup(removed.id()));
    }
}
