package org.colonnade.execution.slurm;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.colonnade.execution.Limits;
import org.colonnade.execution.place.Ceiling;

/** What one job may ask for: what the operator allows, and what the cluster's partitions can give. */
final class ClusterLimits {

    private static final Duration FRESH = Duration.ofMinutes(30);

    private final String name;
    private final SlurmProperties.Cluster cluster;
    private final Ceiling ceiling;
    private final InstantSource clock;
    private volatile Known known = new Known(Instant.MIN, List.of());

    private record Known(Instant at, List<Partition> partitions) {}

    ClusterLimits(String name, SlurmProperties.Cluster cluster, InstantSource clock) {
        this.name = name;
        this.cluster = cluster;
        this.ceiling = new Ceiling(name, cluster.maxCores(), cluster.maxWallTime(), cluster.maxMemory());
        this.clock = clock;
    }

    /** Why the operator's configuration does not allow this; empty if it does. */
    Optional<String> objection(Limits limits) {
        return ceiling.objection(limits);
    }

    /** Why the cluster would not take this; asks it now and then. */
    Optional<String> objection(Limits limits, Slurm slurm) throws IOException, InterruptedException {
        if (known.at().isBefore(clock.instant().minus(FRESH))) {
            known = new Known(clock.instant(), slurm.partitions());
        }
        return Partition.objection(known.partitions(), cluster.partition(), limits)
                .map(why -> name + " cannot run this: " + why);
    }
}
