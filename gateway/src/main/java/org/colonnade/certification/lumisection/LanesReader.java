package org.colonnade.certification.lumisection;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads lanes in the one form in which they are stored, without white space, many times as fast as JSON is read: golden
 * files are made of hundreds of thousands of them.
 */
final class LanesReader {

    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final Vocabulary<String> KEYS = new Vocabulary<>(4096, key -> key);
    // A detector has about so many bits, and workspaces fewer components.
    private static final int USUAL = 40;
    // A bit over few lumisections is shorter, most spans are longer.
    private static final int SPAN = 14;
    private static final int EXACT_DIGITS = 15;
    private static final double[] POWERS = powers();

    private final byte[] text;
    private final Vocabulary<JsonNode> values;
    private final Lane.Builder lanes;
    private int at;

    /** @param text in UTF-8 */
    LanesReader(byte[] text, Vocabulary<JsonNode> values) {
        this.text = text;
        this.values = values;
        this.lanes = new Lane.Builder(text.length / SPAN + 1);
    }

    /** Objects and texts become what they mean. */
    static Vocabulary<JsonNode> vocabulary(int size, UnaryOperator<JsonNode> meaning) {
        return new Vocabulary<>(size, json -> meaning.apply(Values.canonical(MAPPER.readTree(json))));
    }

    private static double[] powers() {
        var powers = new double[EXACT_DIGITS + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = 10 * powers[i - 1];
        }
        return powers;
    }

    /**
     * @throws IllegalArgumentException if the text has another form; so does IndexOutOfBoundsException, if it ends within
     */
    Lanes read() {
        var keys = new ArrayList<String>(USUAL);
        expect('{');
        if (text[at] != '}') {
            do {
                String key = key();
                expect(':');
                if (lane()) {
                    if (!keys.isEmpty() && keys.getLast().compareTo(key) >= 0) {
                        throw unexpected();
                    }
                    keys.add(key);
                }
            } while (goesOn('}'));
        } else {
            at++;
        }
        if (at != text.length) {
            throw unexpected();
        }
        return keys.isEmpty() ? Lanes.NONE : lanes.lanes(keys.toArray(String[]::new));
    }

    private String key() {
        expect('"');
        int from = at;
        while (text[at] != '"') {
            if (text[at++] == '\\') {
                throw unexpected();
            }
        }
        return KEYS.find(text, from, at++);
    }

    /** @return whether it has any span */
    private boolean lane() {
        expect('[');
        if (text[at] == ']') {
            at++;
            return false;
        }
        do {
            expect('[');
            int first = whole();
            expect(',');
            int last = whole();
            expect(',');
            lanes.add(first, last, value());
            expect(']');
        } while (goesOn(']'));
        return lanes.next();
    }

    /** After a comma there is more; after the closing character there is not. */
    private boolean goesOn(char closing) {
        byte next = text[at++];
        if (next != ',' && next != closing) {
            throw unexpected();
        }
        return next == ',';
    }

    private int whole() {
        int value = 0;
        int from = at;
        while (isDigit(text[at])) {
            value = 10 * value + (text[at++] - '0');
        }
        if (at == from || at - from > 9) {
            throw unexpected();
        }
        return value;
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    private JsonNode value() {
        return switch (text[at]) {
            case 't' -> word("true", JsonNodeFactory.instance.booleanNode(true));
            case 'f' -> word("false", JsonNodeFactory.instance.booleanNode(false));
            case 'n' -> word("null", JsonNodeFactory.instance.nullNode());
            case '{' -> whole(true);
            case '"' -> whole(false);
            default -> number();
        };
    }

    private JsonNode word(String word, JsonNode value) {
        for (int i = 0; i < word.length(); i++) {
            expect(word.charAt(i));
        }
        return value;
    }

    /** Digits that a double holds exactly, divided by a power of ten that it holds exactly, give the nearest double. */
    private JsonNode number() {
        int from = at;
        long digits = 0;
        int point = -1;
        while (isDigit(text[at]) || text[at] == '.' && point < 0) {
            if (text[at] == '.') {
                point = at;
            } else {
                digits = 10 * digits + (text[at] - '0');
            }
            at++;
        }
        if (text[at] == ']' && at > from && at - from <= EXACT_DIGITS && isDigit(text[at - 1])) {
            return Values.number(digits / POWERS[point < 0 ? 0 : at - 1 - point]);
        }
        while (text[at] != ']') {
            at++;
        }
        return Values.number(Double.parseDouble(new String(text, from, at - from, StandardCharsets.ISO_8859_1)));
    }

    /** An object or a text, from its first character to its last. */
    private JsonNode whole(boolean object) {
        int from = at;
        int depth = 0;
        boolean quoted = false;
        do {
            byte next = text[at++];
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
        return values.find(text, from, at);
    }

    private void expect(char wanted) {
        if (text[at++] != wanted) {
            throw unexpected();
        }
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException("Not lanes as they are stored, at byte " + at);
    }
}
