package org.colonnade.certification.golden;

import java.util.Map;
import org.colonnade.certification.lumisection.Lane;
import org.colonnade.certification.lumisection.Lanes;
import org.colonnade.certification.lumisection.Ranges;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Something that is not so, but might have been: a component that had another status, or a detector bit another value.
 *
 * @param verdict true for a component such as {@code tracker-pixel}, false for a bit such as {@code bpix_ready}
 * @param value the status as a text, or the value of the bit
 * @param where lumisections by run; null for all
 */
public record Assumption(
        boolean verdict,
        String name,
        JsonNode value,
        @Nullable Map<Integer, Ranges> where) {

    Lanes over(Lanes lanes, int run, int length) {
        Ranges ranges =
                where == null ? length == 0 ? Ranges.NONE : Ranges.of(1, length) : where.getOrDefault(run, Ranges.NONE);
        if (ranges.isEmpty() || length == 0) {
            return lanes;
        }
        Lane assumed = Lane.of(1, length, value).within(ranges);
        return Lanes.of(Map.of(name, assumed)).over(lanes);
    }
}
