package org.colonnade.certification.lumisection;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One component's verdicts, or one detector bit, over the lumisections of a dataset: sorted spans with a value each and
 * possibly holes between them. Neighbours with equal values are one span, so equal lanes have equal spans. Immutable.
 */
public final class Lane {

    public static final Lane EMPTY = new Lane(new int[0], new JsonNode[0], 0, 0);

    /** @param value JSON's null is a value too; a lumisection without a value lies in a hole */
    public record Span(int first, int last, JsonNode value) {}

    // first0, last0, first1, last1, …; lanes that were read together share both, and each has its spans in them.
    private final int[] bounds;
    private final JsonNode[] values;
    private final int from;
    private final int to;

    Lane(int[] bounds, JsonNode[] values, int from, int to) {
        this.bounds = bounds;
        this.values = values;
        this.from = from;
        this.to = to;
    }

    public static Lane of(int first, int last, JsonNode value) {
        return new Builder().add(first, last, value).build();
    }

    public List<Span> spans() {
        return new Spans();
    }

    private final class Spans extends AbstractList<Span> implements RandomAccess {

        @Override
        public Span get(int span) {
            return new Span(first(span), last(span), value(span));
        }

        @Override
        public int size() {
            return count();
        }
    }

    /** How many spans. */
    public int count() {
        return to - from;
    }

    public int first(int span) {
        return bounds[2 * (from + span)];
    }

    public int last(int span) {
        return bounds[2 * (from + span) + 1];
    }

    public JsonNode value(int span) {
        return values[from + span];
    }

    public boolean isEmpty() {
        return from == to;
    }

    /** The highest lumisection with a value; 0 for an empty lane. */
    public int last() {
        return isEmpty() ? 0 : bounds[2 * to - 1];
    }

    /** @return null in a hole */
    public @Nullable JsonNode at(int lumisection) {
        int span = lastSpan(lumisection);
        return span < 0 || last(span) < lumisection ? null : value(span);
    }

    /** The last span that begins at a lumisection or before it; -1 if there is none. */
    public int lastSpan(int lumisection) {
        int at = Arrays.binarySearch(bounds, 2 * from, 2 * to, lumisection);
        return (at < 0 ? (-at - 2) >> 1 : at >> 1) - from;
    }

    /** Neighbours that become equal become one span. */
    public Lane map(UnaryOperator<JsonNode> change) {
        var result = new Builder();
        for (int i = 0; i < count(); i++) {
            result.add(first(i), last(i), change.apply(value(i)));
        }
        return result.build();
    }

    /** Where the lane has a value. */
    public Ranges extent() {
        for (int i = 1; i < count(); i++) {
            if (first(i) != last(i - 1) + 1) {
                return where(value -> true);
            }
        }
        return isEmpty() ? Ranges.NONE : Ranges.of(first(0), last());
    }

    public Ranges where(Predicate<JsonNode> test) {
        var ranges = new Ranges.Builder();
        for (int i = 0; i < count(); i++) {
            if (test.test(value(i))) {
                ranges.add(first(i), last(i));
            }
        }
        return ranges.build();
    }

    /** This lane where it has a value, the one below elsewhere. */
    public Lane over(Lane below) {
        if (isEmpty()) {
            return below;
        }
        return below.isEmpty() ? this : merge(below.within(below.extent().minus(extent())));
    }

    /** The part of the lane that lies in the given lumisections. */
    public Lane within(Ranges ranges) {
        var result = new Builder();
        int range = 0;
        for (Span span : spans()) {
            while (range < ranges.count() && ranges.last(range) < span.first()) {
                range++;
            }
            for (int r = range; r < ranges.count() && ranges.first(r) <= span.last(); r++) {
                result.add(
                        Math.max(span.first(), ranges.first(r)), Math.min(span.last(), ranges.last(r)), span.value());
            }
        }
        return result.build();
    }

    /** The spans in which this lane has another value than the earlier one. */
    public Lane changesSince(Lane earlier) {
        var result = new Builder();
        int j = 0;
        for (Span span : spans()) {
            int from = span.first();
            while (j < earlier.count() && earlier.last(j) < from) {
                j++;
            }
            for (int k = j; k < earlier.count() && earlier.first(k) <= span.last(); k++) {
                if (earlier.value(k).equals(span.value())) {
                    if (earlier.first(k) > from) {
                        result.add(from, earlier.first(k) - 1, span.value());
                    }
                    from = earlier.last(k) + 1;
                }
            }
            if (from <= span.last()) {
                result.add(from, span.last(), span.value());
            }
        }
        return result.build();
    }

    private Lane merge(Lane disjoint) {
        var result = new Builder();
        int i = 0;
        int j = 0;
        while (i < count() || j < disjoint.count()) {
            boolean mine = j == disjoint.count() || i < count() && first(i) < disjoint.first(j);
            Lane next = mine ? this : disjoint;
            int span = mine ? i++ : j++;
            result.add(next.first(span), next.last(span), next.value(span));
        }
        return result.build();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Lane lane
                && Arrays.equals(bounds, 2 * from, 2 * to, lane.bounds, 2 * lane.from, 2 * lane.to)
                && Arrays.equals(values, from, to, lane.values, lane.from, lane.to);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = 31 * (31 * hash + bounds[2 * i]) + bounds[2 * i + 1];
            hash = 31 * hash + values[i].hashCode();
        }
        return hash;
    }

    @Override
    public String toString() {
        return spans().toString();
    }

    /** Takes spans by rising lumisection, without overlap. */
    public static final class Builder {

        private static final int[] NO_ENDS = {};

        private int[] bounds;
        private JsonNode[] values;
        private int[] ends = NO_ENDS;
        private int ended;
        // Of the lane that is being built.
        private int from;
        private int count;

        public Builder() {
            this(4);
        }

        /** @param spans how many there will be about */
        Builder(int spans) {
            bounds = new int[2 * spans];
            values = new JsonNode[spans];
        }

        /** @throws IllegalArgumentException if the span is reversed or begins before the end of the one before */
        public Builder add(int first, int last, JsonNode value) {
            int before = count == from ? 0 : bounds[2 * count - 1];
            if (last < first || first <= before) {
                throw new IllegalArgumentException("Not in order: lumisections " + first + " to " + last);
            }
            if (count > from && first == before + 1 && values[count - 1].equals(value)) {
                bounds[2 * count - 1] = last;
                return this;
            }
            if (count == values.length) {
                bounds = Arrays.copyOf(bounds, 4 * count);
                values = Arrays.copyOf(values, 2 * count);
            }
            bounds[2 * count] = first;
            bounds[2 * count + 1] = last;
            values[count++] = value;
            return this;
        }

        public Lane build() {
            return count == 0
                    ? EMPTY
                    : new Lane(Arrays.copyOf(bounds, 2 * count), Arrays.copyOf(values, count), 0, count);
        }

        /** All spans of a lane as a lane of their own. */
        boolean append(Lane lane) {
            for (int i = 0; i < lane.count(); i++) {
                add(lane.first(i), lane.last(i), lane.value(i));
            }
            return next();
        }

        /** Ends a lane and begins another; a lane without spans does not count. */
        boolean next() {
            if (count == from) {
                return false;
            }
            if (ended == ends.length) {
                ends = Arrays.copyOf(ends, ended + 40);
            }
            ends[ended++] = count;
            from = count;
            return true;
        }

        /** @param keys sorted, one for each lane that ended */
        Lanes lanes(String[] keys) {
            return new Lanes(
                    keys, Arrays.copyOf(ends, ended), Arrays.copyOf(bounds, 2 * count), Arrays.copyOf(values, count));
        }
    }
}
