package org.colonnade.calculators.http;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads CSV (RFC 4180) row by row, whatever is in it: a field longer than {@value #LONGEST_FIELD} characters is cut and
 * remembered as too long, a row of more than {@value #MOST_FIELDS} fields keeps the first ones and their number. Skips a
 * byte-order mark and blank lines.
 */
final class CsvReader {

    static final int LONGEST_FIELD = 1000;
    static final int MOST_FIELDS = 200;
    private static final int END = -1;
    private static final int NOTHING = -2;

    private final Reader reader;
    private final char[] buffer = new char[1 << 16];
    private final StringBuilder field = new StringBuilder();
    private int at;
    private int filled;
    private int pushed = NOTHING;
    private boolean first = true;

    CsvReader(Reader reader) {
        this.reader = reader;
    }

    /**
     * @param count how many fields the row has, also those that are not kept
     * @param tooLong the position of the first field that was cut, or -1
     * @param open whether the row ended within quotation marks
     */
    record Row(List<String> fields, int count, int tooLong, boolean open) {}

    /** Null at the end. */
    @Nullable
    Row next() throws IOException {
        while (true) {
            Row row = read();
            if (row == null || row.count() > 1 || !row.fields().getFirst().isBlank()) {
                return row;
            }
        }
    }

    private @Nullable Row read() throws IOException {
        int c = character();
        if (first) {
            first = false;
            if (c == '\uFEFF') {
                c = character();
            }
        }
        if (c == END) {
            return null;
        }
        var fields = new ArrayList<String>(8);
        int count = 0;
        int tooLong = -1;
        while (true) {
            field.setLength(0);
            boolean open = false;
            long length = 0;
            if (c == '"') {
                open = true;
                c = character();
                while (open && c != END) {
                    if (c == '"') {
                        c = character();
                        open = c == '"';
                    }
                    if (open) {
                        length++;
                        append(c);
                        c = character();
                    }
                }
            }
            while (c != ',' && c != '\n' && c != '\r' && c != END) {
                length++;
                append(c);
                c = character();
            }
            if (length > LONGEST_FIELD && tooLong < 0) {
                tooLong = count;
            }
            if (count < MOST_FIELDS) {
                fields.add(field.toString());
            }
            count++;
            if (c == ',') {
                c = character();
                continue;
            }
            if (c == '\r') {
                int after = character();
                if (after != '\n') {
                    pushed = after;
                }
            }
            return new Row(fields, count, tooLong, open);
        }
    }

    private void append(int c) {
        if (field.length() < LONGEST_FIELD) {
            field.append((char) c);
        }
    }

    private int character() throws IOException {
        if (pushed != NOTHING) {
            int c = pushed;
            pushed = NOTHING;
            return c;
        }
        if (at == filled) {
            filled = reader.read(buffer);
            at = 0;
            if (filled <= 0) {
                filled = 0;
                return END;
            }
        }
        return buffer[at++];
    }
}
