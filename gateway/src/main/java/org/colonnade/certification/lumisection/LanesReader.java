package org.colonnade.certification.lumisection;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads lanes in the one form in which they are stored, without white space, several times as fast as JSON is read: golden
 * files are made of hundreds of thousands of them.
 */
final class LanesReader {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final String text;
    // Most verdicts of a dataset are the same few.
    private final Map<String, JsonNode> known = new HashMap<>();
    private int at;

    LanesReader(String text) {
        this.text = text;
    }

    /**
     * @throws IllegalArgumentException if the text has another form; so does IndexOutOfBoundsException, if it ends within
     */
    Lanes read() {
        var lanes = new TreeMap<String, Lane>();
        expect('{');
        if (text.charAt(at) != '}') {
            do {
                String key = key();
                expect(':');
                lanes.put(key, lane());
            } while (goesOn('}'));
        } else {
            at++;
        }
        if (at != text.length()) {
            throw unexpected();
        }
        return Lanes.of(lanes);
    }

    private String key() {
        expect('"');
        int end = text.indexOf('"', at);
        String key = text.substring(at, end);
        if (key.indexOf('\\') >= 0) {
            throw unexpected();
        }
        at = end + 1;
        return key;
    }

    private Lane lane() {
        var lane = new Lane.Builder();
        expect('[');
        if (text.charAt(at) == ']') {
            at++;
            return lane.build();
        }
        do {
            expect('[');
            int first = whole();
            expect(',');
            int last = whole();
            expect(',');
            lane.add(first, last, value());
            expect(']');
        } while (goesOn(']'));
        return lane.build();
    }

    /** After a comma there is more; after the closing character there is not. */
    private boolean goesOn(char closing) {
        char next = text.charAt(at++);
        if (next != ',' && next != closing) {
            throw unexpected();
        }
        return next == ',';
    }

    private int whole() {
        int value = 0;
        int from = at;
        while (Character.isDigit(text.charAt(at))) {
            value = 10 * value + (text.charAt(at++) - '0');
        }
        if (at == from || at - from > 9) {
            throw unexpected();
        }
        return value;
    }

    private JsonNode value() {
        return switch (text.charAt(at)) {
            case 't' -> word("true", JsonNodeFactory.instance.booleanNode(true));
            case 'f' -> word("false", JsonNodeFactory.instance.booleanNode(false));
            case 'n' -> word("null", JsonNodeFactory.instance.nullNode());
            case '{', '"' -> known.computeIfAbsent(whole(text.charAt(at) == '{'), LanesReader::canonical);
            default -> number();
        };
    }

    private JsonNode word(String word, JsonNode value) {
        if (!text.startsWith(word, at)) {
            throw unexpected();
        }
        at += word.length();
        return value;
    }

    private JsonNode number() {
        int end = text.indexOf(']', at);
        double value = Double.parseDouble(text.substring(at, end));
        at = end;
        return Values.number(value);
    }

    private static JsonNode canonical(String json) {
        return Values.canonical(MAPPER.readTree(json));
    }

    /** The text of an object or of a string, from its first character to its last. */
    private String whole(boolean object) {
        int from = at;
        int depth = 0;
        boolean quoted = false;
        do {
            char next = text.charAt(at++);
            if (quoted && next == '\\') {
                at++;
            } else if (next == '"') {
                quoted = !quoted;
            } else if (!quoted && next == '{') {
                depth++;
            } else if (!quoted && next == '}') {
                depth--;
            }
        } while (quoted || object && depth > 0);
        return text.substring(from, at);
    }

    private void expect(char wanted) {
        if (text.charAt(at++) != wanted) {
            throw unexpected();
        }
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException("Not lanes as they are stored, at character " + at);
    }
}
