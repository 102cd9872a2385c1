package org.colonnade.calculators.http;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** CSV in, CSV out. */
@RestController
@RequestMapping("/api/v1/calculators/{name}/batch")
@Tag(name = "Calculators")
class BatchApi {

    private final Catalogue catalogue;

    BatchApi(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @PostMapping(
            consumes = {"text/csv", "text/plain", "application/octet-stream"},
            produces = "text/csv")
    @Operation(
            summary = "Computes every row of a CSV",
            description =
                    "One row out for each row in: the columns as sent, the computed ones, status and message. A bad"
                            + " row has the status error and fails no other.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = "text/csv",
                                            examples = @ExampleObject("T_K,P_bar,mNaCl\n298.15,100,0\n"))))
    @ApiResponse(
            responseCode = "200",
            description = "The columns as sent, the computed ones, status and message",
            content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "400", description = "The file has no usable header")
    @ApiResponse(responseCode = "413", description = "The file has too many rows")
    void compute(@PathVariable String name, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        BatchAnswer.write(catalogue.get(name), request.getInputStream(), response);
    }

    @GetMapping(path = "/template", produces = "text/csv")
    @Operation(summary = "Gives a CSV to begin with")
    ResponseEntity<String> template(@PathVariable String name) {
        var batch = catalogue.get(name).batch();
        var columns = new ArrayList<>(batch.required());
        columns.addAll(batch.optional());
        return ResponseEntity.ok()
                .header("Content-Type", BatchAnswer.CSV)
                .header("Content-Disposition", "attachment; filename=\"" + name + "-template.csv\"")
                .body(String.join(",", columns) + "\r\n" + String.join(",", batch.example()) + "\r\n");
    }
}
