package org.colonnade.certification.lumisection;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lanes as JSON: stored as {@code {"dtm_ready":[[1,3,true],[4,5,false]]}}, and exchanged as the list of one object per
 * lumisection, counted from 1.
 */
public final class LanesJson {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private LanesJson() {}

    public static String write(Lanes lanes) {
        var text = new StringWriter();
        try (JsonGenerator json = MAPPER.createGenerator(text)) {
            json.writeStartObject();
            lanes.byKey().forEach((key, lane) -> {
                json.writeName(key);
                json.writeStartArray();
                for (Lane.Span span : lane.spans()) {
                    json.writeStartArray();
                    json.writeNumber(span.first());
                    json.writeNumber(span.last());
                    json.writeTree(span.value());
                    json.writeEndArray();
                }
                json.writeEndArray();
            });
            json.writeEndObject();
        }
        return text.toString();
    }

    /** What {@link #write} wrote. */
    public static Lanes read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8), LanesReader.vocabulary(64, value -> value));
    }

    /**
     * Reads many lanes and remembers their values.
     *
     * @param size for how many different values, a power of two
     * @param meaning of objects and texts; immutable, because all lanes share it
     * @return from what {@link #write} wrote, in UTF-8
     */
    public static Function<byte[], Lanes> reader(int size, UnaryOperator<JsonNode> meaning) {
        Vocabulary<JsonNode> values = LanesReader.vocabulary(size, meaning);
        return text -> read(text, values);
    }

    private static Lanes read(byte[] text, Vocabulary<JsonNode> values) {
        try {
            return new LanesReader(text, values).read();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return readAny(text, values);
        }
    }

    /** The same in any form that JSON allows; read token by token, because a long run has thousands of spans. */
    static Lanes readAny(byte[] text, Vocabulary<JsonNode> values) {
        var lanes = new TreeMap<String, Lane>();
        try (JsonParser parser = MAPPER.createParser(text)) {
            expect(parser, JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String key = parser.currentName();
                var lane = new Lane.Builder();
                expect(parser, JsonToken.START_ARRAY);
                while (parser.nextToken() == JsonToken.START_ARRAY) {
                    int first = parser.nextIntValue(0);
                    int last = parser.nextIntValue(0);
                    lane.add(first, last, value(parser, values));
                    expect(parser, JsonToken.END_ARRAY);
                }
                lanes.put(key, lane.build());
            }
        }
        return Lanes.of(lanes);
    }

    private static JsonNode value(JsonParser parser, Vocabulary<JsonNode> values) {
        return switch (parser.nextToken()) {
            case VALUE_TRUE -> JsonNodeFactory.instance.booleanNode(true);
            case VALUE_FALSE -> JsonNodeFactory.instance.booleanNode(false);
            case VALUE_NULL -> JsonNodeFactory.instance.nullNode();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Values.number(parser.getDoubleValue());
            default -> {
                byte[] whole = parser.readValueAsTree().toString().getBytes(StandardCharsets.UTF_8);
                yield values.find(whole, 0, whole.length);
            }
        };
    }

    private static void expect(JsonParser parser, JsonToken wanted) {
        JsonToken found = parser.nextToken();
        if (found != wanted) {
            throw new IllegalArgumentException("Not lanes: " + found + " where " + wanted + " was expected");
        }
    }

    /**
     * Lanes from one object for each lumisection, in order from 1.
     *
     * @throws IllegalArgumentException if an element is not an object
     */
    public static Lanes fromList(List<? extends JsonNode> list) {
        var spans = new LinkedHashMap<String, List<Lane.Span>>();
        int lumisection = 0;
        for (JsonNode element : list) {
            lumisection++;
            if (!element.isObject()) {
                throw new IllegalArgumentException("Lumisection " + lumisection + " is not an object");
            }
            for (Map.Entry<String, JsonNode> property : element.properties()) {
                append(
                        spans.computeIfAbsent(property.getKey(), key -> new ArrayList<>()),
                        lumisection,
                        Values.canonical(property.getValue()));
            }
        }
        var lanes = new TreeMap<String, Lane>();
        spans.forEach((key, of) -> {
            var lane = new Lane.Builder();
            of.forEach(s -> lane.add(s.first(), s.last(), s.value()));
            lanes.put(key, lane.build());
        });
        return Lanes.of(lanes);
    }

    private static void append(List<Lane.Span> spans, int lumisection, JsonNode value) {
        Lane.Span before = spans.isEmpty() ? null : spans.getLast();
        if (before != null && before.last() == lumisection - 1 && before.value().equals(value)) {
            spans.set(spans.size() - 1, new Lane.Span(before.first(), lumisection, value));
        } else {
            spans.add(new Lane.Span(lumisection, lumisection, value));
        }
    }

    public static ObjectNode object(Map<String, JsonNode> values) {
        var object = JsonNodeFactory.instance.objectNode();
        values.forEach(object::set);
        return object;
    }
}
