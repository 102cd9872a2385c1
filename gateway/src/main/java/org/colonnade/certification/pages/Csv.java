package org.colonnade.certification.pages;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.colonnade.certification.listing.Listing;
import org.colonnade.web.ProblemException;

/** Tables as files. */
final class Csv {

    /** Rows that are read at once for a file. */
    static final int PAGE = 1000;

    private Csv() {}

    /**
     * Sends a whole table, page by page.
     *
     * @param pages reads the page of that number, counted from 0
     * @throws ProblemException if a filter of the table cannot be read
     */
    static <R> void send(
            HttpServletResponse response,
            String name,
            TableRequest table,
            IntFunction<Listing.Page<R>> pages,
            Function<R, List<Cell>> cells)
            throws IOException {
        table.filter();
        if (!table.getErrors().isEmpty()) {
            Map.Entry<String, String> error =
                    table.getErrors().entrySet().iterator().next();
            throw ProblemException.invalid(error.getKey(), error.getValue());
        }
        response.setContentType("text/csv");
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
        PrintWriter out = response.getWriter();
        write(out, table.getColumns().stream().map(TableColumn::key).toList());
        for (int number = 0; ; number++) {
            Listing.Page<R> page = pages.apply(number);
            page.rows().forEach(row -> line(out, cells.apply(row)));
            if (number + 1 >= page.pages()) {
                break;
            }
        }
        out.flush();
    }

    private static void line(PrintWriter out, List<Cell> cells) {
        write(
                out,
                cells.stream()
                        .map(c -> c.verdicts() == null
                                ? c.text().replace('−', '-')
                                : c.verdicts().words())
                        .toList());
    }

    private static void write(PrintWriter out, List<String> values) {
        out.print(String.join(",", values.stream().map(Csv::quoted).toList()));
        out.print("\r\n");
    }

    /** A value that a spreadsheet would take for a formula begins with a quotation mark. */
    private static String quoted(String value) {
        String safe = value.matches("(?s)[=+@\\t\\r].*") || value.matches("(?s)-[^0-9.].*") ? "'" + value : value;
        return safe.matches("(?s).*[\",\\r\\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
