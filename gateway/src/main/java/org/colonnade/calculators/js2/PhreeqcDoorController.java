package org.colonnade.calculators.js2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.colonnade.calculators.phreeqc.Databases;
import org.colonnade.calculators.phreeqc.Run;
import org.colonnade.calculators.phreeqc.Runs;
import org.colonnade.calculators.phreeqc.Submission;
import org.colonnade.identity.Visitor;
import org.colonnade.jobs.Job;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.JobState;
import org.colonnade.storage.Artifact;
import org.colonnade.storage.Artifacts;
import org.colonnade.storage.Downloads;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Translates the js2 gateway's four PHREEQC calls. */
@RestController
@RequestMapping("/api/phreeqc")
@Hidden
class PhreeqcDoorController {

    /** Of a longer output only so many bytes are looked at, and so many characters answered. */
    private static final int MOST_OUTPUT = 512_000;

    private final Runs runs;
    private final Databases databases;
    private final Artifacts artifacts;
    private final Downloads downloads;

    PhreeqcDoorController(Runs runs, Databases databases, Artifacts artifacts, Downloads downloads) {
        this.runs = runs;
        this.databases = databases;
        this.artifacts = artifacts;
        this.downloads = downloads;
    }

    record Data<T>(T data) {}

    record Submitted(@JsonProperty("experiment_id") String experimentId, String status) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StatusAnswer(
            String status,
            String message,
            @Nullable String timestamp,
            @JsonProperty("experiment_id") String experimentId) {}

    record NotYet(@JsonProperty("experiment_id") String experimentId, String status, String message) {}

    record Result(
            String results,
            @JsonProperty("experiment_id") String experimentId,
            String status,
            boolean truncated,
            @JsonProperty("file_size_bytes") long fileSizeBytes) {}

    private static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int status;

