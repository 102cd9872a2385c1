package org.colonnade.calculators.phreeqc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.colonnade.web.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * One table of selected output. PHREEQC separates columns by tabs and pads them with blanks; a heading may contain
 * blanks itself ({@code total mol}). A file holds a further table wherever the headings change.
 *
 * @param name the file's name; with a number from 2 on for further tables of the same file
 * @param rows cells as text, stripped; a row may be shorter than the headings
 * @param complete false if the file has more rows than were asked for
 */
public record SelectedOutput(String name, List<String> headings, List<List<String>> rows, boolean complete) {

    private static final int LONGEST_LINE = 1 << 20;

    /** Saturation index of a phase, or logarithm of the activity of a species, that is not there. */
    private static final double ABSENT = -999.999;

    /**
     * Reads the tables of one file.
     *
     * @param mostRows rows to keep of all tables together
     * @return no table if the file is not selected output
     */
    public static List<SelectedOutput> read(String name, InputStream content, int mostRows) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8));
        List<SelectedOutput> tables = new ArrayList<>();
        List<String> headings = List.of();
        List<List<String>> rows = new ArrayList<>();
        int count = 0;
        boolean complete = true;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (headings.isEmpty() && line.indexOf('\t') < 0 || line.length() > LONGEST_LINE) {
                return tables;
            }
            List<String> cells = split(line);
            if (headings.isEmpty() || isHeadings(cells, headings, rows)) {
                if (!headings.isEmpty() && !cells.equals(headings)) {
                    tables.add(new SelectedOutput(numbered(name, tables.size()), headings, rows, true));
                    rows = new ArrayList<>();
                }
                headings = cells;
            } else if (count++ < mostRows) {
                rows.add(cells);
            } else {
                complete = false;
                break;
            }
        }
        if (!headings.isEmpty()) {
            tables.add(new SelectedOutput(numbered(name, tables.size()), headings, rows, complete));
        }
        return tables;
    }

    private static List<String> split(String line) {
        String[] cells = line.split("\t", -1);
        // Every column ends with a tab, so that an empty cell follows the last.
        int length = cells.length > 1 && cells[cells.length - 1].isBlank() ? cells.length - 1 : cells.length;
        return Arrays.stream(cells, 0, length).map(String::strip).toList();
    }

    /**
     * A later simulation repeats the headings, or brings new ones: those hold no number, though the rows before did, or
     * fit no row.
     */
    private static boolean isHeadings(List<String> cells, List<String> headings, List<List<String>> rows) {
        if (cells.equals(headings)) {
            return true;
        }
        boolean words = !hasNumber(cells) && cells.stream().anyMatch(cell -> !cell.isEmpty());
        return words && (cells.size() != headings.size() || !rows.isEmpty() && hasNumber(rows.getLast()));
    }

    private static boolean hasNumber(List<String> cells) {
        return cells.stream().anyMatch(cell -> number(cell) != null);
    }

    private static String numbered(String name, int before) {
        return before == 0 ? name : name + " (" + (before + 1) + ")";
    }

    /** Null for text and for an empty cell. */
    static @Nullable Double number(String cell) {
        if (cell.isEmpty() || !(Character.isDigit(cell.charAt(0)) || "+-.".indexOf(cell.charAt(0)) >= 0)) {
            return null;
        }
        try {
            return Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    public @Nullable Double number(int row, int column) {
        return number(text(row, column));
    }

    /** As {@link #number(int, int)}, but null where PHREEQC puts its number for the logarithm of nothing. */
    public @Nullable Double measured(int row, int column) {
        Double number = number(row, column);
        return number != null && number == ABSENT ? null : number;
    }

    /** A cell as pages show it; PHREEQC itself may write every number with thirteen digits and a power of ten. */
    public static String shown(String cell) {
        Double number = number(cell);
        return number == null || !Double.isFinite(number) ? cell : Numbers.plain(number);
    }

    /** Empty where a row is shorter. */
    public String text(int row, int column) {
        List<String> cells = rows.get(row);
        return column < cells.size() ? cells.get(column) : "";
    }

    /** Whether every cell that is not empty is a number, and there is one. */
    public boolean isNumeric(int column) {
        boolean any = false;
        for (int row = 0; row < rows.size(); row++) {
            String cell = text(row, column);
            if (!cell.isEmpty() && number(cell) == null) {
                return false;
            }
            any |= !cell.isEmpty();
        }
        return any;
    }

    public List<Integer> numericColumns() {
        return IntStream.range(0, headings.size())
                .filter(this::isNumeric)
                .boxed()
                .toList();
    }

    /** RFC 4180, numbers as PHREEQC wrote them. */
    public String csv() {
        var text = new StringBuilder();
        append(text, headings);
        rows.forEach(row -> append(text, row));
        return text.toString();
    }

    private static void append(StringBuilder text, List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            text.append(i == 0 ? "" : ",").append(quoted(cells.get(i)));
        }
        text.append("\r\n");
    }

    /** A text that a spreadsheet would take for a formula gets an apostrophe in front. */
    private static String quoted(String cell) {
        String safe =
                number(cell) == null && !cell.isEmpty() && "=+-@".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
        return safe.matches("[^\",\\r\\n]*") ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }
}
