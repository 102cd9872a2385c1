package org.colonnade.geochemistry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The conditions for which a model was published: one closed range per input. */
public record Validity(List<Range> ranges) {

    public Validity {
        ranges = List.copyOf(ranges);
    }

    public static Validity of(Range... ranges) {
        return new Validity(List.of(ranges));
    }

    public Optional<Range> range(String name) {
        return ranges.stream().filter(r -> r.name().equals(name)).findFirst();
    }

    /** One flag for each value outside its range; values in the order of the ranges and in their units. */
    public List<Flag> check(double... values) {
        var flags = new ArrayList<Flag>(0);
        for (int i = 0; i < ranges.size(); i++) {
            if (!ranges.get(i).contains(values[i])) {
                flags.add(new Flag(Flag.Kind.OUTSIDE_VALIDITY, ranges.get(i).sentence(values[i])));
            }
        }
        return flags;
    }

    /** E.g. {@code temperature 273–533 K, pressure 0–2000 bar}. */
    @Override
    public String toString() {
        return ranges.stream().map(Range::toString).collect(Collectors.joining(", "));
    }

    /**
     * A closed range of one input.
     *
     * @param name of the input in words, e.g. {@code temperature}
     */
    public record Range(String name, Unit unit, double from, double to) {

        public Range {
            if (!(from <= to)) {
                throw new IllegalArgumentException("%s: %s to %s is no range".formatted(name, from, to));
            }
        }

        /** False for {@code NaN}. */
        public boolean contains(double value) {
            return value >= from && value <= to;
        }

        private String sentence(double value) {
            return "%s %s is outside %s".formatted(name, number(value), bounds());
        }

        private String bounds() {
            String bounds = number(from) + "–" + number(to);
            return unit == Unit.ONE ? bounds : bounds + " " + unit.symbol();
        }

        private static String number(double value) {
            return value == Math.rint(value) && Math.abs(value) < 1e15
                    ? String.format(Locale.ROOT, "%.0f", value)
                    : Double.toString(value);
        }

        @Override
        public String toString() {
            return name + " " + bounds();
        }
    }
}
