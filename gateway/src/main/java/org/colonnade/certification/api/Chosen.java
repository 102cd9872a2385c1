package org.colonnade.certification.api;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.colonnade.certification.listing.FilterException;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a request acts on together: named one by one, or let through by a filter.
 *
 * @param seen the number of the latest event that was looked at; what has none is changed in any case
 */
record Chosen<K>(List<K> keys, Map<K, Long> seen) {

    interface Named<K> {

        /** Absent if it is not named in full. */
        @Nullable
        K key();

        @Nullable
        Long seen();
    }

    /**
     * @param noun one of them, as in "12 runs"
     * @param matching what fulfils a filter, at most so many
     * @throws ProblemException unless either some are named or a filter is given, which lets some through, but not too many
     */
    static <K, N extends Named<K>> Chosen<K> of(
            String noun,
            @Nullable List<@Nullable N> named,
            @Nullable JsonNode filter,
            int most,
            BiFunction<JsonNode, Integer, List<K>> matching) {
        boolean filtered = filter != null && !filter.isNull();
        if (filtered == (named != null && !named.isEmpty())) {
            throw ProblemException.invalid(noun + "s", "or a filter must be given, and not both");
        }
        Chosen<K> chosen = filter != null && filtered
                ? new Chosen<>(matching(filter, most + 1, matching), Map.of())
                : named(noun, named == null ? List.of() : named);
        if (chosen.keys.isEmpty()) {
            throw ProblemException.of(ProblemType.UNPROCESSABLE, "No " + noun + " matches the filter");
        }
        if (chosen.keys.size() > most) {
            throw ProblemException.of(
                    ProblemType.UNPROCESSABLE, "At most " + most + " " + noun + "s at once; nothing was changed");
        }
        return chosen;
    }

    private static <K> List<K> matching(JsonNode filter, int limit, BiFunction<JsonNode, Integer, List<K>> matching) {
        try {
            return matching.apply(filter, limit);
        } catch (FilterException e) {
            throw ProblemException.invalid("filter", String.valueOf(e.getMessage()));
        }
    }

    private static <K, N extends Named<K>> Chosen<K> named(String noun, List<@Nullable N> named) {
        var keys = new LinkedHashSet<K>();
        var seen = new HashMap<K, Long>();
        for (N one : named) {
            K key = one == null ? null : one.key();
            if (one == null || key == null) {
                throw ProblemException.invalid(noun + "s", "each must name a " + noun);
            }
            keys.add(key);
            if (one.seen() != null) {
                seen.put(key, one.seen());
            }
        }
        return new Chosen<>(List.copyOf(keys), seen);
    }
}
