package org.colonnade.calculators.species;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.colonnade.geochemistry.species.Elements;
import org.colonnade.geochemistry.species.Formula;
import org.colonnade.geochemistry.species.FormulaException;
import org.colonnade.geochemistry.species.Species;
import org.colonnade.web.ProblemException;
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
        var index = catalogue.index();
        Stream<Species> found = index.all().stream();
        if (name != null && !name.isBlank()) {
            found = found.filter(Set.copyOf(index.nameContaining(name))::contains);
        }
        if (formula != null && !formula.isBlank()) {
            found = found.filter(Set.copyOf(index.withFormula(parsed(formula)))::contains);
        }
        if (elements != null && !elements.isBlank()) {
            found = found.filter(Set.copyOf(index.withElements(symbols(elements)))::contains);
        }
        var list = found.toList();
        return new Found(list.size(), list);
    }

    private static Formula parsed(String formula) {
        try {
            return Formula.parse(formula);
        } catch (FormulaException e) {
            throw ProblemException.invalid("formula", "cannot be read: " + e.getMessage());
        }
    }

    private static Set<String> symbols(String elements) {
        var symbols =
                Stream.of(elements.split("[,\\s]+")).filter(s -> !s.isEmpty()).collect(Collectors.toSet());
        for (String symbol : symbols) {
            if (!Elements.isSymbol(symbol)) {
                throw ProblemException.invalid(
                        "elements",
                        "has no element '%s'".formatted(symbol.length() <= 20 ? symbol : symbol.substring(0, 20)));
            }
        }
        return symbols;
    }
}