        Refused(int status, String message) {
            super(message, null, false, false);
            this.status = status;
        }
    }

    @PostMapping
    ResponseEntity<?> submit(
            Visitor visitor,
            @RequestParam(name = "inputFile", required = false) @Nullable MultipartFile inputFile,
            @RequestParam(name = "outputFileName", required = false) @Nullable String outputFileName,
            @RequestParam(name = "customDataFile", required = false) @Nullable MultipartFile customDataFile,
            @RequestParam(name = "dataFileChoice", required = false) @Nullable String dataFileChoice)
            throws IOException {
        List<Map<String, Object>> missing = new ArrayList<>();
        if (inputFile == null) {
            missing.add(missing("inputFile"));
        }
        if (outputFileName == null) {
            missing.add(missing("outputFileName"));
        }
        if (!missing.isEmpty()) {
            return ResponseEntity.unprocessableContent().body(Map.of("detail", missing));
        }
        Submission.OwnDatabase own = customDataFile == null || customDataFile.isEmpty()
                ? null
                : new Submission.OwnDatabase(
                        Js2Names.clean(Objects.requireNonNullElse(customDataFile.getOriginalFilename(), "")),
                        customDataFile.getBytes());
        if (own == null) {
            requireDatabase(dataFileChoice);
        }
        JobId id = runs.submit(
                visitor.owner(),
                new Submission(
                        Objects.requireNonNull(inputFile).getBytes(),
                        own == null ? dataFileChoice : null,
                        own,
                        Js2Names.clean(Objects.requireNonNull(outputFileName)),
                        inputFile.getOriginalFilename(),
                        null));
        return ResponseEntity.ok(new Data<>(new Submitted(id.toString(), "submitted")));
    }

    private void requireDatabase(@Nullable String choice) {
        if (choice != null && databases.find(choice).isPresent()) {
            return;
        }
        if (choice != null && Js2Names.DATABASES.contains(choice)) {
            throw new Refused(500, "The database '" + choice + "' is not installed on this server");
        }
        throw new Refused(400, "'" + (choice == null ? "None" : choice) + "' is not a supported database file!");
    }

    private static Map<String, Object> missing(String field) {
        return Map.of("type", "missing", "loc", List.of("body", field), "msg", "Field required");
    }

    @GetMapping("/status/{id}")
    Data<StatusAnswer> status(Visitor visitor, @PathVariable String id) {
        return new Data<>(runs.find(visitor.owner(), id)
                .map(run -> new StatusAnswer(status(run.job()), message(run.job()), timestamp(run.job()), id))
                .orElseGet(() -> new StatusAnswer("not_found", "Experiment not found", null, id)));
    }

    private static String status(Job job) {
        return switch (job.state()) {
            case QUEUED -> "starting";
            case RUNNING, WAITING -> "running";
            case COMPLETED -> "completed";
            case FAILED, CANCELLED -> "error";
            case TIMED_OUT -> "timeout";
        };
    }

    private static String message(Job job) {
        return switch (job.state()) {
            case QUEUED -> "Process is starting";
            case RUNNING, WAITING -> "Process is running";
            case COMPLETED -> "Process completed successfully";
            case FAILED -> "Process failed with error: " + Objects.requireNonNullElse(job.sentence(), "unknown");
            case CANCELLED -> "Process error: cancelled by its owner";
            case TIMED_OUT -> "Process timed out after 20 minutes";
        };
    }

    /** Local time without a zone, as that gateway writes it. */
    private static String timestamp(Job job) {
        Instant last =
                job.endedAt() != null ? job.endedAt() : job.startedAt() != null ? job.startedAt() : job.submittedAt();
        return LocalDateTime.ofInstant(last, ZoneId.systemDefault()).toString();
    }

    @GetMapping("/result/{id}")
    Data<?> result(Visitor visitor, @PathVariable String id) {
        Optional<Run> found = runs.find(visitor.owner(), id);
        if (found.isEmpty() || found.get().job().state() != JobState.COMPLETED) {
            String status = found.map(run -> status(run.job())).orElse("not_found");
            return new Data<>(new NotYet(id, status, "Job is not yet completed"));
        }
        Artifact output = found.get().output();
        if (output == null) {
            throw new Refused(404, "No output files found");
        }
        return new Data<>(read(output, id));
    }

    private Result read(Artifact output, String id) {
        boolean truncated = output.size() > MOST_OUTPUT;
        // A character takes at most four bytes, so these hold enough of them.
        int most = (int) Math.min(output.size(), 4L * MOST_OUTPUT);
        try (InputStream content = artifacts.open(output, 0)) {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.IGNORE)
                    .onUnmappableCharacter(CodingErrorAction.IGNORE)
                    .decode(ByteBuffer.wrap(content.readNBytes(most)))
                    .toString();
            return new Result(
                    truncated ? firstCharacters(text) + note(output.size()) : text,
                    id,
                    "completed",
                    truncated,
                    output.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String firstCharacters(String text) {
        return text.codePointCount(0, text.length()) <= MOST_OUTPUT
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MOST_OUTPUT));
    }

    private static String note(long bytes) {
        return String.format(
                Locale.ROOT,
                "\n\n[...Output truncated. File is %.2f MB. Use the Download button to get the full file.]",
                bytes / 1024.0 / 1024.0);
    }

    /** Unlike the original also for a run that failed. */
    @GetMapping("/download/{id}")
    void download(Visitor visitor, @PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Run run = runs.find(visitor.owner(), id)
                .filter(candidate -> !candidate.files().isEmpty())
                .orElseThrow(() -> new Refused(404, "Experiment files not found!"));
        List<Artifact> members = new ArrayList<>(run.tables());
        if (run.output() != null) {
            members.add(run.output());
        }
        downloads.attach(downloads.archiveOf(run.outputName() + ".zip", members), request, response);
    }

    @ExceptionHandler
    ResponseEntity<Js2Error> refused(Refused refusal) {
        return ResponseEntity.status(HttpStatus.valueOf(refusal.status))
                .body(new Js2Error(refusal.status, String.valueOf(refusal.getMessage())));
    }
}
