package org.colonnade.execution.slurm;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.colonnade.execution.Clusters;
import org.colonnade.execution.Place;
import org.colonnade.execution.place.Line;
import org.colonnade.execution.place.Reachability;

/** How a cluster stands, put together from all connections to it. */
final class SlurmStatus {

    private SlurmStatus() {}

    static Clusters.Status of(Place place, SlurmProperties.Cluster cluster, Line line, List<Connection> all) {
        Optional<Reachability.Outage> outage = all.stream()
                .map(connection -> connection.reachability.outage())
                .filter(Objects::nonNull)
                .findFirst();
        return new Clusters.Status(
                place.name(),
                place.title(),
                "Slurm",
                Objects.requireNonNullElse(cluster.user(), "users' own accounts") + "@" + cluster.host() + ":"
                        + cluster.port(),
                outage.map(Reachability.Outage::since).orElse(null),
                outage.map(Reachability.Outage::why).orElse(place.unavailable()),
                line.there().size(),
                line.waiting(),
                line.capacity().jobs(),
                line.capacity().perOwner(),
                polls(cluster, all),
                all.stream()
                        .mapToLong(one -> one.control.connections() + one.transfers.connections())
                        .sum(),
                all.stream()
                        .mapToLong(one -> one.control.commands() + one.transfers.commands())
                        .sum(),
                all.stream()
                        .flatMap(one -> one.reachability.troubles().stream())
                        .sorted(Comparator.comparing(Clusters.Trouble::at).reversed())
                        .toList());
    }

    private static Clusters.Polls polls(SlurmProperties.Cluster cluster, List<Connection> all) {
        return new Clusters.Polls(
                cluster.poll(),
                all.stream().mapToInt(one -> one.watch.size()).sum(),
                all.stream().mapToLong(one -> one.watch.looks()).sum(),
                all.stream()
                        .map(one -> one.watch.lastLook())
                        .filter(Objects::nonNull)
                        .max(Comparator.naturalOrder())
                        .orElse(null),
                all.stream()
                        .map(one -> one.watch.lookTook())
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO));
    }
}
