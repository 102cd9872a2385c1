package org.colonnade.calculators.supcrt;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Removes runs of files, and databases that nobody uses, once they are past what the operator keeps. */
@Component
class SupcrtRetention {

    private final SupcrtProperties properties;
    private final FileRuns runs;
    private final OwnDatabases databases;

    SupcrtRetention(SupcrtProperties properties, FileRuns runs, OwnDatabases databases) {
        this.properties = properties;
        this.runs = runs;
        this.databases = databases;
    }

    @Scheduled(initialDelayString = "PT7M", fixedDelayString = "PT1H")
    void sweep() {
        runs.deleteOlderThan(properties.retention());
        databases.deleteUnused(properties.databaseRetention());
    }
}
