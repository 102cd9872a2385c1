package org.colonnade.calculators.supcrt;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a CSV as RFC 4180 has them: commas, quotes doubled inside quotes, any line end, a byte-order mark allowed. A
 * row longer than a hundred thousand characters is read to its end but not kept.
 */
final class CsvRows {

    private static final int LONGEST = 100_000;

    private final Reader reader;
    private int pushedBack = -2;
    private boolean first = true;

    CsvRows(Reader reader) {
        this.reader = reader;
    }

    /**
     * @param problem why the row cannot be used; null if it can
     */
    record Row(List<String> fields, @Nullable String problem) {}

    /** The next row that is not empty; null at the end. */
    @Nullable
    Row next() throws IOException {
        while (true) {
            int c = read();
            if (first && c == '\uFEFF') {
                c = read();
            }
            first = false;
            if (c < 0) {
                return null;
            }
            var row = row(c);
            if (row.problem() != null
                    || row.fields().size() > 1
                    || !row.fields().getFirst().isBlank()) {
                return row;
            }
        }
    }

    private Row row(int start) throws IOException {
        var fields = new ArrayList<String>();
        var field = new StringBuilder();
        boolean quoted = false;
        int length = 0;
        int c = start;
        while (true) {
            if (c < 0 || (!quoted && (c == '\n' || c == '\r'))) {
                if (c == '\r') {
                    int after = read();
                    if (after != '\n') {
                        pushedBack = after;
                    }
                }
                fields.add(field.toString());
                String problem = length > LONGEST
                        ? "The row has %d characters; at most %d are allowed".formatted(length, LONGEST)
                        : quoted ? "A quote is opened and never closed" : null;
                return new Row(length > LONGEST ? List.of("") : fields, problem);
            }
            length++;
            if (c == '"') {
                if (quoted) {
                    int after = read();
                    if (after == '"') {
                        append(field, '"', length);
                    } else {
                        quoted = false;
                        pushedBack = after;
                    }
                } else {
                    quoted = true;
                }
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                append(field, (char) c, length);
            }
            c = read();
        }
    }

    private static void append(StringBuilder field, char c, int length) {
        if (length <= LONGEST) {
            field.append(c);
        }
    }

    private int read() throws IOException {
        if (pushedBack != -2) {
            int c = pushedBack;
            pushedBack = -2;
            return c;
        }
        return reader.read();
    }

    static void write(Writer out, List<String> fields) throws IOException {
        for (int i = 0; i < fields.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            writeField(out, fields.get(i));
        }
    }

    static void writeField(Writer out, String field) throws IOException {
        boolean quote = false;
        for (int i = 0; i < field.length() && !quote; i++) {
            char c = field.charAt(i);
            quote = c == ',' || c == '"' || c == '\n' || c == '\r';
        }
        out.write(quote ? '"' + field.replace("\"", "\"\"") + '"' : field);
    }
}
