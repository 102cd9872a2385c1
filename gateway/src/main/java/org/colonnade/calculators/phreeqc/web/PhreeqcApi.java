package org.colonnade.calculators.phreeqc.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.colonnade.calculators.phreeqc.Database;
import org.colonnade.calculators.phreeqc.Databases;
import org.colonnade.calculators.phreeqc.Engine;
import org.colonnade.calculators.phreeqc.Engines;
import org.colonnade.calculators.phreeqc.Examples;
import org.colonnade.calculators.phreeqc.InputCheck;
import org.colonnade.calculators.phreeqc.Run;
import org.colonnade.calculators.phreeqc.Runs;
import org.colonnade.calculators.phreeqc.Submission;
import org.colonnade.identity.Visitor;
import org.colonnade.jobs.Job;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.JobState;
import org.colonnade.jobs.Jobs;
import org.colonnade.jobs.LogLine;
import org.colonnade.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Submits and follows PHREEQC runs. */
@RestController
@RequestMapping("/api/v1/calculators/phreeqc")
@Tag(name = "PHREEQC", description = "Aqueous geochemistry with PHREEQC of the U.S. Geological Survey")
class PhreeqcApi {

    private static final String KEY = "[\\x21-\\x7e]{1,200}";
    private static final String TEXT = "[^\\x00]*";

    private final Runs runs;
    private final Jobs jobs;
    private final Engines engines;
    private final Databases databases;

    PhreeqcApi(Runs runs, Jobs jobs, Engines engines, Databases databases) {
        this.runs = runs;
        this.jobs = jobs;
        this.engines = engines;
        this.databases = databases;
    }

    /** A run to submit, as JSON. */
    @Schema(name = "PhreeqcRunRequest")
    record RunRequest(
            @NotNull
            @Size(min = 1, max = 2_000_000)
            @Schema(description = "The PHREEQC input", example = "SOLUTION 1\n  pH 7\n  Ca 1\n  Cl 2\nEND\n")
            String input,

            @Size(max = 200)
            @Pattern(regexp = TEXT)
            @Schema(description = "One of the server's databases; phreeqc.dat if absent", example = "phreeqc.dat")
            @Nullable
            String database,

            @Valid @Schema(description = "A database of one's own, instead of the server's") @Nullable
            OwnDatabase ownDatabase,

            @Size(max = 100) @Schema(description = "Name of the output file", example = "output.txt") @Nullable
            String outputName,

            @Size(max = 200)
            @Schema(description = "By which you recognise the run; the input's TITLE if absent")
            @Nullable
            String title,

            @Schema(description = "Whether to send you a mail when the run ended; guests get none") @Nullable
            Boolean mail,

            @Size(max = 100)
            @Pattern(regexp = TEXT)
            @Schema(
                    description = "One of the places where the run may take place; the first of them if absent",
                    example = "local")
            @Nullable
            String place) {}

    @Schema(name = "PhreeqcOwnDatabase")
    record OwnDatabase(
            @NotNull @Size(min = 1, max = 100) @Schema(example = "mine.dat")
            String name,

            @NotNull @Size(min = 1, max = 20_000_000) String content) {}

    /** What is wrong with an input, or will probably be. */
    @Schema(name = "PhreeqcCheckRequest")
    record CheckRequest(
            @NotNull @Size(max = 2_000_000) String input,

            @Size(max = 200) @Pattern(regexp = TEXT) @Schema(example = "phreeqc.dat") @Nullable
            String database) {}

    @Schema(name = "PhreeqcCheck")
    record Check(List<InputCheck.Finding> findings) {}

    /** @param missing what is missing, and how to get it; absent if PHREEQC can run */
    @Schema(name = "PhreeqcStatus")
    record Status(
            boolean available,
            @Nullable String missing,
            @Nullable String engine) {}

    @Schema(name = "PhreeqcDatabase")
    record DatabaseView(
            @Schema(example = "phreeqc.dat") String name,

            @Schema(description = "true if an operator put it there, false if it came with the engine")
            boolean installed,

            long size,
            Instant date,
            String sha256,

            @Schema(description = "Lowest temperature of its activity model, °C") @Nullable
            Double fromCelsius,

            @Nullable Double toCelsius) {

        static DatabaseView of(Database database) {
            var range = database.temperatures();
            return new DatabaseView(
                    database.name(),
                    database.installed(),
                    database.size(),
                    database.date(),
                    database.sha256(),
                    range == null ? null : (Double) range.from(),
                    range == null ? null : (Double) range.to());
        }
    }

