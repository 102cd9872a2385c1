package org.colonnade.certification.lumisection;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON values in one form, so that equal values are equal objects. */
public final class Values {

    // Beyond 2^53 a double, which is what JSON's other readers keep, no longer tells neighbouring integers apart.
    private static final double EXACT = 9007199254740992.0;

    private Values() {}

    /** A number that is whole becomes an integer: 6800.0 and 6800 are the same value. */
    public static JsonNode canonical(JsonNode value) {
        if (value.isNumber()) {
            return number(value.doubleValue());
        }
        if (value instanceof ObjectNode object) {
            var result = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(p -> result.set(p.getKey(), canonical(p.getValue())));
            return result;
        }
        if (value instanceof ArrayNode array) {
            var result = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> result.add(canonical(element)));
            return result;
        }
        return value;
    }

    public static ObjectNode canonicalObject(JsonNode value) {
        if (canonical(value) instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException("Not a JSON object");
    }

    public static JsonNode number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < EXACT) {
            long whole = (long) value;
            return whole == (int) whole
                    ? JsonNodeFactory.instance.numberNode((int) whole)
                    : JsonNodeFactory.instance.numberNode(whole);
        }
        return JsonNodeFactory.instance.numberNode(value);
    }
}
