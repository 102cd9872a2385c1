package org.colonnade.certification.golden;

import org.colonnade.certification.lumisection.Ranges;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.StringNode;

/** Members of a JSON object, written one after the other. */
final class Members {

    private final StringBuilder text;

    /** @param length about how many characters there will be */
    Members(int length) {
        text = new StringBuilder(length);
    }

    /** A text as JSON. */
    static String quoted(String plain) {
        for (int i = 0; i < plain.length(); i++) {
            char each = plain.charAt(i);
            if (each < ' ' || each > '~' || each == '"' || each == '\\') {
                return StringNode.valueOf(plain).toString();
            }
        }
        return '"' + plain + '"';
    }

    /**
     * Nothing is added if there are none.
     *
     * @param key quoted
     */
    void add(String key, Ranges ranges) {
        if (ranges.isEmpty()) {
            return;
        }
        key(key).append('[');
        for (int i = 0; i < ranges.count(); i++) {
            text.append(i == 0 ? "[" : ",[")
                    .append(ranges.first(i))
                    .append(',')
                    .append(ranges.last(i))
                    .append(']');
        }
        text.append(']');
    }

    void add(String key, double value) {
        if (Double.isFinite(value)) {
            key(key).append(value);
        } else {
            key(key).append(number(value));
        }
    }

    /** A number as JSON; JSON has none that is infinite. */
    static String number(double value) {
        return Double.isFinite(value)
                ? Double.toString(value)
                : DoubleNode.valueOf(value).toString();
    }

    private StringBuilder key(String key) {
        return text.append(text.isEmpty() ? "" : ",").append(key).append(':');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