    @Schema(name = "PhreeqcExample")
    record ExampleView(
            @Schema(example = "calcite-co2") String name,
            String title,
            @Schema(example = "phreeqc.dat") String database,
            String sentence,
            String input) {}

    @Schema(name = "PhreeqcRunSummary")
    record Summary(
            String id,
            String title,
            JobState state,
            @Nullable String sentence,
            Instant submittedAt,
            @Nullable Instant endedAt) {

        static Summary of(Job job) {
            return new Summary(
                    job.id().toString(), job.title(), job.state(), job.sentence(), job.submittedAt(), job.endedAt());
        }
    }

    /** @param next the value of {@code before} for the next page; absent on the last one */
    @Schema(name = "PhreeqcRunPage")
    record Page(List<Summary> runs, @Nullable String next) {}

    /** @param next the value of {@code after} for the lines that follow */
    @Schema(name = "PhreeqcLog")
    record Log(List<LogLine> lines, long next) {}

    @Schema(name = "PhreeqcCancelled")
    record Cancelled(
            @Schema(description = "false if the run had ended already")
            boolean cancelled) {}

    @GetMapping
    @Operation(summary = "Says whether PHREEQC can run on this server")
    Status status() {
        Optional<String> missing = engines.missing();
        return new Status(
                missing.isEmpty(),
                missing.orElse(null),
                engines.find().map(Engine::name).orElse(null));
    }

    /** @param unavailable why nothing can run there now; absent when all is well. Runs may be submitted all the same. */
    @Schema(name = "PhreeqcPlace")
    record PlaceView(
            @Schema(example = "local") String name,
            @Schema(example = "This server") String title,
            @Nullable String unavailable) {}

    @GetMapping("/places")
    @Operation(summary = "Lists where your runs may take place, the default first")
    List<PlaceView> places(Visitor visitor) {
        return engines.places(visitor.owner()).stream()
                .map(place -> new PlaceView(place.name(), place.title(), place.unavailable()))
                .toList();
    }

    @GetMapping("/databases")
    @Operation(summary = "Lists the server's databases, the default first")
    List<DatabaseView> databases() {
        return databases.list().stream().map(DatabaseView::of).toList();
    }

    @GetMapping("/examples")
    @Operation(summary = "Lists inputs to begin with")
    List<ExampleView> examples() {
        return Examples.ALL.stream()
                .map(example -> new ExampleView(
                        example.name(), example.title(), example.database(), example.sentence(), example.input()))
                .toList();
    }

    @PostMapping("/check")
    @Operation(
            summary = "Reads an input without running it",
            description = "Tells with line numbers what this server refuses, and which temperatures lie outside the"
                    + " database's range.")
    Check check(@Valid @RequestBody CheckRequest request) {
        String name = request.database();
        Database database = name == null || name.isBlank()
                ? null
                : databases
                        .find(name)
                        .orElseThrow(() -> ProblemException.invalid(
                                "database", "is not a database of this server: '" + name + "'"));
        return new Check(InputCheck.check(request.input(), database));
    }

