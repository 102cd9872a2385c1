package org.colonnade.certification.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.colonnade.certification.lumisection.Ranges;

/** Ranges of lumisections as people write them: {@code 4-5, 9}. */
final class RangeText {

    private static final Pattern PART = Pattern.compile("(\\d{1,7})(?:\\s*(?:-|–|to)\\s*(\\d{1,7}))?");

    private RangeText() {}

    /** @throws IllegalArgumentException whose message continues "Lumisections" */
    static Ranges parse(String text) {
        var pairs = new ArrayList<int[]>();
        for (String part : text.strip().split("\\s*[,;]\\s*")) {
            Matcher matcher = PART.matcher(part);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("are written as 4-5, 9 and not as “" + part + "”");
            }
            int first = Integer.parseInt(matcher.group(1));
            int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
            if (first < 1) {
                throw new IllegalArgumentException("are counted from 1");
            }
            if (last < first) {
                throw new IllegalArgumentException("end at " + last + ", before they start at " + first);
            }
            pairs.add(new int[] {first, last});
        }
        return Ranges.of(pairs);
    }

    /** As in {@code 1–3, 6}. */
    static String write(Ranges ranges) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < ranges.count(); i++) {
            parts.add(
                    ranges.first(i) == ranges.last(i)
                            ? Integer.toString(ranges.first(i))
                            : ranges.first(i) + "–" + ranges.last(i));
        }
        return String.join(", ", parts);
    }
}
