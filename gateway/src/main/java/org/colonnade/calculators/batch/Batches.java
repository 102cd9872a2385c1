package org.colonnade.calculators.batch;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.colonnade.calculators.description.Batch;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.JobRequest;
import org.colonnade.jobs.Jobs;
import org.colonnade.jobs.Owner;
import org.colonnade.storage.Artifacts;
import org.colonnade.storage.TooLargeException;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Knows the rows of every calculator, and makes jobs of long files. */
@Component
public class Batches {

    /** A file of more rows is computed as a job; the person may leave. */
    public static final int MOST_ROWS_AT_ONCE = 10_000;

    static final String KIND = "calculator-batch";
    static final String INPUT = "input.csv";

    /** A million rows of two hundred characters. */
    static final long MOST_BYTES = 200_000_000;

    private final List<BatchRows> sources;
    private final Jobs jobs;
    private final Artifacts artifacts;
    private final JsonMapper mapper;

    Batches(List<BatchRows> sources, Jobs jobs, Artifacts artifacts, JsonMapper mapper) {
        this.sources = List.copyOf(sources);
        this.jobs = jobs;
        this.artifacts = artifacts;
        this.mapper = mapper;
    }

    /** What a job was asked to do. */
    record Order(String calculator, Map<String, String> options) {}

    static String group(JobId id) {
        return "job:" + id;
    }

    /** @throws ProblemException when there is no calculator of this name, or an option is wrong */
    public Batch rows(Owner owner, String key, Map<String, String> options) {
        return sources.stream()
                .filter(s -> s.keys().contains(key))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("There is no calculator of this name; there are "
                        + sources.stream().flatMap(s -> s.keys().stream()).toList()))
                .rows(owner, key, options);
    }

    /**
     * Stores a file and queues its computation, both or neither.
     *
     * @param idempotencyKey the same key gives the same job; null for none
     * @throws ProblemException when there is no such calculator, an option is wrong, or the file is too large
     */
    @Transactional
    public JobId submit(
            Owner owner, String key, Map<String, String> options, InputStream file, @Nullable String idempotencyKey)
            throws IOException {
        rows(owner, key, options);
        var id = jobs.submit(
                JobRequest.of(KIND, owner, "Batch of " + key, mapper.writeValueAsString(new Order(key, options)))
                        .withIdempotencyKey(idempotencyKey));
        if (artifacts.list(group(id)).isEmpty()) {
            try {
                artifacts.store(group(id), INPUT, "text/csv", file, MOST_BYTES);
            } catch (TooLargeException e) {
                throw ProblemException.of(
                        ProblemType.TOO_LARGE,
                        "The file has more than %d MB; send it in parts".formatted(MOST_BYTES / 1_000_000));
            }
        }
        return id;
    }

    /** Whether a file has more rows than one waits for. */
    public static boolean isLong(InputStream file) throws IOException {
        try (var in = new BufferedInputStream(file, 1 << 16)) {
            var buffer = new byte[1 << 16];
            int lines = 0;
            for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    if (buffer[i] == '\n' && ++lines > MOST_ROWS_AT_ONCE + 1) {
                        return true;
                    }
                }
            }
            return false;
        }
    }
}
