package org.colonnade.calculators.species;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.colonnade.geochemistry.species.Species;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Finds species over all calculators. */
@RestController
@RequestMapping("/api/v1/calculators/species")
@Tag(name = "Calculators")
class SpeciesApi {

    private final SpeciesCatalogue catalogue;

    SpeciesApi(SpeciesCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    record Found(int count, List<Species> species) {}

    @GetMapping
    @Operation(
            summary = "Finds species by name, synonym, formula or elements",
            description = "Conditions that are given must all hold; without one all species are listed.")
    @ApiResponse(responseCode = "200", description = "The species")
    @ApiResponse(responseCode = "400", description = "The formula or an element cannot be read")
    Found find(
            @RequestParam(required = false) @Parameter(example = "quartz") @Nullable String name,
            @RequestParam(required = false) @Parameter(example = "SiO2") @Nullable String formula,
            @RequestParam(required = false) @Parameter(description = "With commas between", example = "Ca,C") @Nullable
                    String elements) {
        var list = new Wanted(name, formula, elements).in(catalogue.index());
        return new Found(list.size(), list);
    }
}
