package org.colonnade.certification.ledger;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.colonnade.certification.lumisection.Lanes;
import org.colonnade.certification.lumisection.Ranges;

/**
 * Everything that was ever said about one run and some or all of its datasets, in order of event; and what that amounts
 * to.
 *
 * @param revoked versions whose events do not count
 */
record Told(
        List<Event.OfRun> run,
        List<Event.OfDataset> datasets,
        List<Event.OfLumisections> lumisections,
        Set<Long> revoked) {

    /** @return empty if nothing was said about the run itself */
    Optional<Run> asRun() {
        if (run.isEmpty()) {
            return Optional.empty();
        }
        List<Event.OfRun> counting = run.stream().filter(counts()).toList();
        return Optional.of(new Run(
                run.getFirst().run(),
                Fold.omsAttributes(counting),
                Fold.rrAttributes(counting),
                run.getLast().event(),
                counting.isEmpty() || counting.getLast().deleted()));
    }

    SortedSet<DatasetKey> keys() {
        var keys = new TreeSet<DatasetKey>();
        datasets.forEach(event -> keys.add(event.dataset()));
        return keys;
    }

    /** Every dataset that was made. */
    SortedMap<DatasetKey, Dataset> asDatasets() {
        var result = new TreeMap<DatasetKey, Dataset>();
        keys().forEach(key -> asDataset(key).ifPresent(dataset -> result.put(key, dataset)));
        return result;
    }

    /** @return empty if the dataset was never made */
    Optional<Dataset> asDataset(DatasetKey key) {
        List<Event.OfDataset> own =
                datasets.stream().filter(e -> e.dataset().equals(key)).toList();
        if (own.isEmpty()) {
            return Optional.empty();
        }
        List<Event.OfDataset> counting = own.stream().filter(counts()).toList();
        List<Event.OfLumisections> verdicts = of(Family.RR, e -> e.dataset().equals(key));
        // What the machine reports about a run holds for each of its datasets.
        List<Event.OfLumisections> bits =
                of(Family.OMS, e -> e.dataset().equals(key) || e.dataset().isOnline());
        return Optional.of(new Dataset(
                key,
                Fold.datasetAttributes(counting),
                Fold.inGui(counting),
                Fold.verdicts(verdicts.stream().filter(counts()).toList(), lastReset(key)),
                bits(key, bits.stream().filter(counts()).toList()),
                Math.max(own.getLast().event(), Math.max(latest(verdicts), latest(bits))),
                counting.isEmpty() || counting.getLast().deleted()));
    }

    private List<Event.OfLumisections> of(Family family, Predicate<Event.OfLumisections> wanted) {
        return lumisections.stream()
                .filter(e -> e.family() == family)
                .filter(wanted)
                .toList();
    }

    private long lastReset(DatasetKey key) {
        return key.isOnline() ? Fold.lastReset(run.stream().filter(counts()).toList()) : 0;
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

    private Predicate<Event> counts() {
        return event -> !revoked.contains(event.version());
    }

    private static long latest(List<Event.OfLumisections> events) {
        return events.isEmpty() ? 0 : events.getLast().event();
    }
}
