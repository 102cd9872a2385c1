package org.colonnade.calculators.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;
import org.colonnade.calculators.description.Batch;

/** Answers a CSV by a CSV, of which the server never holds more than a megabyte in memory. */
public final class BatchAnswer {

    static final String CSV = "text/csv;charset=UTF-8";

    private BatchAnswer() {}

    /**
     * Answers a request.
     *
     * @param key for the name of the answer's file
     * @throws org.colonnade.web.ProblemException before anything is sent, when the file has no usable header
     */
    public static void write(Batch batch, String key, InputStream content, HttpServletResponse response)
            throws IOException {
        try (var spool = new Spool()) {
            var writer = new BufferedWriter(new OutputStreamWriter(spool, StandardCharsets.UTF_8), 1 << 16);
            write(batch, content, writer, rows -> {});
            response.setContentType(CSV);
            response.setHeader("Content-Disposition", "attachment; filename=\"" + key + "-batch.csv\"");
            response.setContentLengthLong(spool.size());
            spool.sendTo(response.getOutputStream());
        }
    }

    /**
     * The same into a file.
     *
     * @param progress is told now and then how many rows are computed
     * @return the number of rows
     * @throws org.colonnade.web.ProblemException when the file has no usable header or too many rows
     */
    public static int write(Batch batch, InputStream content, Writer writer, IntConsumer progress) throws IOException {
        var reader = new CsvReader(new InputStreamReader(content, StandardCharsets.UTF_8));
        int rows = new BatchRun(batch, reader, writer).run(progress);
        writer.flush();
        return rows;
    }
}
