package org.colonnade.certification.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.colonnade.certification.lumisection.Lanes;
import org.colonnade.certification.lumisection.Values;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A version while it is written. Nobody else writes meanwhile, so what is read here still holds when it is committed. A
 * draft to which nothing was added leaves no version.
 */
public final class Draft {

    private final EventStore store;
    private final States states;
    private final Author author;
    private final String comment;
    private final List<Event> events = new ArrayList<>();
    private final SortedSet<Integer> runs = new TreeSet<>();
    private final SortedSet<DatasetKey> datasets = new TreeSet<>();
    private @Nullable Version version;

    Draft(EventStore store, States states, Author author, String comment) {
        this.store = store;
        this.states = states;
        this.author = author;
        this.comment = comment;
    }

    public Optional<Run> run(int number) {
        return states.run(number, States.NOW).filter(run -> !run.deleted());
    }

    public Optional<Dataset> dataset(DatasetKey key) {
        return states.dataset(key, States.NOW).filter(dataset -> !dataset.deleted());
    }

    /** The run as rules alone describe it. */
    public Optional<Run> automaticRun(int number) {
        return states.automaticRun(number);
    }

    /** The verdicts of rules alone. */
    public Lanes automaticVerdicts(DatasetKey key) {
        return states.automaticVerdicts(key);
    }

    /** Sets attributes of a run; keys that are not named stay. */
    public void setRun(int run, ObjectNode oms, ObjectNode rr) {
        if (!author.automatic() && !oms.isEmpty()) {
            throw new IllegalArgumentException("What the machine reported is not edited by hand");
        }
        add(new Event.OfRun(
                store.nextEvents(1),
                version().version(),
                run,
                Values.canonicalObject(oms),
                Values.canonicalObject(rr),
                !author.automatic(),
                false,
                false));
    }

    public void setRun(int run, ObjectNode rr) {
        setRun(run, empty(), rr);
    }

    /** From here on earlier manual values of what a refresh computes do not count. */
    public void reset(int run) {
        add(new Event.OfRun(store.nextEvents(1), version().version(), run, empty(), empty(), false, true, false));
        datasets.add(DatasetKey.online(run));
    }

    public void deleteRun(int run) {
        add(new Event.OfRun(store.nextEvents(1), version().version(), run, empty(), empty(), true, false, true));
        store.datasetNames(run).forEach(name -> hide(new DatasetKey(run, name)));
    }

    public void setDataset(DatasetKey dataset, ObjectNode attributes, List<String> inGui) {
        add(new Event.OfDataset(
                store.nextEvents(1), version().version(), dataset, Values.canonicalObject(attributes), inGui, false));
    }

    public void setDataset(DatasetKey dataset, ObjectNode attributes) {
        setDataset(dataset, attributes, List.of());
    }

    public void hide(DatasetKey dataset) {
        add(new Event.OfDataset(store.nextEvents(1), version().version(), dataset, empty(), List.of(), true));
    }

    /**
     * Lays values over the lumisections of a dataset.
     *
     * @return the number of its first elementary event; 0 if there was nothing to lay
     */
    public long setLumisections(DatasetKey dataset, Family family, Lanes lanes) {
        if (lanes.isEmpty()) {
            return 0;
        }
        long first = store.nextEvents(lanes.segments().size());
        add(new Event.OfLumisections(first, version().version(), dataset, family, lanes, !author.automatic()));
        return first;
    }

    /**
     * Takes back what an earlier version said; what was said since stays.
     *
     * @throws IllegalArgumentException if it is not an earlier version, or no longer counts
     */
    public void revoke(long earlier) {
        if (earlier >= version().version() || store.revoked(States.NOW).contains(earlier)) {
            throw new IllegalArgumentException("Version " + earlier + " has been undone already");
        }
        store.appendRevocation(version().version(), earlier);
        for (Event event : store.ofVersion(earlier)) {
            touch(event);
        }
        // What changed without an event of its own gets an empty one, so that its number tells.
        List.copyOf(runs)
                .forEach(run -> add(new Event.OfRun(
                        store.nextEvents(1), version().version(), run, empty(), empty(), false, false, false)));
        List.copyOf(datasets).forEach(key -> setDataset(key, empty()));
    }

    private void add(Event event) {
        events.add(event);
        store.append(event);
        touch(event);
    }

    private void touch(Event event) {
        switch (event) {
            case Event.OfRun e -> {
                runs.add(e.run());
                if (e.reset()) {
                    datasets.add(DatasetKey.online(e.run()));
                }
            }
            case Event.OfDataset e -> datasets.add(e.dataset());
            case Event.OfLumisections e -> {
                datasets.add(e.dataset());
                if (e.family() == Family.OMS && e.dataset().isOnline()) {
                    store.datasetNames(e.dataset().run())
                            .forEach(name ->
                                    datasets.add(new DatasetKey(e.dataset().run(), name)));
                }
            }
        }
    }

    public Version version() {
        Version known = version;
        if (known == null) {
            known = store.append(author, comment, Ledger.time());
            version = known;
        }
        return known;
    }

    /** Whether anything was added. */
    public boolean hasVersion() {
        return version != null;
    }

    SortedSet<Integer> runs() {
        return runs;
    }

    SortedSet<DatasetKey> datasets() {
        return datasets;
    }

    private static ObjectNode empty() {
        return JsonNodeFactory.instance.objectNode();
    }
}
