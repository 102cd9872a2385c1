package org.colonnade.calculators.supcrt;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.util.List;
import org.colonnade.geochemistry.supcrt.Conditions;
import org.colonnade.geochemistry.supcrt.Evaluation;
import org.colonnade.geochemistry.supcrt.Grid;
import org.colonnade.geochemistry.supcrt.LogKFit;
import org.colonnade.geochemistry.supcrt.Profile;
import org.colonnade.geochemistry.supcrt.Range;
import org.colonnade.geochemistry.supcrt.ReactionParser;
import org.colonnade.geochemistry.supcrt.files.TableFile;
import org.colonnade.identity.Visitor;
import org.colonnade.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Standard properties of reactions: points, grids, batches, PHREEQC lines, databases and their species. */
@RestController
@RequestMapping("/api/v1/calculators/supcrt")
@Tag(name = "SUPCRT")
class SupcrtApi {

    private final SupcrtService service;
    private final SupcrtDatabases databases;

    private final OriginalFiles originals;

    SupcrtApi(SupcrtService service, SupcrtDatabases databases, OriginalFiles originals) {
        this.service = service;
        this.databases = databases;
        this.originals = originals;
    }

    @GetMapping
    @Operation(
            summary = "Computes a reaction at one state",
            description = "Temperature with a pressure, with a density of water, or alone for saturated liquid water.")
    SupcrtAnswers.Point point(
            Visitor visitor,
            @RequestParam @Parameter(example = "-1 QUARTZ; 1 SiO2,aq") String reaction,
            @RequestParam("T_C") @Parameter(example = "300") double celsius,
            @RequestParam(name = "P_bar", required = false) @Parameter(example = "1000") @Nullable Double bar,
            @RequestParam(name = "rho_gcc", required = false) @Nullable Double density,
            @RequestParam(required = false) @Parameter(example = "colonnade") @Nullable String database,
            @RequestParam(required = false) @Parameter(example = "compatible") @Nullable String profile,
            @RequestParam(defaultValue = "false") boolean allowUnbalanced) {
        var data = service.database(visitor.owner(), database);
        var parsed = SupcrtService.reaction(new ReactionParser(data), "Reaction", reaction, allowUnbalanced);
        var wanted = SupcrtService.profile(profile);
        var at = SupcrtStates.one(celsius, bar, density, parsed.needsWater());
        return SupcrtAnswers.point(data.name(), new Evaluation(at, wanted).table(parsed));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Computes reactions over a grid of states, along the saturation line, or their univariant curves",
            description = "Water is computed once for all reactions. Values that do not exist are null; flag says why.")
    SupcrtAnswers.Grid grid(Visitor visitor, @RequestBody GridRequest request) {
        return SupcrtAnswers.grid(service.run(visitor.owner(), request), SupcrtService.profile(request.profile()));
    }

    @GetMapping("/complete")
    @Operation(summary = "Balances a reaction with H2O, H+ and e-, and says what is missing")
    SupcrtAnswers.Balanced complete(
            Visitor visitor,
            @RequestParam @Parameter(example = "-2 MAGNETITE; 3 HEMATITE") String reaction,
            @RequestParam(required = false) @Nullable String database) {
        var data = service.database(visitor.owner(), database);
        var parsed = SupcrtService.reaction(new ReactionParser(data), "Reaction", reaction, true);
        var completion = parsed.complete(data);
        return new SupcrtAnswers.Balanced(
                parsed.text(),
                parsed.balance().isBalanced(),
                parsed.balance().elements(),
                parsed.balance().charge(),
                parsed.balance().describe(),
                completion.remaining().isBalanced() ? completion.reaction().text() : null);
    }

    @GetMapping(path = "/phreeqc", produces = MediaType.TEXT_PLAIN_VALUE)
    @Operation(summary = "Writes a reaction as lines of a PHREEQC database, fitted along the saturation line")
    String phreeqc(
            Visitor visitor,
            @RequestParam @Parameter(example = "-1 QUARTZ; 1 SiO2,aq") String reaction,
            @RequestParam(defaultValue = "300") @Parameter(description = "highest temperature, °C") double to,
            @RequestParam(required = false) @Nullable String database) {
        if (!(to >= 50 && to <= 370)) {
            throw ProblemException.invalid("to", "must be a temperature from 50 to 370 °C");
        }
        var data = service.database(visitor.owner(), database);
        var parsed = SupcrtService.reaction(new ReactionParser(data), "Reaction", reaction, false);
        double last = Math.floor(to / 5) * 5;
        var line = new Grid.Saturation(Grid.SaturationVariable.TEMPERATURE, new Range(5, last, 5));
        var table = new Evaluation(line.conditions(true), Profile.COMPATIBLE).table(parsed);
        var reference = new Evaluation(Conditions.atPressure(new double[] {25}, new double[] {1}), Profile.COMPATIBLE)
                .table(parsed);
        return LogKFit.of(table).phreeqc(reference);
    }

    @PostMapping(path = "/files", consumes = MediaType.MULTIPART_FORM_DATA_VALUE, produces = MediaType.TEXT_PLAIN_VALUE)
    @Operation(
            summary = "Computes the original program's files",
            description = "rxn holds the reactions, con the states (without it the saturation line to 350 °C); the"
                    + " answer is the .out file.")
    @ApiResponse(responseCode = "200", description = "The .out file")
    @ApiResponse(responseCode = "422", description = "A file cannot be read, or asks for what cannot be computed")
    String files(
            Visitor visitor,
            @RequestParam MultipartFile rxn,
            @RequestParam(required = false) @Nullable MultipartFile con,
            @RequestParam(required = false) @Nullable String database,
            @RequestParam(required = false) @Nullable String profile)
            throws IOException {
        var run = originals.run(
                service.database(visitor.owner(), database),
                SupcrtService.profile(profile),
                rxn.getBytes(),
                con == null ? new byte[0] : con.getBytes());
        return TableFile.write(run, "supcrt", "");
    }

    @GetMapping("/databases")
    @Operation(summary = "Lists the databases: the included one, the operator's, and one's own")
    List<SupcrtDatabases.Entry> databases(Visitor visitor) {
        return databases.list(visitor.owner());
    }

    @PostMapping(path = "/databases", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Uploads a direct-access database for oneself")
    SupcrtDatabases.Entry upload(Visitor visitor, @RequestParam String name, @RequestParam MultipartFile file)
            throws IOException {
        return databases.upload(visitor.owner(), name, file.getBytes());
    }

    @DeleteMapping("/databases/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Deletes a database of one's own")
    @ApiResponse(responseCode = "204", description = "It is gone")
    @ApiResponse(responseCode = "404", description = "You have no database of this name")
    void delete(Visitor visitor, @PathVariable @Parameter(example = "mine") String name) {
        databases.delete(visitor.owner(), name);
    }

    @GetMapping("/species")
    @Operation(summary = "Finds species of a database by name, formula or element")
    List<SupcrtAnswers.SpeciesEntry> species(
            Visitor visitor,
            @RequestParam(required = false) @Nullable String database,
            @RequestParam(defaultValue = "") @Parameter(example = "quartz") String query,
            @RequestParam(defaultValue = "50") int limit) {
        var data = service.database(visitor.owner(), database);
        var found = query.isBlank() ? data.species() : SpeciesSearch.find(data, query.strip());
        return found.stream()
                .limit(Math.clamp(limit, 1, 5000))
                .map(SupcrtAnswers::species)
                .toList();
    }
}
