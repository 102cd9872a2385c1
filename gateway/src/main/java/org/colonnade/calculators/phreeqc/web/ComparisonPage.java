package org.colonnade.calculators.phreeqc.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.colonnade.calculators.phreeqc.LineDifference;
import org.colonnade.calculators.phreeqc.Run;
import org.colonnade.calculators.phreeqc.Runs;
import org.colonnade.calculators.phreeqc.SelectedOutput;
import org.colonnade.identity.Visitor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Sets two runs side by side: their inputs line by line, their tables row by row. */
@Controller
class ComparisonPage {

    private static final int MOST_ROWS = 20_000;

    private final Runs runs;

    ComparisonPage(Runs runs) {
        this.runs = runs;
    }

    @GetMapping("/calculators/phreeqc/compare")
    String compare(
            Visitor visitor,
            @RequestParam(name = "a") String a,
            @RequestParam(name = "b") String b,
            @RequestParam(name = "table", defaultValue = "") String name,
            @RequestParam(name = "x", defaultValue = "") String x,
            @RequestParam(name = "y", defaultValue = "") String y,
            Model model) {
        Run first = runs.get(visitor.owner(), a);
        Run second = runs.get(visitor.owner(), b);
        model.addAttribute("first", first);
        model.addAttribute("second", second);
        model.addAttribute("sameDatabase", first.databaseSha256().equals(second.databaseSha256()));
        String firstInput = input(first);
        String secondInput = input(second);
        if (firstInput != null && secondInput != null) {
            List<LineDifference.Line> lines = LineDifference.of(firstInput, secondInput);
            model.addAttribute("lines", lines);
            model.addAttribute("sameInput", lines.stream().allMatch(line -> line.side() == LineDifference.Side.BOTH));
        }
        tables(first, second, name, x, y, model);
        return "calculators/phreeqc-compare";
    }

    private @Nullable String input(Run run) {
        return run.input() == null ? null : new String(runs.content(run.input()), StandardCharsets.UTF_8);
    }

    private void tables(Run first, Run second, String name, String x, String y, Model model) {
        List<SelectedOutput> of = runs.tables(first, MOST_ROWS);
        List<SelectedOutput> with = runs.tables(second, MOST_ROWS);
        List<String> names = of.stream()
                .map(SelectedOutput::name)
                .filter(one -> named(with, one) != null)
                .toList();
        model.addAttribute("tables", names);
        String chosen = names.contains(name) ? name : names.isEmpty() ? "" : names.getFirst();
        SelectedOutput a = named(of, chosen);
        SelectedOutput b = named(with, chosen);
        if (a != null && b != null) {
            ComparedTable.of(a, b, x, y).ifPresent(table -> {
                model.addAttribute("compared", table);
                model.addAttribute("plot", table.plot());
            });
        }
        model.addAttribute("table", chosen);
    }

    private static @Nullable SelectedOutput named(List<SelectedOutput> tables, String name) {
        return tables.stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
