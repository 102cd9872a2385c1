package org.colonnade.calculators.batch;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.colonnade.calculators.http.BatchAnswer;
import org.colonnade.identity.Visitor;
import org.colonnade.web.IdempotencyKey;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** CSV in, CSV out: at once, or as a job for those who would rather not wait. */
@RestController
@RequestMapping("/api/v1/calculators/{name}/batch")
@Tag(name = "Calculators")
class BatchApi {

    private final Batches batches;
    private final JsonMapper mapper;

    BatchApi(Batches batches, JsonMapper mapper) {
        this.batches = batches;
        this.mapper = mapper;
    }

    /** A batch that was queued. */
    @Schema(name = "BatchJob")
    record BatchJob(String id, String job) {}

    @PostMapping(
            consumes = {"text/csv", "text/plain", "application/octet-stream"},
            produces = {"text/csv", MediaType.APPLICATION_JSON_VALUE})
    @Operation(
            summary = "Computes every row of a CSV",
            description =
                    "One row out for each row in: the columns as sent, the computed ones, status and message. A bad"
                            + " row has the status error and fails no other. With the header 'Prefer: respond-async' the"
                            + " file becomes a job, whose files hold the result.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = "text/csv",
                                            examples = @ExampleObject("T_K,P_bar,mNaCl\n298.15,100,0\n"))))
    @ApiResponse(
            responseCode = "200",
            description = "The input columns, then the computed ones, then status,message",
            content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")))
    @ApiResponse(
            responseCode = "202",
            description = "Queued; Location is the job's address",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = BatchJob.class)))
    @ApiResponse(responseCode = "400", description = "The file has no usable header")
    @ApiResponse(responseCode = "413", description = "The file has too many rows")
    void compute(
            Visitor visitor,
            @PathVariable String name,
            @RequestParam(required = false) @Parameter(description = "For supcrt", example = "colonnade") @Nullable
                    String database,
            @RequestParam(required = false)
                    @Parameter(description = "For supcrt: compatible or consistent", example = "compatible")
                    @Nullable
                    String profile,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var options = options(database, profile);
        if (!prefersJob(request)) {
            var rows = batches.rows(visitor.owner(), name, options);
            BatchAnswer.write(rows, name, request.getInputStream(), response);
            return;
        }
        var id = batches.submit(visitor.owner(), name, options, request.getInputStream(), IdempotencyKey.of(request));
        String address = "/api/v1/jobs/" + id;
        response.setStatus(HttpServletResponse.SC_ACCEPTED);
        response.setHeader(HttpHeaders.LOCATION, address);
        response.setHeader("Preference-Applied", "respond-async");
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.getWriter().write(mapper.writeValueAsString(new BatchJob(id.toString(), address)));
    }

    private static Map<String, String> options(@Nullable String database, @Nullable String profile) {
        var options = new HashMap<String, String>();
        if (database != null) {
            options.put("database", database);
        }
        if (profile != null) {
            options.put("profile", profile);
        }
        return options;
    }

    private static boolean prefersJob(HttpServletRequest request) {
        String preference = request.getHeader("Prefer");
        return preference != null && preference.contains("respond-async");
    }

    @GetMapping(path = "/template", produces = "text/csv")
    @Operation(summary = "Gives a CSV to begin with")
    ResponseEntity<String> template(Visitor visitor, @PathVariable String name) {
        var batch = batches.rows(visitor.owner(), name, Map.of());
        var columns = new ArrayList<>(batch.required());
        columns.addAll(batch.optional());
        return ResponseEntity.ok()
                .header("Content-Type", "text/csv;charset=UTF-8")
                .header("Content-Disposition", "attachment; filename=\"" + name + "-template.csv\"")
                .body(String.join(",", columns) + "\r\n" + String.join(",", batch.example()) + "\r\n");
    }
}
