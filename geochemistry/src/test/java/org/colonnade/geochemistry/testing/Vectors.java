package org.colonnade.geochemistry.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A file of reference vectors: one map from column to text for each row. */
public final class Vectors {

    private Vectors() {}

    public record Row(int line, Map<String, String> cells) {

        public String text(String column) {
            return Objects.requireNonNull(cells.get(column), column);
        }

        public double number(String column) {
            return Double.parseDouble(text(column));
        }

        /** NaN when the cell is blank. */
        public double optional(String column) {
            return text(column).isBlank() ? Double.NaN : number(column);
        }

        @Override
        public String toString() {
            return "line " + line + " " + cells;
        }
    }

    public static List<Row> read(String name) {
        try (var stream = Objects.requireNonNull(Vectors.class.getResourceAsStream("/vectors/" + name), name)) {
            var lines = new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            String[] header = lines.getFirst().split(",", -1);
            var rows = new ArrayList<Row>();
            for (int i = 1; i < lines.size(); i++) {
                String[] cells = lines.get(i).split(",", -1);
                var row = new HashMap<String, String>();
                for (int c = 0; c < header.length; c++) {
                    row.put(header[c], cells[c]);
                }
                rows.add(new Row(i + 1, Map.copyOf(row)));
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
