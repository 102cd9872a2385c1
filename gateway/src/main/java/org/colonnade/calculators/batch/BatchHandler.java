package org.colonnade.calculators.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.colonnade.calculators.http.BatchAnswer;
import org.colonnade.jobs.JobContext;
import org.colonnade.jobs.JobHandler;
import org.colonnade.jobs.JobKind;
import org.colonnade.jobs.Outcome;
import org.colonnade.storage.Artifact;
import org.colonnade.storage.Artifacts;
import org.colonnade.web.ProblemException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Computes a long file row by row. A try that was cut short begins again: rows have no effect but their answer. */
@Component
class BatchHandler implements JobHandler {

    private final Batches batches;
    private final Artifacts artifacts;
    private final JsonMapper mapper;

    BatchHandler(Batches batches, Artifacts artifacts, JsonMapper mapper) {
        this.batches = batches;
        this.artifacts = artifacts;
        this.mapper = mapper;
    }

    @Override
    public JobKind kind() {
        int cores = Runtime.getRuntime().availableProcessors();
        return new JobKind(Batches.KIND, 3, cores, 2, 100, Duration.ofDays(1), Duration.ofDays(30));
    }

    /** @param rows how many were computed, the wrong ones among them */
    record Result(int rows, String file) {}

    @Override
    public Outcome run(JobContext context) throws Exception {
        var order = mapper.readValue(context.job().input(), Batches.Order.class);
        var group = Batches.group(context.job().id());
        var input = artifacts.list(group).stream()
                .filter(file -> file.name().equals(Batches.INPUT))
                .findFirst();
        if (input.isEmpty()) {
            return Outcome.failed("The file is gone; upload it again on the page of the calculator");
        }
        Path answer = Files.createTempFile("batch-", ".csv");
        try {
            int rows = compute(context, order, input.get(), answer);
            String name = order.calculator() + "-batch.csv";
            if (artifacts.list(group).stream().noneMatch(file -> file.name().equals(name))) {
                try (var content = Files.newInputStream(answer)) {
                    artifacts.store(group, name, "text/csv", content, Long.MAX_VALUE);
                }
            }
            return Outcome.completed(mapper.writeValueAsString(new Result(rows, name)));
        } catch (ProblemException e) {
            return Outcome.failed(e.detail());
        } finally {
            Files.deleteIfExists(answer);
        }
    }

    /** Stops a batch between two rows. */
    private static final class Stopped extends RuntimeException {

        private static final long serialVersionUID = 1L;
        private final transient InterruptedException cause;

        Stopped(InterruptedException cause) {
            super(cause);
            this.cause = cause;
        }
    }

    private int compute(JobContext context, Batches.Order order, Artifact input, Path answer)
            throws IOException, InterruptedException {
        var rows = batches.rows(context.job().owner(), order.calculator(), order.options());
        var counted = new Counted(artifacts.open(input, 0));
        try (counted;
                var writer = Files.newBufferedWriter(answer, StandardCharsets.UTF_8)) {
            return BatchAnswer.write(rows, counted, writer, done -> {
                try {
                    context.progress(
                            Math.min(0.99, counted.count() / (double) Math.max(1, input.size())),
                            "%d rows computed".formatted(done));
                } catch (InterruptedException e) {
                    throw new Stopped(e);
                }
            });
        } catch (Stopped e) {
            throw e.cause;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
