package org.colonnade.web.work;

import org.colonnade.jobs.JobRemoved;
import org.colonnade.storage.Artifacts;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Removes the files of jobs past their retention, in the transaction that removes the job. */
@Component
class ExpiredFiles {

    private final Artifacts artifacts;

    ExpiredFiles(Artifacts artifacts) {
        this.artifacts = artifacts;
    }

    @EventListener
    void on(JobRemoved removed) {
        artifacts.deleteGroup(Work.group(removed.id()));
    }
}