    @PostMapping(path = "/runs", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Submits a run",
            description = "The run is queued; follow it under the address in Location. With the same Idempotency-Key"
                    + " the same run is answered again.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = RunRequest.class),
                                            examples = @ExampleObject("{\"input\":\"SOLUTION 1\\n"
                                                            + "  pH 7\\n"
                                                            + "END\\n"
                                                            + "\",\"database\":\"phreeqc.dat\"}"))))
    @ApiResponse(responseCode = "202", description = "Queued")
    @ApiResponse(responseCode = "400", description = "The input is refused, with line numbers")
    @ApiResponse(responseCode = "409", description = "The Idempotency-Key was used with another input")
    @ApiResponse(responseCode = "413", description = "The input or the database is too large")
    @ApiResponse(responseCode = "429", description = "Too many runs of yours wait already")
    @ApiResponse(responseCode = "503", description = "PHREEQC is not installed on this server")
    ResponseEntity<RunView> submit(
            Visitor visitor,
            @Valid @RequestBody RunRequest request,
            @RequestHeader(name = "Idempotency-Key", required = false)
                    @Pattern(regexp = KEY)
                    @Parameter(example = "my-run-1")
                    @Nullable
                    String key) {
        OwnDatabase own = request.ownDatabase();
        return accepted(
                visitor,
                runs.submit(
                        visitor.owner(),
                        new Submission(
                                request.input().getBytes(StandardCharsets.UTF_8),
                                request.database(),
                                own == null
                                        ? null
                                        : new Submission.OwnDatabase(
                                                own.name(), own.content().getBytes(StandardCharsets.UTF_8)),
                                blankToNull(request.outputName()),
                                request.title(),
                                key,
                                Boolean.TRUE.equals(request.mail()),
                                request.place())));
    }

    @PostMapping(path = "/runs", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(summary = "Submits a run with files")
    @ApiResponse(responseCode = "202", description = "Queued")
    ResponseEntity<RunView> submit(
            Visitor visitor,
            @RequestPart("input") @Parameter(description = "The PHREEQC input") MultipartFile input,
            @RequestPart(name = "databaseFile", required = false)
                    @Parameter(description = "A database of one's own")
                    @Nullable
                    MultipartFile databaseFile,
            @RequestPart(name = "database", required = false) @Size(max = 200) @Nullable String database,
            @RequestPart(name = "outputName", required = false) @Size(max = 100) @Nullable String outputName,
            @RequestPart(name = "title", required = false) @Size(max = 200) @Nullable String title,
            @RequestPart(name = "mail", required = false) @Pattern(regexp = "true|false") @Nullable String mail,
            @RequestPart(name = "place", required = false) @Size(max = 100) @Nullable String place,
            @RequestHeader(name = "Idempotency-Key", required = false) @Pattern(regexp = KEY) @Nullable String key)
            throws IOException {
        Submission.OwnDatabase own = databaseFile == null || databaseFile.isEmpty()
                ? null
                : new Submission.OwnDatabase(
                        Optional.ofNullable(databaseFile.getOriginalFilename()).orElse(""), databaseFile.getBytes());
        return accepted(
                visitor,
                runs.submit(
                        visitor.owner(),
                        new Submission(
                                input.getBytes(),
                                database,
                                own,
                                blankToNull(outputName),
                                title,
                                key,
                                "true".equals(mail),
                                place)));
    }

    @GetMapping("/runs")
    @Operation(summary = "Lists your runs, newest first")
    Page list(
            Visitor visitor,
            @RequestParam(required = false) @Parameter(description = "next of the page before") @Nullable String before,
            @RequestParam(defaultValue = "50") @Min(1) @Max(500) int limit) {
        List<Job> found = runs.list(visitor.owner(), before == null ? null : id(before), limit + 1);
        List<Job> page = found.subList(0, Math.min(limit, found.size()));
        return new Page(
                page.stream().map(Summary::of).toList(),
                found.size() > limit ? page.getLast().id().toString() : null);
    }

    @GetMapping("/runs/{id}")
    @Operation(summary = "Shows a run")
    @ApiResponse(responseCode = "200", description = "The run")
    @ApiResponse(responseCode = "404", description = "There is no such run of yours")
    RunView get(Visitor visitor, @PathVariable String id) {
        return RunView.of(runs.get(visitor.owner(), id), runs);
    }

    @GetMapping("/runs/{id}/log")
    @Operation(summary = "Shows the lines of a run's log that follow a number")
    Log log(
            Visitor visitor,
            @PathVariable String id,
            @RequestParam(defaultValue = "0") @Min(0) long after,
            @RequestParam(defaultValue = "500") @Min(1) @Max(5000) int limit) {
        Run run = runs.get(visitor.owner(), id);
        List<LogLine> lines = jobs.log(run.job().id(), after, limit);
        return new Log(lines, lines.isEmpty() ? after : lines.getLast().sequence());
    }

    @PostMapping("/runs/{id}/cancel")
    @Operation(summary = "Asks a run to end", description = "A queued run ends at once, a running one within seconds.")
    Cancelled cancel(Visitor visitor, @PathVariable String id) {
        return new Cancelled(runs.cancel(visitor.owner(), id));
    }

    @PostMapping("/runs/{id}/rerun")
    @Operation(summary = "Submits the same input and database again")
    @ApiResponse(responseCode = "202", description = "Queued")
    @ApiResponse(responseCode = "410", description = "The input of that run is no longer kept")
    ResponseEntity<RunView> rerun(
            Visitor visitor,
            @PathVariable String id,
            @RequestHeader(name = "Idempotency-Key", required = false) @Pattern(regexp = KEY) @Nullable String key) {
        return accepted(visitor, runs.rerun(visitor.owner(), id, key));
    }

    private ResponseEntity<RunView> accepted(Visitor visitor, JobId id) {
        Run run = runs.get(visitor.owner(), id.toString());
        return ResponseEntity.accepted()
                .location(URI.create(RunView.path(id.toString())))
                .body(RunView.of(run, runs));
    }

    private static JobId id(String text) {
        try {
            return JobId.parse(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("before", "is not the id of a run");
        }
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
