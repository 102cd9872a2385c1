package org.colonnade.web.work;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.Jobs;
import org.colonnade.jobs.LogLine;
import org.springframework.stereotype.Component;

/** Reads whole logs in pieces, so that no log is too long. */
@Component
class Logs {

    private static final int PIECE = 1000;

    private final Jobs jobs;

    Logs(Jobs jobs) {
        this.jobs = jobs;
    }

    /**
     * Some lines of a log.
     *
     * @param omitted how many others there are that would belong here
     * @param last the sequence of the last line of the log, shown or not; 0 if there is none
     */
    record Excerpt(List<LogLine> lines, long omitted, long last) {}

    /** The end of a log. */
    Excerpt tail(JobId id, int most) {
        return last(id, most, "");
    }

    /** The latest lines that contain a text, whatever its case. */
    Excerpt matching(JobId id, String text, int most) {
        return last(id, most, text.toLowerCase(Locale.ROOT));
    }

    private Excerpt last(JobId id, int most, String text) {
        Deque<LogLine> kept = new ArrayDeque<>();
        long omitted = 0;
        long after = 0;
        List<LogLine> piece;
        do {
            piece = jobs.log(id, after, PIECE);
            for (LogLine line : piece) {
                after = line.sequence();
                if (text.isEmpty() || line.text().toLowerCase(Locale.ROOT).contains(text)) {
                    kept.addLast(line);
                    if (kept.size() > most) {
                        kept.removeFirst();
                        omitted++;
                    }
                }
            }
        } while (piece.size() == PIECE);
        return new Excerpt(List.copyOf(kept), omitted, after);
    }

    /** Writes all lines as UTF-8 text. */
    void write(JobId id, OutputStream out) throws IOException {
        var writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        long after = 0;
        List<LogLine> piece;
        do {
            piece = jobs.log(id, after, PIECE);
            for (LogLine line : piece) {
                after = line.sequence();
                writer.write(line.text());
                writer.write('\n');
            }
        } while (piece.size() == PIECE);
        writer.flush();
    }
}
