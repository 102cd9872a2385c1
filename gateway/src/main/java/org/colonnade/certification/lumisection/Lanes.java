package org.colonnade.certification.lumisection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** Named lanes over the lumisections of one dataset, or changes of them. Lanes without any value do not count. */
public final class Lanes {

    public static final Lanes NONE = new Lanes(new String[0], new int[0], new int[0], new JsonNode[0]);

    /** A stretch of lumisections over which nothing changes; {@code values} holds only keys that have one. */
    public record Segment(int first, int last, Map<String, JsonNode> values) {}

    // Sorted.
    private final String[] keys;
    // The spans of all lanes one after the other: a registry holds a million lanes, most of them short.
    private final int[] ends;
    private final int[] bounds;
    private final JsonNode[] values;

    /**
     * @param keys sorted
     * @param ends where the spans of each lane end among all; none is empty
     */
    Lanes(String[] keys, int[] ends, int[] bounds, JsonNode[] values) {
        this.keys = keys;
        this.ends = ends;
        this.bounds = bounds;
        this.values = values;
    }

    public static Lanes of(Map<String, Lane> lanes) {
        return of(new TreeMap<>(lanes));
    }

    private static Lanes of(SortedMap<String, Lane> lanes) {
        var all = new Lane.Builder();
        var keys = new ArrayList<String>(lanes.size());
        lanes.forEach((key, lane) -> {
            if (all.append(lane)) {
                keys.add(key);
            }
        });
        return keys.isEmpty() ? NONE : all.lanes(keys.toArray(String[]::new));
    }

    private Lane lane(int key) {
        return new Lane(bounds, values, key == 0 ? 0 : ends[key - 1], ends[key]);
    }

    public SortedMap<String, Lane> byKey() {
        return Collections.unmodifiableSortedMap(copy());
    }

    private SortedMap<String, Lane> copy() {
        var copy = new TreeMap<String, Lane>();
        for (int i = 0; i < keys.length; i++) {
            copy.put(keys[i], lane(i));
        }
        return copy;
    }

    public Set<String> keys() {
        return byKey().keySet();
    }

    public Lane lane(String key) {
        int at = Arrays.binarySearch(keys, key);
        return at < 0 ? Lane.EMPTY : lane(at);
    }

    public boolean isEmpty() {
        return keys.length == 0;
    }

    /** The highest lumisection that has any value; 0 if none has. */
    public int last() {
        int last = 0;
        for (int end : ends) {
            last = Math.max(last, bounds[2 * end - 1]);
        }
        return last;
    }

    /** Lumisections in which any lane has a value. */
    public Ranges extent() {
        Ranges extent = Ranges.NONE;
        for (int i = 0; i < keys.length; i++) {
            Lane lane = lane(i);
            if (!extent.covers(lane.first(0), lane.last())) {
                extent = extent.union(lane.extent());
            }
        }
        return extent;
    }

    /** Each lane over the one of the same name below it. */
    public Lanes over(Lanes below) {
        if (isEmpty()) {
            return below;
        }
        if (below.isEmpty()) {
            return this;
        }
        SortedMap<String, Lane> result = below.copy();
        byKey().forEach((key, lane) -> result.merge(key, lane, (low, high) -> high.over(low)));
        return of(result);
    }

    /** Each value replaced by another. */
    public Lanes map(UnaryOperator<JsonNode> change) {
        SortedMap<String, Lane> result = copy();
        result.replaceAll((key, lane) -> lane.map(change));
        return of(result);
    }

    public Lanes within(Ranges ranges) {
        var result = new TreeMap<String, Lane>();
        byKey().forEach((key, lane) -> result.put(key, lane.within(ranges)));
        return of(result);
    }

    public Lanes only(Predicate<String> wanted) {
        SortedMap<String, Lane> result = copy();
        result.keySet().removeIf(wanted.negate());
        return of(result);
    }

    /** What must be laid over the earlier lanes to get these, where these have values. */
    public Lanes changesSince(Lanes earlier) {
        var result = new TreeMap<String, Lane>();
        byKey().forEach((key, lane) -> result.put(key, lane.changesSince(earlier.lane(key))));
        return of(result);
    }

    /** The stretches over which no lane changes, in order; those without any value are left out. */
    public List<Segment> segments() {
        var segments = new ArrayList<Segment>();
        for (int[] stretch : stretches(copy().values())) {
            var values = valuesAt(stretch[0]);
            if (values.isEmpty()) {
                continue;
            }
            Segment before = segments.isEmpty() ? null : segments.getLast();
            if (before != null
                    && before.last() == stretch[0] - 1
                    && before.values().equals(values)) {
                segments.set(segments.size() - 1, new Segment(before.first(), stretch[1], values));
            } else {
                segments.add(new Segment(stretch[0], stretch[1], values));
            }
        }
        return segments;
    }

    public Map<String, JsonNode> valuesAt(int lumisection) {
        var values = new LinkedHashMap<String, JsonNode>();
        for (int i = 0; i < keys.length; i++) {
            JsonNode value = lane(i).at(lumisection);
            if (value != null) {
                values.put(keys[i], value);
            }
        }
        return values;
    }

    /** Cuts 1 to the highest lumisection of the given lanes wherever a span of one of them begins or ends. */
    public static List<int[]> stretches(Collection<Lane> lanes) {
        var starts = new TreeSet<Integer>();
        int end = 0;
        for (Lane lane : lanes) {
            for (Lane.Span span : lane.spans()) {
                starts.add(span.first());
                starts.add(span.last() + 1);
            }
            end = Math.max(end, lane.last());
        }
        var result = new ArrayList<int[]>();
        if (end == 0) {
            return result;
        }
        starts.add(1);
        int from = 0;
        for (int start : starts) {
            if (from > 0) {
                result.add(new int[] {from, start - 1});
            }
            from = start;
        }
        return result;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Lanes that
                && Arrays.equals(keys, that.keys)
                && Arrays.equals(ends, that.ends)
                && Arrays.equals(bounds, that.bounds)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(keys) + Arrays.hashCode(bounds);
    }

    @Override
    public String toString() {
        return byKey().toString();
    }
}
