package org.colonnade.calculators.phreeqc.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.colonnade.calculators.phreeqc.Run;
import org.colonnade.calculators.phreeqc.RunFiles;
import org.colonnade.calculators.phreeqc.Runs;
import org.colonnade.jobs.Job;
import org.colonnade.jobs.JobState;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/** A run as the API shows it. */
@Schema(name = "PhreeqcRun")
record RunView(
        @Schema(example = "7b8f3f60-6a5e-4c7e-9d0b-1b8f0e2a4c11")
        String id,

        String title,
        JobState state,

        @Schema(description = "What is going on, or why it failed: the first ERROR line of PHREEQC") @Nullable
        String sentence,

        @Schema(description = "Progress from 0 to 1; absent while unknown") @Nullable
        Double fraction,

        int attempt,
        Instant submittedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        DatabaseUsed database,
        @Schema(example = "output.txt") String outputName,

        @Schema(description = "Where it runs; absent if that was left open", example = "local") @Nullable
        String place,

        @Schema(description = "What PHREEQC warned of: a misspelt keyword is only a warning")
        List<String> warnings,

        List<String> errors,

        @Schema(description = "Everything the run left, also one that failed")
        List<FileView> files) {

    /** The numbers of two runs are comparable only if this digest is the same. */
    @Schema(name = "PhreeqcDatabaseUsed")
    record DatabaseUsed(
            @Schema(example = "phreeqc.dat") String name,
            String sha256,

            @Schema(description = "Last change of the server's file; absent for a database of one's own") @Nullable
            String date) {}

    @Schema(name = "PhreeqcRunFile")
    record FileView(@Schema(example = "calcite.sel") String name, long size, String sha256, String href) {}

    private static final int MOST_LINES = 200;

    static String path(String id) {
        return "/api/v1/calculators/phreeqc/runs/" + id;
    }

    static RunView of(Run run, Runs runs) {
        Job job = run.job();
        String id = job.id().toString();
        return new RunView(
                id,
                job.title(),
                job.state(),
                job.sentence(),
                job.fraction(),
                job.attempt(),
                job.submittedAt(),
                job.startedAt(),
                job.endedAt(),
                new DatabaseUsed(run.database(), run.databaseSha256(), run.databaseDate()),
                run.outputName(),
                run.place(),
                runs.lines(run.file(RunFiles.WARNINGS), MOST_LINES),
                runs.lines(run.file(RunFiles.ERRORS), MOST_LINES),
                run.files().stream()
                        .map(file -> new FileView(
                                file.name(), file.size(), file.sha256(), path(id) + "/files/" + encoded(file.name())))
                        .toList());
    }

    static String encoded(String name) {
        return UriUtils.encodePathSegment(name, StandardCharsets.UTF_8);
    }
}
