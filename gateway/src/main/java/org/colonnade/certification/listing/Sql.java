package org.colonnade.certification.listing;

import java.util.LinkedHashMap;
import java.util.Map;

/** A piece of SQL and the values that go with it. Nothing that a user wrote is ever part of the text. */
final class Sql {

    private final Map<String, Object> values = new LinkedHashMap<>();

    /** @return the placeholder for the value */
    String bind(Object value) {
        String name = "v" + values.size();
        values.put(name, value);
        return ":" + name;
    }

    Map<String, Object> values() {
        return values;
    }
}
