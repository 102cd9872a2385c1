package org.colonnade.calculators.http;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.colonnade.calculators.description.Calculator;
import org.colonnade.calculators.description.Input;
import org.colonnade.calculators.description.Sweep;
import org.colonnade.calculators.description.Values;
import org.colonnade.geochemistry.InputException;
import org.colonnade.geochemistry.Reference;
import org.colonnade.web.ProblemException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Points and sweeps of every calculator that describes itself. */
@RestController
@RequestMapping("/api/v1/calculators")
@Tag(name = "Calculators", description = "Solubilities, rates and thermodynamics, each number with its source")
class CalculatorApi {

    private final Catalogue catalogue;

    CalculatorApi(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * @param inputs a number or text for an input that is fixed; {@code 1:200:1} or a list for one that varies
     */
    @Schema(name = "CalculatorSweepRequest")
    record SweepRequest(
            @NotNull @Schema(example = "{\"T_K\": 298.15, \"P_bar\": \"1:200:1\", \"mNaCl\": [0, 1, 2]}")
            Map<String, Object> inputs) {}

    @GetMapping
    @Operation(summary = "Lists the calculators with their inputs and outputs")
    List<Views.Description> list() {
        return catalogue.all().stream().map(Views.Description::of).toList();
    }

    @GetMapping("/{name}/description")
    @Operation(summary = "Describes a calculator")
    Views.Description describe(@PathVariable String name) {
        return Views.Description.of(catalogue.get(name));
    }

    @GetMapping("/{name}")
    @Operation(
            summary = "Computes one point",
            description = "The inputs are query parameters, named as in the description of the calculator.")
    @ApiResponse(responseCode = "200", description = "The result")
    @ApiResponse(responseCode = "400", description = "An input is missing or outside the range of the model")
    Views.Point point(
            @PathVariable String name,
            @RequestParam @Parameter(example = "{\"T_K\": \"298.15\", \"P_bar\": \"100\", \"mNaCl\": \"0\"}")
                    Map<String, String> inputs) {
        var calculator = catalogue.get(name);
        try {
            var values = new Values(calculator.inputs(), inputs);
            return Views.Point.of(calculator, values, calculator.compute(values));
        } catch (InputException e) {
            throw invalid(e);
        }
    }

    @PostMapping(path = "/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Computes a sweep or a grid",
            description =
                    "One or two inputs may vary, at most 10,000 points. A point that cannot be computed is null and"
                            + " named among the errors.")
    @ApiResponse(responseCode = "200", description = "The results")
    @ApiResponse(responseCode = "400", description = "The request is no sweep")
    Views.Grid sweep(@PathVariable String name, @Valid @RequestBody SweepRequest request) {
        var calculator = catalogue.get(name);
        try {
            var fixed = new HashMap<String, String>();
            var variables = variables(calculator, request.inputs(), fixed);
            new Values(calculator.inputs(), fixed);
            return Views.Grid.of(calculator, fixed, Sweep.of(calculator, fixed, variables));
        } catch (InputException e) {
            throw invalid(e);
        }
    }

    private static List<Sweep.Variable> variables(
            Calculator calculator, Map<String, Object> given, Map<String, String> fixed) {
        var variables = new ArrayList<Sweep.Variable>();
        var rest = new HashMap<>(given);
        for (Input input : calculator.inputs()) {
            Object value = rest.remove(input.name());
            if (value instanceof List<?> list) {
                variables.add(new Sweep.Variable(
                        input, list.stream().map(String::valueOf).toList()));
            } else if (value instanceof String text && !input.isChoice() && text.contains(":")) {
                variables.add(new Sweep.Variable(input, Sweep.values(input, text)));
            } else if (value != null) {
                fixed.put(input.name(), value.toString());
            }
        }
        // What is left is no input; Values says so.
        rest.forEach((name, value) -> fixed.put(name, String.valueOf(value)));
        return variables;
    }

    @GetMapping("/{name}/citations")
    @Operation(
            summary = "Gives the references that a point uses",
            description = "With the inputs of the point as query parameters; format is text, bibtex or ris.")
    ResponseEntity<String> citations(
            @PathVariable String name,
            @RequestParam(defaultValue = "text") @Parameter(example = "bibtex") String format,
            @RequestParam Map<String, String> inputs) {
        var calculator = catalogue.get(name);
        var given = new HashMap<>(inputs);
        given.remove("format");
        try {
            var references =
                    calculator.compute(new Values(calculator.inputs(), given)).references();
            return citations(references, format);
        } catch (InputException e) {
            throw invalid(e);
        }
    }

    /** References as a file; an unknown format is the caller's mistake. */
    static ResponseEntity<String> citations(List<Reference> references, String format) {
        return switch (format) {
            case "bibtex" ->
                citationFile(
                        references.stream().map(Reference::bibtex).collect(Collectors.joining("\n")),
                        "application/x-bibtex",
                        "bib");
            case "ris" ->
                citationFile(
                        references.stream().map(Reference::ris).collect(Collectors.joining()),
                        "application/x-research-info-systems",
                        "ris");
            case "text" ->
                citationFile(
                        references.stream().map(Reference::text).collect(Collectors.joining("\n", "", "\n")),
                        "text/plain",
                        "txt");
            default -> throw ProblemException.invalid("format", "is none of text, bibtex, ris");
        };
    }

    private static ResponseEntity<String> citationFile(String text, String type, String ending) {
        return ResponseEntity.ok()
                .header("Content-Type", type + ";charset=UTF-8")
                .header("Content-Disposition", "attachment; filename=\"citations." + ending + "\"")
                .body(text);
    }

    /** The library's sentences begin with the name of the input, as a problem's detail does. */
    static ProblemException invalid(InputException e) {
        String message = String.valueOf(e.getMessage());
        return ProblemException.invalid(
                e.input(),
                message.startsWith(e.input() + " ")
                        ? message.substring(e.input().length() + 1)
                        : message);
    }
}
