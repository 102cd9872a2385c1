package org.colonnade.certification.listing;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is asked of a list.
 *
 * @param page from 0
 * @param sortings column and whether it falls, most important first
 */
public record Query(int page, int size, List<Sorting> sortings, JsonNode filter) {

    public static final int MAX_SIZE = 5000;
    private static final int DEFAULT_SIZE = 50;

    public record Sorting(String column, boolean falling) {}

    public Query {
        sortings = List.copyOf(sortings);
    }

    /** @throws FilterException if the request is not one for a list */
    public static Query read(JsonNode body) {
        JsonNode sortings = body.get("sortings");
        if (sortings == null || !sortings.isArray()) {
            throw new FilterException("\"sortings\" is missing: a list such as [[\"run_number\", \"DESC\"]], or []");
        }
        int page = whole(body.get("page"), "page", 0, 0, Integer.MAX_VALUE / MAX_SIZE);
        return new Query(
                page,
                whole(body.get("page_size"), "page_size", DEFAULT_SIZE, 1, MAX_SIZE),
                sortings(sortings),
                body.path("filter"));
    }

    /** @throws FilterException if it is not a list of pairs */
    public static List<Sorting> sortings(JsonNode sortings) {
        var result = new ArrayList<Sorting>();
        for (JsonNode pair : sortings) {
            if (pair.size() != 2
                    || !pair.path(0).isString()
                    || !pair.path(1).asString("").matches("(?i)asc|desc")) {
                throw new FilterException("A sorting is a pair such as [\"run_number\", \"DESC\"]");
            }
            result.add(new Sorting(
                    pair.get(0).stringValue(), pair.get(1).stringValue().equalsIgnoreCase("desc")));
        }
        return result;
    }

    private static int whole(@Nullable JsonNode value, String name, int missing, int least, int most) {
        if (value == null || value.isNull()) {
            return missing;
        }
        if (!value.canConvertToInt() || value.intValue() < least || value.intValue() > most) {
            throw new FilterException(
                    "\"" + name + "\" must be a whole number from " + least + " to " + most + ", not " + value);
        }
        return value.intValue();
    }
}
