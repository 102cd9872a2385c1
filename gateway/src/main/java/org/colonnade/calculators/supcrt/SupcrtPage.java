package org.colonnade.calculators.supcrt;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.colonnade.geochemistry.supcrt.Conditions;
import org.colonnade.geochemistry.supcrt.Evaluation;
import org.colonnade.geochemistry.supcrt.Grid;
import org.colonnade.geochemistry.supcrt.LogKFit;
import org.colonnade.geochemistry.supcrt.Profile;
import org.colonnade.geochemistry.supcrt.Range;
import org.colonnade.geochemistry.supcrt.Reaction;
import org.colonnade.geochemistry.supcrt.ReactionException;
import org.colonnade.geochemistry.supcrt.ReactionParser;
import org.colonnade.geochemistry.supcrt.ReactionTable;
import org.colonnade.geochemistry.supcrt.files.ConditionsFile;
import org.colonnade.geochemistry.supcrt.files.ReactionsFile;
import org.colonnade.geochemistry.supcrt.files.Run;
import org.colonnade.geochemistry.supcrt.files.TableFile;
import org.colonnade.geochemistry.supcrt.files.Tabulation;
import org.colonnade.identity.Visitor;
import org.colonnade.web.Field;
import org.colonnade.web.Form;
import org.colonnade.web.Plot;
import org.colonnade.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/** The page of SUPCRT: reactions on the left, log K against temperature on the right; every input is in the address. */
@Controller
@RequestMapping("/calculators/supcrt")
class SupcrtPage {

    private static final int MOST_CURVES = 7;
    private static final String EXAMPLE = "-1 QUARTZ\n1 SiO2,aq\n\n-1 CALCITE\n1 Ca+2\n1 CO3-2";

    private final SupcrtService service;
    private final SupcrtDatabases databases;

    SupcrtPage(SupcrtService service, SupcrtDatabases databases) {
        this.service = service;
        this.databases = databases;
    }

    /**
     * A reaction as the page lists it.
     *
     * @param balance in words
     * @param completed with water, protons and electrons; null if it is balanced or cannot be
     * @param phreeqc lines for a PHREEQC database; null if there is nothing to fit
     */
    record Line(
            String title,
            String text,
            boolean balanced,
            String balance,
            List<String> notes,
            @Nullable String completed,
            @Nullable String phreeqc) {}

    @GetMapping
    String page(Visitor visitor, HttpServletRequest request, Model model) {
        var form = Form.of(fields(visitor), request.getParameterMap());
        model.addAttribute("form", form);
        model.addAttribute("query", request.getQueryString() == null ? "" : "?" + request.getQueryString());
        if (form.isValid()) {
            var lines = new ArrayList<Line>();
            var balanced = reactions(visitor, form, lines);
            model.addAttribute("lines", lines);
            var run = run(form, balanced);
            if (run != null) {
                model.addAttribute("plot", plot(form, run));
            }
        }
        return "calculators/supcrt";
    }

