package org.colonnade.web.error;

import java.util.Arrays;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** What stands behind the {@code type} of problem details. */
@Controller
class ProblemPages {

    @GetMapping("/problems")
    String all(Model model) {
        model.addAttribute("types", ProblemType.values());
        return "web/problems";
    }

    @GetMapping("/problems/{slug}")
    String one(@PathVariable String slug, Model model) {
        ProblemType type = Arrays.stream(ProblemType.values())
                .filter(candidate -> candidate.slug().equals(slug))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("There is no problem of that name"));
        model.addAttribute("types", new ProblemType[] {type});
        return "web/problems";
    }
}
