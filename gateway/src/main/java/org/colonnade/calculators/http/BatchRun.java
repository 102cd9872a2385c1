package org.colonnade.calculators.http;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.colonnade.calculators.description.Batch;
import org.colonnade.calculators.description.NumberText;
import org.colonnade.geochemistry.InputException;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;

/**
 * Computes a CSV row by row: the input's columns are repeated, the computed ones follow, then {@code status,message}. A
 * row that cannot be computed has the status {@code error} and empty computed cells, and stops nothing.
 */
final class BatchRun implements Batch.Cells, Batch.Out {

    static final int MOST_ROWS = 1_000_000;
    private static final int TOLD_EVERY = 2_000;

    private final Batch batch;
    private final CsvReader reader;
    private final Writer writer;
    private final List<String> names;
    private final int[] positions;
    private final int width;

    private final StringBuilder computed = new StringBuilder();
    private List<String> row = List.of();
    private int cells;
    private String message = "";

    /**
     * Reads the header and writes that of the answer.
     *
     * @throws ProblemException when there is no usable header
     */
    BatchRun(Batch batch, CsvReader reader, Writer writer) throws IOException {
        this.batch = batch;
        this.reader = reader;
        this.writer = writer;
        this.names = new ArrayList<>(batch.required());
        names.addAll(batch.optional());
        var first = reader.next();
        if (first == null) {
            throw malformed("The file is empty; its first line must be the header " + header(batch));
        }
        List<String> header = first.fields().stream().map(String::strip).toList();
        check(header, first);
        this.width = first.count();
        this.positions = names.stream().mapToInt(header::indexOf).toArray();
        for (String name : header) {
            quoted(writer, name);
            writer.write(',');
        }
        writer.write(String.join(",", batch.computed()));
        writer.write(",status,message\r\n");
    }

    static String header(Batch batch) {
        return String.join(",", batch.required());
    }

    private void check(List<String> header, CsvReader.Row first) {
        if (first.count() > CsvReader.MOST_FIELDS || first.tooLong() >= 0) {
            throw malformed("The first line is too long for a header; it must be " + header(batch));
        }
        if (header.size() == 1 && header.getFirst().contains(";")) {
            throw malformed("The columns are separated by semicolons; separate them by commas and write numbers with a"
                    + " decimal point");
        }
        if (header.stream().anyMatch(BatchRun::isNumber)) {
            throw malformed("The first line has numbers; it must be the header " + header(batch));
        }
        for (String name : batch.required()) {
            if (!header.contains(name)) {
                throw malformed("The column %s is missing; the header must have %s".formatted(name, header(batch)));
            }
        }
        for (String name : names) {
            if (header.indexOf(name) != header.lastIndexOf(name)) {
                throw malformed("The column %s is there twice".formatted(name));
            }
        }
    }

    private static boolean isNumber(String text) {
        try {
            NumberText.parse("", text);
            return true;
        } catch (InputException e) {
            return false;
        }
    }

    /** Computes all rows. */
    int run() throws IOException {
        return run(rows -> {});
    }

    /**
     * Computes all rows.
     *
     * @param progress is told now and then how many are computed
     */
    int run(IntConsumer progress) throws IOException {
        int rows = 0;
        for (var next = reader.next(); next != null; next = reader.next()) {
            if (++rows > MOST_ROWS) {
                throw ProblemException.of(
                        ProblemType.TOO_LARGE, "More than %d rows; send them in parts".formatted(MOST_ROWS));
            }
            one(next);
            if (rows % TOLD_EVERY == 0) {
                progress.accept(rows);
            }
        }
        return rows;
    }

    private void one(CsvReader.Row next) throws IOException {
        row = next.fields();
        computed.setLength(0);
        cells = 0;
        message = "";
        String status = "ok";
        try {
            checkShape(next);
            batch.row().compute(this, this);
        } catch (InputException e) {
            status = "error";
            message = String.valueOf(e.getMessage());
            computed.setLength(0);
            computed.append(",".repeat(batch.computed().size() - 1));
        }
        // A ragged row gives as many cells as the header has, so that the answer is a table in any case.
        for (int i = 0; i < width; i++) {
            quoted(writer, i < row.size() ? shown(row.get(i), i, next) : "");
            writer.write(',');
        }
        writer.append(computed).append(',').append(status).append(',');
        quoted(writer, message);
        writer.write("\r\n");
    }

    private void checkShape(CsvReader.Row next) {
        if (next.open()) {
            throw new InputException("row", "The row ends within quotation marks");
        }
        if (next.tooLong() >= 0) {
            throw new InputException(
                    "row",
                    "Cell %d has more than %d characters".formatted(next.tooLong() + 1, CsvReader.LONGEST_FIELD));
        }
        if (next.count() != width) {
            String hint = next.count() > width
                    ? "; a decimal comma would do that, or a comma outside of quotation marks"
                    : "";
            throw new InputException(
                    "row", "The row has %d cells where the header has %d%s".formatted(next.count(), width, hint));
        }
    }

    private static String shown(String cell, int position, CsvReader.Row next) {
        return position == next.tooLong() ? cell.substring(0, Math.min(cell.length(), 20)) + "..." : cell;
    }

    @Override
    public String text(int column) {
        int position = positions[column];
        return position < 0 ? "" : row.get(position).strip();
    }

    @Override
    public double number(int column) {
        return NumberText.parse(names.get(column), text(column));
    }

    @Override
    public double optional(int column) {
        return text(column).isEmpty() ? Double.NaN : number(column);
    }

    @Override
    public void number(double value) {
        separate();
        if (!Double.isNaN(value)) {
            computed.append(value);
        }
    }

    @Override
    public void text(String text) {
        separate();
        computed.append(text);
    }

    @Override
    public void message(String text) {
        message = text;
    }

    private void separate() {
        if (cells++ > 0) {
            computed.append(',');
        }
    }

    private static void quoted(Writer writer, String cell) throws IOException {
        boolean plain = true;
        for (int i = 0; i < cell.length() && plain; i++) {
            char c = cell.charAt(i);
            plain = c != ',' && c != '"' && c != '\n' && c != '\r';
        }
        writer.write(plain ? cell : '"' + cell.replace("\"", "\"\"") + '"');
    }

    private static ProblemException malformed(String detail) {
        return ProblemException.of(ProblemType.MALFORMED, detail);
    }
}
