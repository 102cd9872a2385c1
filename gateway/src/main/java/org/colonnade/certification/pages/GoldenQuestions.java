package org.colonnade.certification.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.colonnade.certification.golden.Assumption;
import org.colonnade.certification.golden.Explaining;
import org.colonnade.certification.golden.Golden;
import org.colonnade.certification.golden.GoldenDifference;
import org.colonnade.certification.golden.GoldenRecords.Stored;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.lumisection.Ranges;
import org.colonnade.certification.rule.Rule;
import org.colonnade.identity.Visitor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.StringNode;

/** What one may ask about a golden JSON file once it is there: is it still so, why, what if, and what differs. */
@Controller
class GoldenQuestions {

    private final Golden golden;
    private final Explaining explaining;
    private final GoldenView view;

    GoldenQuestions(Golden golden, Explaining explaining, GoldenView view) {
        this.golden = golden;
        this.explaining = explaining;
        this.view = view;
    }

    /** Whether making it again gives the same bytes. */
    @GetMapping("/certification/json/{id}/again")
    String again(@PathVariable int id, Visitor visitor, Model model) {
        Stored stored = view.computed(id);
        Golden.File file = golden.compute(
                Rule.compile(stored.asked().rule()),
                stored.asked().names(),
                Objects.requireNonNull(stored.version()),
                stored.asked().several());
        model.addAttribute("again", file.digest());
        model.addAttribute("same", file.digest().equals(stored.digest()));
        return view.show(stored, visitor, model);
    }

    /** Why one lumisection is in the file, or not. */
    @GetMapping("/certification/json/{id}/why")
    String why(
            @PathVariable int id,
            @RequestParam(defaultValue = "") String dataset,
            @RequestParam(defaultValue = "") String lumisection,
            Visitor visitor,
            Model model) {
        Stored stored = view.computed(id);
        model.addAttribute("whyDataset", dataset);
        model.addAttribute("whyLumisection", lumisection);
        if (!lumisection.matches("[1-9]\\d{0,6}")) {
            model.addAttribute("whyError", "A lumisection is a whole number from 1.");
        } else {
            DatasetKey key = OfflinePages.key(dataset);
            Explaining.Explanation explanation = explaining.explain(
                    Rule.compile(stored.asked().rule()),
                    key,
                    Objects.requireNonNull(stored.version()),
                    Integer.parseInt(lumisection));
            model.addAttribute("explanation", explanation);
            model.addAttribute(
                    "failed",
                    explanation.failed().stream()
                            .map(f -> Losses.words(JsonMapper.shared().readTree(f)))
                            .toList());
            model.addAttribute("document", GoldenView.pretty(explanation.document()));
        }
        return view.show(stored, visitor, model);
    }

    /** How much more there would be if these components had been GOOD and these bits on, everywhere or in some lumisections. */
    @GetMapping("/certification/json/{id}/what-if")
    String whatIf(
            @PathVariable int id,
            @RequestParam(name = "fine", required = false) @Nullable List<String> fine,
            @RequestParam(defaultValue = "") String run,
            @RequestParam(defaultValue = "") String ranges,
            Visitor visitor,
            Model model) {
        Stored stored = view.computed(id);
        List<String> assumed = fine == null ? List.of() : fine;
        model.addAttribute("assumed", assumed);
        model.addAttribute("assumedRun", run);
        model.addAttribute("assumedRanges", ranges);
        try {
            Map<Integer, Ranges> where = where(run.strip(), ranges.strip());
            List<Assumption> assumptions = GoldenView.assumable(stored).stream()
                    .filter(a -> assumed.contains(a.name()))
                    .map(a -> new Assumption(
                            a.verdict(), a.name(), a.verdict() ? StringNode.valueOf("GOOD") : BooleanNode.TRUE, where))
                    .toList();
            if (!assumptions.isEmpty()) {
                answer(stored, assumptions, model);
            }
        } catch (IllegalArgumentException e) {
            model.addAttribute("whatIfError", String.valueOf(e.getMessage()));
        }
        return view.show(stored, visitor, model);
    }

    /** @return null for everywhere */
    private static @Nullable Map<Integer, Ranges> where(String run, String ranges) {
        if (run.isEmpty() && ranges.isEmpty()) {
            return null;
        }
        if (!run.matches("[1-9]\\d{0,8}")) {
            throw new IllegalArgumentException("Lumisections are those of a run: name it by its number.");
        }
        try {
            return Map.of(Integer.parseInt(run), ranges.isEmpty() ? Ranges.of(1, 1_000_000) : RangeText.parse(ranges));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Lumisections " + e.getMessage() + ".", e);
        }
    }

    private void answer(Stored stored, List<Assumption> assumptions, Model model) {
        Golden.File file = golden.assuming(
                Rule.compile(stored.asked().rule()),
                stored.asked().names(),
                Objects.requireNonNull(stored.version()),
                stored.asked().several(),
                assumptions);
        JsonNode before = Objects.requireNonNull(stored.record());
        double now = before.path("recorded_luminosity_in_json").asDouble(0);
        double then = file.recorded();
        model.addAttribute("thenRecorded", then);
        model.addAttribute("gained", then - now);
        model.addAttribute(
                "gainedLumisections",
                GoldenView.lumisections(file.ranges()) - GoldenView.lumisections(before.path("generated_json")));
    }

    /** Lumisections that one of two files has and the other has not. */
    record Differing(int run, String before, String after) {}

    @GetMapping("/certification/json/difference")
    String difference(
            @RequestParam(defaultValue = "") String from, @RequestParam(defaultValue = "") String to, Model model) {
        model.addAttribute("from", from);
        model.addAttribute("to", to);
        if (from.matches("\\d{1,9}") && to.matches("\\d{1,9}")) {
            Stored one = view.computed(Integer.parseInt(from));
            Stored other = view.computed(Integer.parseInt(to));
            JsonNode before = Objects.requireNonNull(one.record());
            JsonNode after = Objects.requireNonNull(other.record());
            var lines = new ArrayList<Differing>();
            GoldenDifference.between(before.path("generated_json"), after.path("generated_json"))
                    .forEach((run, d) ->
                            lines.add(new Differing(run, RangeText.write(d.removed()), RangeText.write(d.added()))));
            model.addAttribute("lines", lines);
            model.addAttribute("one", one);
            model.addAttribute("other", other);
            model.addAttribute(
                    "gained",
                    after.path("recorded_luminosity_in_json").asDouble(0)
                            - before.path("recorded_luminosity_in_json").asDouble(0));
        }
        return "certification/json-difference";
    }
}
