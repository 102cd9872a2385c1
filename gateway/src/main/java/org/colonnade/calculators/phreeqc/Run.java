package org.colonnade.calculators.phreeqc;

import java.util.List;
import org.colonnade.jobs.Job;
import org.colonnade.storage.Artifact;
import org.jspecify.annotations.Nullable;

/**
 * A run as it stands now.
 *
 * @param database the database's file name
 * @param databaseDate ISO date and time of its last change; null for a database of the user's own
 * @param input the stored input; null once it is no longer kept
 * @param ownDatabase the stored database of the user's own
 * @param outputName the name of the output file
 * @param place where it runs; null for the default
 * @param files everything the run left, by name; empty until it ended
 */
public record Run(
        Job job,
        String database,
        String databaseSha256,
        @Nullable String databaseDate,
        @Nullable Artifact input,
        @Nullable Artifact ownDatabase,
        String outputName,
        @Nullable String place,
        List<Artifact> files) {

    /** Null if the run left none. */
    public @Nullable Artifact output() {
        return file(outputName);
    }

    public @Nullable Artifact file(String name) {
        return files.stream()
                .filter(file -> file.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** The files that may hold selected output: all that are not the run's own. */
    public List<Artifact> tables() {
        return files.stream()
                .filter(file -> !file.name().equals(outputName))
                .filter(file -> !List.of(RunFiles.WARNINGS, RunFiles.ERRORS, RunFiles.LOG, "phreeqc.dump")
                        .contains(file.name()))
                .toList();
    }
}
