package org.colonnade.calculators.supcrt;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.colonnade.geochemistry.InputException;
import org.colonnade.geochemistry.supcrt.Database;
import org.colonnade.geochemistry.supcrt.Reaction;
import org.colonnade.geochemistry.supcrt.Species;
import org.colonnade.geochemistry.supcrt.diagram.PredominanceDiagram;
import org.colonnade.identity.Visitor;
import org.colonnade.web.Form;
import org.colonnade.web.ProblemException;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Eh–pH diagrams and diagrams of activities, from the same Gibbs energies as the reactions. */
@Controller
class DiagramsPage {

    private final SupcrtService service;
    private final SupcrtDatabases databases;

    DiagramsPage(SupcrtService service, SupcrtDatabases databases) {
        this.service = service;
        this.databases = databases;
    }

    /** A field as the table lists it. */
    record Line(String species, String kind, String share) {}

    @GetMapping("/calculators/supcrt/diagrams")
    String page(Visitor visitor, HttpServletRequest request, Model model) {
        boolean potential = !"activities".equals(request.getParameter("kind"));
        var database = service.database(visitor.owner(), request.getParameter("database"));
        var typed = new DiagramForm(request.getParameterMap(), databases.list(visitor.owner()), database, potential);
        var form = typed.form();
        if (form.isValid()) {
            draw(typed, database, model);
        }
        model.addAttribute("form", form);
        model.addAttribute("fields", typed.shown());
        model.addAttribute("kind", potential ? "eh" : "activities");
        model.addAttribute("tabs", SupcrtPage.tabs(request, null));
        String query = Objects.requireNonNullElse(request.getQueryString(), "");
        model.addAttribute("saved", query);
        model.addAttribute(
                "export", "/calculators/supcrt/diagrams/export?" + (query.isEmpty() ? "" : query + "&") + "format=");
        return "calculators/supcrt-diagrams";
    }

    /** The sources of the species that have a field. */
    @GetMapping("/calculators/supcrt/diagrams/export")
    ResponseEntity<String> export(Visitor visitor, HttpServletRequest request, @RequestParam String format) {
        boolean potential = !"activities".equals(request.getParameter("kind"));
        var database = service.database(visitor.owner(), request.getParameter("database"));
        var typed = new DiagramForm(request.getParameterMap(), databases.list(visitor.owner()), database, potential);
        if (!typed.form().isValid()) {
            var first = typed.form().getErrors().getFirst();
            throw ProblemException.invalid(first.field().name(), first.message());
        }
        try {
            var diagram = typed.predominance().draw();
            return CitationFile.of(SupcrtCitations.of(used(diagram)), format)
                    .orElseThrow(() -> ProblemException.invalid("format", "is none of bibtex, ris, text"));
        } catch (InputException e) {
            throw ProblemException.invalid(e.input(), String.valueOf(e.getMessage()));
        }
    }

    private static void draw(DiagramForm typed, Database database, Model model) {
        try {
            var diagram = typed.predominance().draw();
            var citations = SupcrtCitations.of(used(diagram));
            model.addAttribute(
                    "plot", DiagramPlot.of(diagram).withAbout(SupcrtPage.about(database, "compatible", citations)));
            model.addAttribute("lines", lines(diagram));
            model.addAttribute("omitted", diagram.omitted());
            model.addAttribute("citation", String.join(" ", citations.lines()));
            model.addAttribute("citations", citations.lines());
        } catch (InputException e) {
            reject(typed.form(), e);
        }
    }

    private static void reject(Form form, InputException e) {
        var known = form.getErrors().isEmpty() && isField(form, e.input()) ? e.input() : "element";
        form.reject(known, String.valueOf(e.getMessage()));
    }

    private static boolean isField(Form form, String name) {
        try {
            form.field(name);
            return true;
        } catch (IllegalArgumentException unknown) {
            return false;
        }
    }

    private static List<Reaction> used(PredominanceDiagram diagram) {
        var terms = new ArrayList<Reaction.Term>();
        terms.add(new Reaction.Term(1, Species.Water.H2O));
        diagram.fields().forEach(f -> terms.add(new Reaction.Term(1, f.species())));
        return List.of(Reaction.of("used", terms));
    }

    private static List<Line> lines(PredominanceDiagram diagram) {
        var measure = DiagramPlot.measure(diagram);
        return diagram.fields().stream()
                .sorted((a, b) -> Double.compare(b.area(), a.area()))
                .map(f -> new Line(
                        f.species().name(),
                        Map.of(
                                        Species.Kind.MINERAL, "mineral",
                                        Species.Kind.GAS, "gas",
                                        Species.Kind.AQUEOUS, "dissolved")
                                .getOrDefault(f.species().kind(), ""),
                        measure.share(f)))
                .toList();
    }
}
