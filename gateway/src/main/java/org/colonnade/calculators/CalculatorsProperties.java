package org.colonnade.calculators;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/** What the calculators may use. */
@ConfigurationProperties("colonnade.calculators")
public record CalculatorsProperties(@DefaultValue Phreeqc phreeqc) {

    /**
     * PHREEQC runs.
     *
     * @param library an IPhreeqc library of the operator's own; null for the one that {@code ./run} brought
     * @param engines the gateway's own folder for engines, looked at after the user's
     * @param databases a folder of {@code .dat} files that the operator offers beside the engine's
     * @param python the interpreter that drives the library, 3.11 or later
     * @param wallTime the longest run
     * @param memory the most memory of a run
     * @param fileSize the largest file of a run
     * @param folderSize all files of a run together
     * @param maxInput the largest input
     * @param maxDatabase the largest database that a user brings
     * @param running how many runs go on at once over all gateways; 0 for one per processor core
     * @param runningPerOwner how many of one person at once
     * @param waitingPerOwner how many of one person may wait
     * @param retention how long an ended run is kept
     */
    public record Phreeqc(
            @Nullable Path library,
            @DefaultValue("data/engines") Path engines,
            @DefaultValue("data/databases/phreeqc") Path databases,
            @DefaultValue("/usr/bin/python3") Path python,
            @DefaultValue("20m") Duration wallTime,
            @DefaultValue("2GB") DataSize memory,
            @DefaultValue("200MB") DataSize fileSize,
            @DefaultValue("500MB") DataSize folderSize,
            @DefaultValue("2MB") DataSize maxInput,
            @DefaultValue("20MB") DataSize maxDatabase,
            @DefaultValue("0") int running,
            @DefaultValue("2") int runningPerOwner,
            @DefaultValue("100") int waitingPerOwner,
            @DefaultValue("30d") Duration retention) {

        public Phreeqc {
            if (running == 0) {
                running = Runtime.getRuntime().availableProcessors();
            }
        }
    }
}
