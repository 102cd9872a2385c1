package org.colonnade.certification.lumisection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A set of lumisections as sorted ranges that neither overlap nor touch. Lumisections are counted from 1; both ends of a
 * range belong to it. Immutable.
 */
public final class Ranges {

    public static final Ranges NONE = new Ranges(new int[0]);

    // first0, last0, first1, last1, …
    private final int[] bounds;

    private Ranges(int[] bounds) {
        this.bounds = bounds;
    }

    /** @throws IllegalArgumentException unless 1 ≤ first ≤ last */
    public static Ranges of(int first, int last) {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("Not a range of lumisections: " + first + " to " + last);
        }
        return new Ranges(new int[] {first, last});
    }

    /** @param pairs each of first and last, in any order, overlapping or not */
    public static Ranges of(List<int[]> pairs) {
        var builder = new Builder();
        pairs.stream().sorted((a, b) -> Integer.compare(a[0], b[0])).forEach(p -> builder.add(p[0], p[1]));
        return builder.build();
    }

    /** @param lumisections without 0 */
    public static Ranges of(BitSet lumisections) {
        var builder = new Builder();
        int first = lumisections.nextSetBit(0);
        while (first >= 0) {
            int end = lumisections.nextClearBit(first);
            builder.add(first, end - 1);
            first = lumisections.nextSetBit(end);
        }
        return builder.build();
    }

    public void addTo(BitSet lumisections) {
        for (int i = 0; i < count(); i++) {
            lumisections.set(first(i), last(i) + 1);
        }
    }

    public boolean isEmpty() {
        return bounds.length == 0;
    }

    /** How many ranges. */
    public int count() {
        return bounds.length / 2;
    }

    public int first(int range) {
        return bounds[2 * range];
    }

    public int last(int range) {
        return bounds[2 * range + 1];
    }

    /** How many lumisections. */
    public int size() {
        int size = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            size += bounds[i + 1] - bounds[i] + 1;
        }
        return size;
    }

    public boolean contains(int lumisection) {
        return covers(lumisection, lumisection);
    }

    /** Whether all lumisections from one to another are among these. */
    public boolean covers(int first, int last) {
        int at = Arrays.binarySearch(bounds, first);
        int range = (at < 0 ? -at - 2 : at) >> 1;
        return range >= 0 && first(range) <= first && last <= last(range);
    }

    public Ranges union(Ranges other) {
        if (within(other)) {
            return other;
        }
        if (other.within(this)) {
            return this;
        }
        var result = new Builder();
        int i = 0;
        int j = 0;
        while (i < bounds.length || j < other.bounds.length) {
            boolean mine = j == other.bounds.length || i < bounds.length && bounds[i] < other.bounds[j];
            int[] from = mine ? bounds : other.bounds;
            int at = mine ? i : j;
            result.add(from[at], from[at + 1]);
            i += mine ? 2 : 0;
            j += mine ? 0 : 2;
        }
        return result.build();
    }

    /** Whether it lies in the other as can be seen at once; the answer may be no although it does. */
    private boolean within(Ranges other) {
        return this == other
                || bounds.length == 0
                || other.bounds.length == 2
                        && other.bounds[0] <= bounds[0]
                        && bounds[bounds.length - 1] <= other.bounds[1];
    }

    public Ranges intersect(Ranges other) {
        if (within(other)) {
            return this;
        }
        if (other.within(this)) {
            return other;
        }
        var result = new Builder();
        int i = 0;
        int j = 0;
        while (i < bounds.length && j < other.bounds.length) {
            int first = Math.max(bounds[i], other.bounds[j]);
            int last = Math.min(bounds[i + 1], other.bounds[j + 1]);
            if (first <= last) {
                result.add(first, last);
            }
            if (bounds[i + 1] < other.bounds[j + 1]) {
                i += 2;
            } else {
                j += 2;
            }
        }
        return result.build();
    }

    public Ranges minus(Ranges other) {
        if (within(other)) {
            return NONE;
        }
        if (other.isEmpty()) {
            return this;
        }
        var result = new Builder();
        int j = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            int first = bounds[i];
            int last = bounds[i + 1];
            while (j < other.bounds.length && other.bounds[j + 1] < first) {
                j += 2;
            }
            for (int k = j; k < other.bounds.length && other.bounds[k] <= last && first <= last; k += 2) {
                if (other.bounds[k] > first) {
                    result.add(first, other.bounds[k] - 1);
                }
                first = other.bounds[k + 1] + 1;
            }
            if (first <= last) {
                result.add(first, last);
            }
        }
        return result.build();
    }

    /** {@code [[1,3],[7,8]]}, the form of golden JSON files. */
    public List<int[]> toPairs() {
        var pairs = new ArrayList<int[]>(count());
        for (int i = 0; i < bounds.length; i += 2) {
            pairs.add(new int[] {bounds[i], bounds[i + 1]});
        }
        return pairs;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ranges ranges && Arrays.equals(bounds, ranges.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (int i = 0; i < bounds.length; i += 2) {
            text.append(i == 0 ? "" : ",").append(bounds[i]).append('-').append(bounds[i + 1]);
        }
        return text.toString();
    }

    /** Takes ranges by rising first lumisection and joins those that overlap or touch. */
    public static final class Builder {

        private int[] bounds = NONE.bounds;
        private int length;

        public Builder add(int first, int last) {
            if (length > 0 && first <= bounds[length - 1] + 1) {
                bounds[length - 1] = Math.max(bounds[length - 1], last);
                return this;
            }
            if (length == bounds.length) {
                bounds = Arrays.copyOf(bounds, Math.max(2, 2 * length));
            }
            bounds[length++] = first;
            bounds[length++] = last;
            return this;
        }

        /** What is added from now on belongs to another set. */
        public Ranges build() {
            if (length == 0) {
                return NONE;
            }
            int[] built = bounds;
            if (length < bounds.length) {
                built = Arrays.copyOf(bounds, length);
            } else {
                bounds = NONE.bounds;
            }
            length = 0;
            return new Ranges(built);
        }
    }
}
