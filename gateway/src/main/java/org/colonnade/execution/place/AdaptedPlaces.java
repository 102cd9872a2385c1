package org.colonnade.execution.place;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.colonnade.execution.Command;
import org.colonnade.execution.Place;
import org.colonnade.execution.Places;
import org.colonnade.execution.Step;
import org.colonnade.jobs.JobContext;
import org.springframework.stereotype.Component;

/** Finds the adapter of a place by its name. */
@Component
class AdaptedPlaces implements Places {

    private final Collection<PlaceAdapter> adapters;
    private final Map<String, PlaceAdapter> byName;

    AdaptedPlaces(List<PlaceAdapter> adapters) {
        this.adapters = List.copyOf(adapters);
        this.byName = adapters.stream()
                .collect(Collectors.toMap(adapter -> adapter.place().name(), Function.identity()));
    }

    @Override
    public List<Place> forKind(String jobKind) {
        return adapters.stream()
                .filter(adapter -> adapter.accepts(jobKind))
                .map(PlaceAdapter::place)
                .toList();
    }

    @Override
    public Step advance(JobContext context, String place, Command command) throws InterruptedException {
        return adapter(place).advance(context, command);
    }

    @Override
    public void abandon(JobContext context, String place) throws InterruptedException {
        adapter(place).abandon(context);
    }

    @Override
    public void release(JobContext context, String place) throws InterruptedException {
        adapter(place).release(context);
    }

    private PlaceAdapter adapter(String name) {
        PlaceAdapter adapter = byName.get(name);
        if (adapter == null) {
            throw new IllegalArgumentException("No place is named '" + name + "'");
        }
        return adapter;
    }
}
