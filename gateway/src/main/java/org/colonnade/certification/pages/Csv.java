package org.colonnade.certification.pages;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Tables as files. */
final class Csv {

    private Csv() {}

    static PrintWriter begin(HttpServletResponse response, String name, List<TableColumn> columns) throws IOException {
        response.setContentType("text/csv");
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
        PrintWriter out = response.getWriter();
        write(out, columns.stream().map(TableColumn::key).toList());
        return out;
    }

    static void line(PrintWriter out, List<Cell> cells) {
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
