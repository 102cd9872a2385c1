package org.colonnade.calculators.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import org.colonnade.calculators.description.Batch;
import org.colonnade.calculators.description.Calculator;

/** Answers a CSV by a CSV, of which the server never holds more than a megabyte in memory. */
public final class BatchAnswer {

    static final String CSV = "text/csv;charset=UTF-8";

    private BatchAnswer() {}

    /** @throws org.colonnade.web.ProblemException before anything is sent, when the file has no usable header */
    public static void write(Calculator calculator, InputStream content, HttpServletResponse response)
            throws IOException {
        write(calculator.batch(), calculator.key(), content, response);
    }

    /**
     * The same for rows that depend on more than their calculator, such as a choice in the address.
     *
     * @param key for the name of the answer's file
     * @throws org.colonnade.web.ProblemException before anything is sent, when the file has no usable header
     */
    public static void write(Batch batch, String key, InputStream content, HttpServletResponse response)
            throws IOException {
        try (var spool = new Spool()) {
            var writer = new BufferedWriter(new OutputStreamWriter(spool, StandardCharsets.UTF_8), 1 << 16);
            var reader = new CsvReader(new InputStreamReader(content, StandardCharsets.UTF_8));
            new BatchRun(batch, reader, writer).run();
            writer.flush();
            response.setContentType(CSV);
            response.setHeader("Content-Disposition", "attachment; filename=\"" + key + "-batch.csv\"");
            response.setContentLengthLong(spool.size());
            spool.sendTo(response.getOutputStream());
        }
    }
}
