package org.colonnade.certification.ledger;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.colonnade.certification.lumisection.Lanes;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Folds events to the state of a run or dataset as of any version. */
@Component
public class States {

    /** As of the present. */
    public static final long NOW = EventStore.NOW;

    private final EventStore events;

    States(EventStore events) {
        this.events = events;
    }

    /** @return empty if no event of the run was known at that version */
    public Optional<Run> run(int number, long asOf) {
        return new Told(events.ofRun(number, asOf), List.of(), List.of(), events.revoked(asOf)).asRun();
    }

    /** @return empty if no event of the dataset was known at that version */
    public Optional<Dataset> dataset(DatasetKey key, long asOf) {
        List<Event.OfDataset> own = events.ofDataset(key, asOf);
        if (own.isEmpty()) {
            return Optional.empty();
        }
        List<Event.OfRun> ofRun = key.isOnline() ? events.ofRun(key.run(), asOf) : List.of();
        List<Event.OfLumisections> said = events.ofLumisections(key, asOf);
        return new Told(ofRun, own, said, events.revoked(asOf)).asDataset(key);
    }

    /** @param run null if nothing was said about it at that version */
    public record Whole(@Nullable Run run, Collection<Dataset> datasets) {}

    /** Runs with all their datasets, as of a version. */
    public List<Whole> whole(Collection<Integer> runs, long asOf) {
        return events.of(runs, asOf).parallelStream()
                .map(told ->
                        new Whole(told.asRun().orElse(null), told.asDatasets().values()))
                .toList();
    }

    /** Runs about which anything was said after a version. */
    public List<Integer> changedSince(long version) {
        return events.runsSince(version);
    }

    /** Versions that were undone, and not reinstated, as of the given one: what they say does not count. */
    public Set<Long> revoked(long asOf) {
        return events.revoked(asOf);
    }

    /** What rules alone would say, as of now: that to which a new automatic result is compared. */
    Lanes automaticVerdicts(DatasetKey key) {
        return Fold.automaticVerdicts(events.ofLumisections(key, NOW).stream()
                .filter(e -> e.family() == Family.RR && e.dataset().equals(key))
                .filter(counts(events.revoked(NOW)))
                .toList());
    }

    /** The same for the attributes of a run. */
    Optional<Run> automaticRun(int number) {
        List<Event.OfRun> counting = events.ofRun(number, NOW).stream()
                .filter(counts(events.revoked(NOW)))
                .toList();
        return counting.isEmpty()
                ? Optional.empty()
                : Optional.of(new Run(
                        number,
                        Fold.omsAttributes(counting),
                        Fold.automaticRrAttributes(counting),
                        counting.getLast().event(),
                        false));
    }

    private static Predicate<Event> counts(Set<Long> revoked) {
        return event -> !revoked.contains(event.version());
    }
}
