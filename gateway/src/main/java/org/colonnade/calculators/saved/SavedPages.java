package org.colonnade.calculators.saved;

import java.util.List;
import java.util.UUID;
import org.colonnade.calculators.http.Catalogue;
import org.colonnade.identity.Visitor;
import org.colonnade.web.ProblemException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The list of what a person kept. */
@Controller
@RequestMapping("/calculators/saved")
class SavedPages {

    private static final String REACTIONS = "supcrt";
    private static final String DIAGRAMS = "supcrt/diagrams";

    private final SavedRuns runs;
    private final Catalogue catalogue;

    SavedPages(SavedRuns runs, Catalogue catalogue) {
        this.runs = runs;
        this.catalogue = catalogue;
    }

    /** A kept run with the title of its calculator. */
    record Line(SavedRun run, String title) {}

    @GetMapping
    String list(Visitor visitor, Model model) {
        model.addAttribute(
                "runs",
                runs.list(visitor.owner()).stream()
                        .map(run -> new Line(run, title(run.calculator())))
                        .toList());
        return "calculators/saved";
    }

    private String title(String key) {
        return List.of(REACTIONS, DIAGRAMS).contains(key)
                ? "Reactions (SUPCRT)"
                : catalogue.get(key).title();
    }

    @PostMapping
    String save(
            Visitor visitor, @RequestParam String calculator, @RequestParam String name, @RequestParam String query) {
        title(calculator);
        runs.save(visitor.owner(), calculator, name, query);
        return "redirect:/calculators/saved";
    }

    @PostMapping("/{id}/delete")
    String delete(Visitor visitor, @PathVariable UUID id) {
        if (!runs.delete(visitor.owner(), id)) {
            throw ProblemException.notFound("You keep no such run");
        }
        return "redirect:/calculators/saved";
    }
}
