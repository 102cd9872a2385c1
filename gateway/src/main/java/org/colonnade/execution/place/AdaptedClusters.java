package org.colonnade.execution.place;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.colonnade.execution.Clusters;
import org.springframework.stereotype.Component;

/** Those places that are clusters, by name. */
@Component
class AdaptedClusters implements Clusters {

    private final List<ClusterAdapter> clusters;

    AdaptedClusters(List<PlaceAdapter> places) {
        this.clusters = places.stream()
                .filter(ClusterAdapter.class::isInstance)
                .map(ClusterAdapter.class::cast)
                .sorted(Comparator.comparing(cluster -> cluster.place().name()))
                .toList();
    }

    private Optional<ClusterAdapter> adapter(String name) {
        return clusters.stream()
                .filter(cluster -> cluster.place().name().equals(name))
                .findFirst();
    }

    @Override
    public List<Status> all() {
        return clusters.stream().map(ClusterAdapter::status).toList();
    }

    @Override
    public Optional<Status> find(String name) {
        return adapter(name).map(ClusterAdapter::status);
    }

    @Override
    public List<Stay> stays(String name, int limit) {
        return adapter(name).map(cluster -> cluster.stays(limit)).orElse(List.of());
    }

    @Override
    public Optional<List<Check>> test(String name) throws InterruptedException {
        Optional<ClusterAdapter> cluster = adapter(name);
        return cluster.isEmpty() ? Optional.empty() : Optional.of(cluster.get().test());
    }
}
