package org.colonnade.execution.place;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.colonnade.execution.Command;
import org.colonnade.execution.ExecutionProperties;
import org.colonnade.execution.Place;
import org.colonnade.execution.Places;
import org.colonnade.execution.Step;
import org.colonnade.jobs.JobContext;
import org.colonnade.jobs.Owner;
import org.springframework.stereotype.Component;

/** Finds the adapter of a place by its name, and the places of a kind by the operator's configuration. */
@Component
class AdaptedPlaces implements Places {

    private final Collection<PlaceAdapter> adapters;
    private final Map<String, PlaceAdapter> byName;
    private final Map<String, List<String>> configured;

    AdaptedPlaces(List<PlaceAdapter> adapters, ExecutionProperties properties) {
        this.adapters = adapters.stream()
                .sorted(Comparator.comparing((PlaceAdapter adapter) -> !adapter.isThisServer())
                        .thenComparing(adapter -> adapter.place().name()))
                .toList();
        this.byName = adapters.stream()
                .collect(Collectors.toMap(adapter -> adapter.place().name(), Function.identity()));
        this.configured = properties.places();
        configured.forEach((kind, names) -> names.stream()
                .filter(name -> !byName.containsKey(name))
                .findFirst()
                .ifPresent(unknown -> {
                    throw new IllegalStateException("colonnade.execution.places." + kind + " names '" + unknown
                            + "', but there are only " + byName.keySet());
                }));
    }

    private Stream<PlaceAdapter> adaptersFor(String kind) {
        List<String> names = configured.get(kind);
        return names == null
                ? adapters.stream().filter(adapter -> adapter.accepts(kind))
                : names.stream().map(byName::get).map(Objects::requireNonNull);
    }

    @Override
    public List<Place> forKind(String jobKind) {
        return adaptersFor(jobKind).map(PlaceAdapter::place).toList();
    }

    @Override
    public List<Place> forKind(String jobKind, Owner owner) {
        return adaptersFor(jobKind)
                .filter(adapter -> adapter.welcomes(owner))
                .map(adapter -> adapter.placeFor(owner))
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
