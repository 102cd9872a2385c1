package org.colonnade.certification.lumisection;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One component's verdicts, or one detector bit, over the lumisections of a dataset: sorted spans with a value each and
 * possibly holes between them. Neighbours with equal values are one span, so equal lanes have equal spans. Immutable.
 */
public final class Lane {

    public static final Lane EMPTY = new Lane(List.of());

    /** @param value JSON's null is a value too; a lumisection without a value lies in a hole */
    public record Span(int first, int last, JsonNode value) {}

    private final List<Span> spans;

    private Lane(List<Span> spans) {
        this.spans = spans;
    }

    public static Lane of(int first, int last, JsonNode value) {
        return new Builder().add(first, last, value).build();
    }

    public List<Span> spans() {
        return spans;
    }

    public boolean isEmpty() {
        return spans.isEmpty();
    }

    /** The highest lumisection with a value; 0 for an empty lane. */
    public int last() {
        return spans.isEmpty() ? 0 : spans.getLast().last();
    }

    /** @return null in a hole */
    public @Nullable JsonNode at(int lumisection) {
        int low = 0;
        int high = spans.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Span span = spans.get(middle);
            if (lumisection < span.first()) {
                high = middle - 1;
            } else if (lumisection > span.last()) {
                low = middle + 1;
            } else {
                return span.value();
            }
        }
        return null;
    }

    /** Where the lane has a value. */
    public Ranges extent() {
        return where(value -> true);
    }

    public Ranges where(Predicate<JsonNode> test) {
        var ranges = new Ranges.Builder();
        for (Span span : spans) {
            if (test.test(span.value())) {
                ranges.add(span.first(), span.last());
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
        for (Span span : spans) {
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
        for (Span span : spans) {
            int from = span.first();
            while (j < earlier.spans.size() && earlier.spans.get(j).last() < from) {
                j++;
            }
            for (int k = j; k < earlier.spans.size() && earlier.spans.get(k).first() <= span.last(); k++) {
                Span old = earlier.spans.get(k);
                if (old.value().equals(span.value())) {
                    if (old.first() > from) {
                        result.add(from, old.first() - 1, span.value());
                    }
                    from = old.last() + 1;
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
        while (i < spans.size() || j < disjoint.spans.size()) {
            boolean mine = j == disjoint.spans.size()
                    || i < spans.size()
                            && spans.get(i).first() < disjoint.spans.get(j).first();
            Span next = mine ? spans.get(i++) : disjoint.spans.get(j++);
            result.add(next.first(), next.last(), next.value());
        }
        return result.build();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Lane lane && spans.equals(lane.spans);
    }

    @Override
    public int hashCode() {
        return spans.hashCode();
    }

    @Override
    public String toString() {
        return spans.toString();
    }

    /** Takes spans by rising lumisection, without overlap. */
    public static final class Builder {

        private final List<Span> spans = new ArrayList<>();

        /** @throws IllegalArgumentException if the span is reversed or begins before the end of the one before */
        public Builder add(int first, int last, JsonNode value) {
            Span before = spans.isEmpty() ? null : spans.getLast();
            if (last < first || first < 1 || before != null && first <= before.last()) {
                throw new IllegalArgumentException("Not in order: lumisections " + first + " to " + last);
            }
            if (before != null && first == before.last() + 1 && before.value().equals(value)) {
                spans.set(spans.size() - 1, new Span(before.first(), last, value));
            } else {
                spans.add(new Span(first, last, value));
            }
            return this;
        }

        public Lane build() {
            return spans.isEmpty() ? EMPTY : new Lane(List.copyOf(spans));
        }
    }
}
