package org.colonnade.certification.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
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
    private final Recent recent;
    private final Author author;
    private final String comment;
    private final List<Event> events = new ArrayList<>();
    private final SortedSet<Integer> runs = new TreeSet<>();
    private final SortedSet<DatasetKey> datasets = new TreeSet<>();
    private final Map<DatasetKey, Dataset> said = new TreeMap<>();
    private @Nullable Version version;

    Draft(EventStore store, States states, Recent recent, Author author, String comment) {
        this.store = store;
        this.states = states;
        this.recent = recent;
        this.author = author;
        this.comment = comment;
    }

    public Optional<Run> run(int number) {
        return states.run(number, States.NOW).filter(run -> !run.deleted());
    }

    public Optional<Dataset> dataset(DatasetKey key) {
        Dataset judged = said.get(key);
        Optional<Dataset> now = judged != null
                ? Optional.of(judged)
                : datasets.contains(key) ? states.dataset(key, States.NOW) : recent.dataset(key);
        return now.filter(dataset -> !dataset.deleted());
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
        Dataset before = family == Family.RR && !author.automatic() ? untouched(dataset) : null;
        add(new Event.OfLumisections(first, version().version(), dataset, family, lanes, !author.automatic()));
        if (before != null) {
            said.put(dataset, before.judged(lanes, first));
        }
        return first;
    }

    /** The dataset, if nothing was done to it here but people's verdicts; null otherwise. */
    private @Nullable Dataset untouched(DatasetKey key) {
        Dataset judged = said.get(key);
        return judged != null || datasets.contains(key)
                ? judged
                : recent.dataset(key).orElse(null);
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
                    touch(DatasetKey.online(e.run()));
                }
            }
            case Event.OfDataset e -> touch(e.dataset());
            case Event.OfLumisections e -> {
                touch(e.dataset());
                if (e.family() == Family.OMS && e.dataset().isOnline()) {
                    store.datasetNames(e.dataset().run())
                            .forEach(name -> touch(new DatasetKey(e.dataset().run(), name)));
                }
            }
        }
    }

    private void touch(DatasetKey key) {
        datasets.add(key);
        said.remove(key);
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

    /** The dataset of a run itself, if all that was ever said of it is said here: folded without asking the database. */
    Optional<Dataset> created(DatasetKey key) {
        var own = new ArrayList<Event.OfDataset>();
        var verdicts = new ArrayList<Event.OfLumisections>();
        var bits = new ArrayList<Event.OfLumisections>();
        long version = 0;
        for (Event event : events) {
            switch (event) {
                case Event.OfDataset e when e.dataset().equals(key) -> own.add(e);
                case Event.OfLumisections e
                when e.dataset().equals(key) -> (e.family() == Family.RR ? verdicts : bits).add(e);
                default -> {
                    continue;
                }
            }
            version = event.event();
        }
        boolean whole = key.isOnline()
                && !own.isEmpty()
                && own.getFirst().event() <= store.firstEvent(key)
                && events.stream().noneMatch(e -> e instanceof Event.OfRun run && run.reset());
        return whole
                ? Optional.of(new Dataset(
                        key,
                        Fold.datasetAttributes(own),
                        Fold.inGui(own),
                        Fold.verdicts(verdicts, 0),
                        Fold.bits(bits),
                        version,
                        own.getLast().deleted()))
                : Optional.empty();
    }

    /** Of those the ones to which nothing was done but that people gave verdicts, as they are now. */
    Map<DatasetKey, Dataset> said() {
        return said;
    }

    private static ObjectNode empty() {
        return JsonNodeFactory.instance.objectNode();
    }
}
