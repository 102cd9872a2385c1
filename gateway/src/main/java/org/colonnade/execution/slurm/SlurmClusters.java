package org.colonnade.execution.slurm;

import java.util.List;
import java.util.Optional;
import org.colonnade.execution.Clusters;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

@Component
class SlurmClusters implements Clusters {

    private final List<SlurmPlace> places;

    SlurmClusters(ObjectProvider<SlurmPlace> places) {
        this.places = places.stream().toList();
    }

    @Override
    public List<Status> all() {
        return places.stream().map(SlurmPlace::status).toList();
    }

    @Override
    public Optional<List<Check>> test(String name) throws InterruptedException {
        for (SlurmPlace place : places) {
            if (place.place().name().equals(name)) {
                return Optional.of(place.test());
            }
        }
        return Optional.empty();
    }
}
