package org.colonnade.calculators.phreeqc.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.colonnade.calculators.phreeqc.Run;
import org.colonnade.calculators.phreeqc.Runs;
import org.colonnade.calculators.phreeqc.SelectedOutput;
import org.colonnade.identity.Visitor;
import org.colonnade.storage.Artifact;
import org.colonnade.storage.Downloads;
import org.colonnade.storage.FileHeaders;
import org.colonnade.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What PHREEQC runs leave: files, tables, archives. */
@RestController
@RequestMapping("/api/v1/calculators/phreeqc/runs/{id}")
@Tag(name = "PHREEQC")
class PhreeqcFilesApi {

    private static final int MOST_ROWS = 100_000;

    private final Runs runs;
    private final Downloads downloads;

    PhreeqcFilesApi(Runs runs, Downloads downloads) {
        this.runs = runs;
        this.downloads = downloads;
    }

    @Schema(name = "PhreeqcTableSummary")
    record TableSummary(@Schema(example = "calcite.sel") String name, List<Column> columns, int rows, String href) {}

    @Schema(name = "PhreeqcColumn")
    record Column(
            @Schema(example = "pH") String name,
            @Schema(example = "number") String type) {}

    /** @param rows numbers as numbers, text as text, empty cells as null */
    @Schema(name = "PhreeqcTable")
    record Table(
            String name,
            List<Column> columns,
            List<List<@Nullable Object>> rows,

            @Schema(description = "false if there are more rows than asked for")
            boolean complete) {}

    @GetMapping("/output")
    @Operation(
            summary = "Sends the output file",
            description = "Also of a run that failed. One Range is answered with 206.")
    @ApiResponse(
            responseCode = "200",
            description = "The output",
            content = @Content(mediaType = "text/plain", schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "206", description = "A part of it", content = @Content(mediaType = "text/plain"))
    @ApiResponse(responseCode = "416", description = "The file ends before that place", content = @Content)
    void output(Visitor visitor, @PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Run run = runs.get(visitor.owner(), id);
        downloads.show(downloads.file(present(run.output(), run)), request, response);
    }

    @GetMapping("/input")
    @Operation(summary = "Sends the input")
    @ApiResponse(
            responseCode = "200",
            description = "The input",
            content = @Content(mediaType = "text/plain", schema = @Schema(type = "string")))
    void input(Visitor visitor, @PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Run run = runs.get(visitor.owner(), id);
        downloads.show(downloads.file(present(run.input(), run)), request, response);
    }

    @GetMapping("/files/{name}")
    @Operation(summary = "Sends one of the run's files")
    @ApiResponse(
            responseCode = "200",
            description = "The file",
            content = @Content(mediaType = "text/plain", schema = @Schema(type = "string")))
    void file(
            Visitor visitor,
            @PathVariable String id,
            @PathVariable @Parameter(example = "calcite.sel") String name,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Run run = runs.get(visitor.owner(), id);
        downloads.attach(downloads.file(present(run.file(name), run)), request, response);
    }

    @GetMapping("/zip")
    @Operation(summary = "Sends the input and everything the run left as one zip, resumable at any byte")
    @ApiResponse(
            responseCode = "200",
            description = "The archive",
            content = @Content(mediaType = "application/zip", schema = @Schema(type = "string", format = "binary")))
    void zip(Visitor visitor, @PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Run run = runs.get(visitor.owner(), id);
        List<Artifact> all = new ArrayList<>();
        if (run.input() != null) {
            all.add(run.input());
        }
        if (run.ownDatabase() != null) {
            all.add(run.ownDatabase());
        }
        all.addAll(run.files());
        downloads.attach(downloads.archiveOf("phreeqc-" + id + ".zip", all), request, response);
    }

    @GetMapping("/tables")
    @Operation(summary = "Lists the tables of the run's selected output")
    List<TableSummary> tables(Visitor visitor, @PathVariable String id) {
        Run run = runs.get(visitor.owner(), id);
        return runs.tables(run, MOST_ROWS).stream()
                .map(table -> new TableSummary(
                        table.name(),
                        columns(table),
                        table.rows().size(),
                        RunView.path(id) + "/tables/" + RunView.encoded(table.name())))
                .toList();
    }

    @GetMapping(path = "/tables/{name}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Shows a table of selected output; as text/csv for a spreadsheet")
    Table table(
            Visitor visitor,
            @PathVariable String id,
            @PathVariable String name,
            @RequestParam(defaultValue = "10000") @Min(1) @Max(MOST_ROWS) int limit) {
        SelectedOutput table = find(visitor, id, name, limit);
        List<Column> columns = columns(table);
        return new Table(
                table.name(),
                columns,
                IntStream.range(0, table.rows().size())
                        .mapToObj(row -> cells(table, columns, row))
                        .toList(),
                table.complete());
    }

    @GetMapping(path = "/tables/{name}", params = "format=csv", produces = "text/csv")
    @Operation(hidden = true)
    ResponseEntity<String> download(
            Visitor visitor,
            @PathVariable String id,
            @PathVariable String name,
            @RequestParam(defaultValue = "100000") @Min(1) @Max(MOST_ROWS) int limit) {
        return csv(visitor, id, name, limit);
    }

    @GetMapping(path = "/tables/{name}", produces = "text/csv")
    ResponseEntity<String> csv(
            Visitor visitor,
            @PathVariable String id,
            @PathVariable String name,
            @RequestParam(defaultValue = "100000") @Min(1) @Max(MOST_ROWS) int limit) {
        SelectedOutput table = find(visitor, id, name, limit);
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        FileHeaders.disposition("attachment", table.name().replaceFirst("\\.[^.]*$", "") + ".csv"))
                .body(table.csv());
    }

    private SelectedOutput find(Visitor visitor, String id, String name, int rows) {
        return runs.tables(runs.get(visitor.owner(), id), rows).stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("This run has no table of that name"));
    }

    private static List<Column> columns(SelectedOutput table) {
        return IntStream.range(0, table.headings().size())
                .mapToObj(
                        column -> new Column(table.headings().get(column), table.isNumeric(column) ? "number" : "text"))
                .toList();
    }

    private static List<@Nullable Object> cells(SelectedOutput table, List<Column> columns, int row) {
        List<@Nullable Object> cells = new ArrayList<>();
        for (int column = 0; column < columns.size(); column++) {
            String text = table.text(row, column);
            cells.add(
                    columns.get(column).type().equals("number")
                            ? table.number(row, column)
                            : text.isEmpty() ? null : text);
        }
        return cells;
    }

    private static Artifact present(@Nullable Artifact file, Run run) {
        if (file == null) {
            throw ProblemException.notFound(
                    run.job().state().isFinal()
                            ? "This run left no such file"
                            : "The run has not ended yet; its files come with its end");
        }
        return file;
    }
}
