package org.colonnade.calculators.species;

import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.colonnade.geochemistry.species.Formula;
import org.colonnade.geochemistry.species.Species;
import org.colonnade.geochemistry.species.SpeciesIndex;
import org.colonnade.web.Field;
import org.colonnade.web.Form;
import org.colonnade.web.ProblemException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** Looks for species over all calculators, and shows what is known about one. */
@Controller
@RequestMapping("/calculators/species")
class SpeciesPages {

    private static final int PER_PAGE = 50;
    private static final List<Field> FIELDS = List.of(
            Field.text("name", "Name or synonym").optional().maxLength(100),
            Field.text("formula", "Formula")
                    .hint("However it is written: SiO2, CaMg(CO3)2, SO4-2")
                    .optional()
                    .maxLength(200),
            Field.text("elements", "Elements")
                    .hint("With blanks between: Ca Mg C")
                    .optional()
                    .maxLength(200));

    private final SpeciesCatalogue catalogue;

    SpeciesPages(SpeciesCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    @GetMapping
    String list(HttpServletRequest request, @RequestParam(defaultValue = "0") int from, Model model) {
        var form = Form.of(FIELDS, request.getParameterMap());
        var found = new ArrayList<Species>();
        try {
            if (form.isValid()) {
                found.addAll(new Wanted(form.value("name"), form.value("formula"), form.value("elements"))
                        .in(catalogue.index()));
            }
        } catch (ProblemException e) {
            e.wrong().forEach(wrong -> form.reject(wrong.field(), wrong.message()));
        }
        int first = Math.clamp(from, 0, Math.max(0, found.size() - 1));
        int last = Math.min(first + PER_PAGE, found.size());
        model.addAttribute("form", form);
        model.addAttribute("found", found.subList(first, last));
        model.addAttribute("count", found.size());
        model.addAttribute("first", first + 1);
        model.addAttribute("last", last);
        model.addAttribute("previous", first == 0 ? null : page(request, Math.max(0, first - PER_PAGE)));
        model.addAttribute("next", last == found.size() ? null : page(request, last));
        return "calculators/species";
    }

    private static String page(HttpServletRequest request, int from) {
        var address = UriComponentsBuilder.fromPath("/calculators/species");
        FIELDS.forEach(field -> {
            String value = request.getParameter(field.name());
            if (value != null && !value.isBlank()) {
                address.queryParam(field.name(), "{" + field.name() + "}");
            }
        });
        var values = FIELDS.stream()
                .map(field -> request.getParameter(field.name()))
                .filter(value -> value != null && !value.isBlank())
                .toArray();
        return address.queryParam("from", from).encode().buildAndExpand(values).toUriString();
    }

    @GetMapping("/about")
    String about(@RequestParam String name, Model model) {
        SpeciesIndex index = catalogue.index();
        var species =
                index.named(name).orElseThrow(() -> ProblemException.notFound("There is no species of this name"));
        model.addAttribute("species", species);
        model.addAttribute("mass", mass(species));
        model.addAttribute("sheets", catalogue.sheets(species));
        return "calculators/species-about";
    }

    /** g/mol with three decimals; empty when the formula does not give it. */
    private static String mass(Species species) {
        return species.parsed().map(Formula::molarMass).stream()
                .flatMapToDouble(OptionalDouble::stream)
                .mapToObj(grams -> BigDecimal.valueOf(grams)
                        .setScale(3, RoundingMode.HALF_UP)
                        .toPlainString())
                .findFirst()
                .orElse("");
    }
}
