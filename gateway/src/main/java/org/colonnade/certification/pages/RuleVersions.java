package org.colonnade.certification.pages;

import java.util.ArrayList;
import java.util.List;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.configuration.Configurations;
import org.colonnade.certification.ledger.Version;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** When rules of a kind were changed, by whom, and from what to what. */
@Controller
class RuleVersions {

    private static final int PAGE = 20;

    private final Configurations configurations;

    RuleVersions(Configurations configurations) {
        this.configurations = configurations;
    }

    /** @param gone what was there before, in words; {@code fresh} what came instead */
    record Change(Version version, List<String> gone, List<String> fresh) {}

    @GetMapping("/certification/rules/versions")
    String versions(
            @RequestParam(defaultValue = "component") String kind,
            @RequestParam(required = false) @Nullable Long before,
            Model model) {
        RuleKind of = RuleKind.of(kind);
        long end = before == null ? Long.MAX_VALUE : before;
        List<Version> older = configurations.versions().stream()
                .filter(v -> v.version() < end)
                .toList();
        List<Version> shown = older.subList(0, Math.min(PAGE, older.size()));
        model.addAttribute("kinds", RuleKind.values());
        model.addAttribute("kind", of);
        model.addAttribute(
                "changes",
                shown.stream()
                        .map(v -> change(v, of))
                        .filter(c -> !c.gone().isEmpty() || !c.fresh().isEmpty())
                        .toList());
        model.addAttribute("looked", shown.size());
        model.addAttribute("first", before == null);
        model.addAttribute("before", older.size() > PAGE ? shown.getLast().version() : null);
        return "certification/rule-versions";
    }

    private Change change(Version version, RuleKind kind) {
        List<String> old = words(configurations.asOf(version.version() - 1).document(), kind);
        List<String> now = words(configurations.asOf(version.version()).document(), kind);
        var gone = new ArrayList<>(old);
        gone.removeAll(now);
        var fresh = new ArrayList<>(now);
        fresh.removeAll(old);
        return new Change(version, gone, fresh);
    }

    /** A rule in one line: what it is for, and its logic. */
    private static List<String> words(Configuration document, RuleKind kind) {
        return kind.lines(document).stream()
                .map(l -> String.join(
                                " ",
                                List.of(l.area(), l.subject(), l.status()).stream()
                                        .filter(t -> !t.isEmpty())
                                        .toList())
                        + (l.priority() == 0 ? "" : ", priority " + l.priority())
                        + (l.enabled() ? "" : ", not used") + ": " + l.rule())
                .toList();
    }
}
