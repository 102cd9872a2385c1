package org.colonnade.execution.slurm;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.colonnade.execution.Limits;

/** What one job may ask for: what the operator allows, and what the cluster's partitions can give. */
final class ClusterLimits {

    private static final Duration FRESH = Duration.ofMinutes(30);

    private final String name;
    private final SlurmProperties.Cluster cluster;
    private final InstantSource clock;
    private volatile Known known = new Known(Instant.MIN, List.of());

    private record Known(Instant at, List<Partition> partitions) {}

    ClusterLimits(String name, SlurmProperties.Cluster cluster, InstantSource clock) {
        this.name = name;
        this.cluster = cluster;
        this.clock = clock;
    }

    /** Why the operator's configuration does not allow this; empty if it does. */
    Optional<String> objection(Limits limits) {
        if (limits.cores() > cluster.maxCores()) {
            return refused("cores: %d asked, at most %d".formatted(limits.cores(), cluster.maxCores()));
        }
        if (limits.wallTime().compareTo(cluster.maxWallTime()) > 0) {
            return refused("time: %d minutes asked, at most %d"
                    .formatted(
                            limits.wallTime().toMinutes(), cluster.maxWallTime().toMinutes()));
        }
        if (limits.memoryBytes() > cluster.maxMemory().toBytes()) {
            return refused("memory: %d MB asked, at most %d MB"
                    .formatted(limits.memoryBytes() >> 20, cluster.maxMemory().toMegabytes()));
        }
        return Optional.empty();
    }

    private Optional<String> refused(String what) {
        return Optional.of(name + " does not allow this " + what);
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
