package org.colonnade.certification.ledger;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.colonnade.certification.lumisection.Lanes;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What events amount to. A value that somebody set beats every automatic value of the same key, earlier or later;
 * between two of the same sort the later wins. Detector bits know no such precedence. All lists are in order of event,
 * and hold only events that count.
 */
final class Fold {

    /** What a reset takes back of a run; its state and its significance are decisions that stay. */
    private static final Set<String> COMPUTED = Set.of("class", "stop_reason");

    private Fold() {}

    static ObjectNode omsAttributes(List<Event.OfRun> events) {
        var result = JsonNodeFactory.instance.objectNode();
        events.forEach(e -> result.setAll(e.oms()));
        return result;
    }

    static ObjectNode rrAttributes(List<Event.OfRun> events) {
        long reset = lastReset(events);
        var result = JsonNodeFactory.instance.objectNode();
        events.stream().filter(e -> !e.manual()).forEach(e -> result.setAll(e.rr()));
        events.stream().filter(Event.OfRun::manual).forEach(e -> {
            ObjectNode values = e.rr().deepCopy();
            if (e.event() < reset) {
                values.remove(COMPUTED);
            }
            result.setAll(values);
        });
        return result;
    }

    static ObjectNode automaticRrAttributes(List<Event.OfRun> events) {
        return rrAttributes(events.stream().filter(e -> !e.manual()).toList());
    }

    static long lastReset(List<Event.OfRun> events) {
        return events.stream()
                .filter(Event.OfRun::reset)
                .mapToLong(Event::event)
                .max()
                .orElse(0);
    }

    static ObjectNode datasetAttributes(List<Event.OfDataset> events) {
        var result = JsonNodeFactory.instance.objectNode();
        events.forEach(e -> result.setAll(e.attributes()));
        return result;
    }

    static List<String> inGui(List<Event.OfDataset> events) {
        var names = new TreeSet<String>();
        events.forEach(e -> names.addAll(e.inGui()));
        return List.copyOf(names);
    }

    /** @param lastReset manual verdicts before this event no longer count */
    static Lanes verdicts(Collection<Event.OfLumisections> events, long lastReset) {
        Lanes manual = overlay(events, e -> e.manual() && e.event() > lastReset);
        return manual.over(automaticVerdicts(events));
    }

    static Lanes automaticVerdicts(Collection<Event.OfLumisections> events) {
        return overlay(events, e -> !e.manual());
    }

    static Lanes bits(Collection<Event.OfLumisections> events) {
        return overlay(events, e -> true);
    }

    private static Lanes overlay(Collection<Event.OfLumisections> events, Predicate<Event.OfLumisections> counts) {
        Lanes result = Lanes.NONE;
        for (Event.OfLumisections event : events) {
            if (counts.test(event)) {
                result = event.lanes().over(result);
            }
        }
        return result;
    }
}