    @GetMapping("/{file:table\\.out|states\\.con|reactions\\.rxn}")
    ResponseEntity<String> file(Visitor visitor, HttpServletRequest request, @PathVariable String file) {
        var form = Form.of(fields(visitor), request.getParameterMap());
        var run = form.isValid() ? run(form, reactions(visitor, form, new ArrayList<>())) : null;
        if (run == null) {
            throw ProblemException.notFound("There is no table for this input");
        }
        var text = switch (file) {
            case "states.con" -> ConditionsFile.write(run.tabulation());
            case "reactions.rxn" -> ReactionsFile.write(run.reactions());
            default -> TableFile.write(run, "table", "");
        };
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_PLAIN)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file + "\"")
                .body(text);
    }

    private List<Field> fields(Visitor visitor) {
        var choices = databases.list(visitor.owner()).stream()
                .map(e -> new Field.Option(e.name(), "%s (%d species)".formatted(e.name(), e.species())))
                .toList();
        return List.of(
                Field.longText("reactions", "Reactions")
                        .hint("one term a line, reactions parted by an empty line")
                        .initially(EXAMPLE)
                        .maxLength(20_000),
                Field.number("from", "From", "°C").between(0, 1000).initially("25"),
                Field.number("to", "To", "°C").between(0, 1000).initially("300"),
                Field.number("step", "Step", "°C").between(0.1, 500).initially("5"),
                Field.number("pressure", "Pressure", "bar")
                        .between(1, 50_000)
                        .hint("empty for the saturation line of water")
                        .optional(),
                Field.choice("database", "Database", choices),
                Field.choice(
                        "profile",
                        "Profile",
                        List.of(
                                new Field.Option("compatible", "as the published program"),
                                new Field.Option("consistent", "all from the Gibbs energy"))));
    }

    /** Reads the reactions into lines for the page; answers those that can be computed. */
    private List<Reaction> reactions(Visitor visitor, Form form, List<Line> lines) {
        var database = service.database(visitor.owner(), form.value("database"));
        var parser = new ReactionParser(database);
        var balanced = new ArrayList<Reaction>();
        for (String block : ReactionParser.blocks(form.value("reactions"))) {
            var title = "Reaction " + (lines.size() + 1);
            try {
                var reaction = parser.parseUnbalanced(title, block);
                var balance = reaction.balance();
                var completion = reaction.complete(database);
                if (balance.isBalanced()) {
                    balanced.add(Reaction.of(reaction.text(), reaction.terms()));
                }
                lines.add(new Line(
                        title,
                        reaction.text(),
                        balance.isBalanced(),
                        balance.describe(),
                        reaction.notes(),
                        !balance.isBalanced() && completion.remaining().isBalanced()
                                ? completion.reaction().text()
                                : null,
                        balance.isBalanced() ? phreeqc(reaction) : null));
            } catch (ReactionException e) {
                form.reject("reactions", ": " + e.getMessage());
            }
        }
        if (balanced.size() > MOST_CURVES) {
            form.reject("reactions", "are more than the %d that one plot can show".formatted(MOST_CURVES));
            return balanced.subList(0, MOST_CURVES);
        }
        return balanced;
    }

    private static @Nullable String phreeqc(Reaction reaction) {
        var line = new Grid.Saturation(Grid.SaturationVariable.TEMPERATURE, new Range(5, 300, 5));
        var table = new Evaluation(line.conditions(true), Profile.COMPATIBLE).table(reaction);
        var reference = new Evaluation(Conditions.atPressure(new double[] {25}, new double[] {1}), Profile.COMPATIBLE)
                .table(reaction);
        return reference.flag(0).hasAll() ? LogKFit.of(table).phreeqc(reference) : null;
    }

    /** The table of the plot; null if there is nothing to compute, with the form saying why. */
    private @Nullable Run run(Form form, List<Reaction> reactions) {
        if (!form.isValid() || reactions.isEmpty()) {
            return null;
        }
        double from = number(form, "from");
        double to = number(form, "to");
        double step = number(form, "step");
        if (from > to) {
            form.reject("to", "is below the first temperature");
            return null;
        }
        // The last step is left out rather than refused: a page is not the place to count.
        var range = new Range(from, from + Math.floor((to - from) / step + 1e-9) * step, step);
        var pressure = form.number("pressure");
        Grid grid = pressure == null
                ? new Grid.Saturation(Grid.SaturationVariable.TEMPERATURE, range)
                : new Grid.Uniform(Grid.Axes.ISOBARS, Range.single(pressure), range);
        try {
            return service.run(
                    form.value("database"),
                    new Tabulation.Table(grid),
                    reactions,
                    SupcrtService.profile(form.value("profile")));
        } catch (ProblemException e) {
            form.reject("to", ": " + e.detail());
            return null;
        }
    }

    private static double number(Form form, String name) {
        return Objects.requireNonNull(form.number(name));
    }

    private static Plot plot(Form form, Run run) {
        var series = run.tables().stream().map(SupcrtPage::series).toList();
        var where = form.number("pressure") == null
                ? "along the saturation line of water"
                : "at " + form.value("pressure") + " bar";
        return new Plot(
                "log K " + where,
                "Equilibrium constants of %d reactions %s, database %s."
                        .formatted(series.size(), where, run.database()),
                new Plot.Axis("Temperature", "°C", false),
                new Plot.Axis("log K", "", false),
                series);
    }

    private static Plot.Series series(ReactionTable table) {
        var points = new ArrayList<Plot.Point>();
        for (int i = 0; i < table.size(); i++) {
            double value = table.logK(i);
            double celsius = Math.round(table.conditions().celsius(i) * 1e6) / 1e6;
            points.add(new Plot.Point(celsius, Double.isNaN(value) ? null : (Double) value));
        }
        return new Plot.Series(table.reaction().title(), Plot.Style.LINE, points);
    }
}
