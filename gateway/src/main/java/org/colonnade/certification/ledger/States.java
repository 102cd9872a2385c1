package org.colonnade.certification.ledger;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.colonnade.certification.lumisection.Lanes;
import org.colonnade.certification.lumisection.Ranges;
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
        List<Event.OfRun> all = events.ofRun(number, asOf);
        if (all.isEmpty()) {
            return Optional.empty();
        }
        List<Event.OfRun> counting =
                all.stream().filter(counts(events.revoked(asOf))).toList();
        return Optional.of(new Run(
                number,
                Fold.omsAttributes(counting),
                Fold.rrAttributes(counting),
                all.getLast().event(),
                counting.isEmpty() || counting.getLast().deleted()));
    }

    /** @return empty if no event of the dataset was known at that version */
    public Optional<Dataset> dataset(DatasetKey key, long asOf) {
        List<Event.OfDataset> all = events.ofDataset(key, asOf);
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Set<Long> revoked = events.revoked(asOf);
        List<Event.OfDataset> counting = all.stream().filter(counts(revoked)).toList();
        List<Event.OfLumisections> verdicts = events.ofLumisections(key.run(), List.of(key.name()), Family.RR, asOf);
        List<Event.OfLumisections> bits = events.ofLumisections(key.run(), bitSources(key), Family.OMS, asOf);
        long version = Math.max(all.getLast().event(), Math.max(latest(verdicts), latest(bits)));
        return Optional.of(new Dataset(
                key,
                Fold.datasetAttributes(counting),
                Fold.inGui(counting),
                Fold.verdicts(verdicts.stream().filter(counts(revoked)).toList(), lastReset(key, asOf, revoked)),
                bits(key, bits.stream().filter(counts(revoked)).toList()),
                version,
                counting.isEmpty() || counting.getLast().deleted()));
    }

    /** What rules alone would say, as of now: that to which a new automatic result is compared. */
    Lanes automaticVerdicts(DatasetKey key) {
        return Fold.automaticVerdicts(events.ofLumisections(key.run(), List.of(key.name()), Family.RR, NOW).stream()
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

    private long lastReset(DatasetKey key, long asOf, Set<Long> revoked) {
        return key.isOnline()
                ? Fold.lastReset(events.ofRun(key.run(), asOf).stream()
                        .filter(counts(revoked))
                        .toList())
                : 0;
    }

    /** What the machine reports about a run holds for each of its datasets. */
    private static List<String> bitSources(DatasetKey key) {
        return key.isOnline() ? List.of(key.name()) : List.of(DatasetKey.ONLINE, key.name());
    }

    /** A dataset other than the run's own has bits only where some were given to it. */
    private static Lanes bits(DatasetKey key, List<Event.OfLumisections> counting) {
        Lanes all = Fold.bits(counting);
        if (key.isOnline()) {
            return all;
        }
        Ranges own = Fold.bits(
                        counting.stream().filter(e -> e.dataset().equals(key)).toList())
                .extent();
        return all.within(own);
    }

    private static Predicate<Event> counts(Set<Long> revoked) {
        return event -> !revoked.contains(event.version());
    }

    private static long latest(List<Event.OfLumisections> events) {
        return events.isEmpty() ? 0 : events.getLast().event();
    }
}
