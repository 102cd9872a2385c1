package org.colonnade.web.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.colonnade.jobs.LogLine;

/**
 * A line of a log.
 *
 * @param sequence grows within a job; ask for lines after the last one you have
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LineView(long sequence, Instant at, int attempt, String text) {

    static LineView of(LogLine line) {
        return new LineView(line.sequence(), line.at(), line.attempt(), line.text());
    }
}
