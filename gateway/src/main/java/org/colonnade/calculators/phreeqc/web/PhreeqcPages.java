package org.colonnade.calculators.phreeqc.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.colonnade.calculators.phreeqc.Database;
import org.colonnade.calculators.phreeqc.Databases;
import org.colonnade.calculators.phreeqc.Engine;
import org.colonnade.calculators.phreeqc.Engines;
import org.colonnade.calculators.phreeqc.Examples;
import org.colonnade.calculators.phreeqc.InputCheck;
import org.colonnade.calculators.phreeqc.Run;
import org.colonnade.calculators.phreeqc.RunFiles;
import org.colonnade.calculators.phreeqc.Runs;
import org.colonnade.calculators.phreeqc.SelectedOutput;
import org.colonnade.calculators.phreeqc.Submission;
import org.colonnade.identity.Contacts;
import org.colonnade.identity.Visitor;
import org.colonnade.jobs.Job;
import org.colonnade.jobs.JobId;
import org.colonnade.web.Field;
import org.colonnade.web.Form;
import org.colonnade.web.JobPanels;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** The pages of PHREEQC: an editor, and one page per run. They work without any script. */
@Controller
class PhreeqcPages {

    private static final String EDITOR = "calculators/phreeqc";
    private static final int MOST_LINES = 200;
    private static final int MOST_ROWS = 20_000;
    private static final int SHOWN_OUTPUT = 200_000;

    private final Runs runs;
    private final JobPanels panels;
    private final Contacts contacts;
    private final Engines engines;
    private final Databases databases;

    PhreeqcPages(Runs runs, JobPanels panels, Contacts contacts, Engines engines, Databases databases) {
        this.runs = runs;
        this.panels = panels;
        this.contacts = contacts;
        this.engines = engines;
        this.databases = databases;
    }

    @GetMapping("/calculators/phreeqc")
    String editor(
            Visitor visitor,
            HttpServletRequest request,
            @RequestParam(name = "example", required = false) @Nullable String example,
            @RequestParam(name = "from", required = false) @Nullable String from,
            Model model) {
        Map<String, String[]> values = new HashMap<>(request.getParameterMap());
        if (from != null) {
            prefill(values, runs.get(visitor.owner(), from));
        } else if (values.get("input") == null) {
            Examples.Example chosen =
                    Examples.find(example == null ? "" : example).orElse(Examples.ALL.getFirst());
            values.put("input", new String[] {chosen.input()});
            values.put("database", new String[] {chosen.database()});
            model.addAttribute("example", chosen);
        }
        List<Database> offered = databases.list();
        Form form = Form.of(fields(offered, visitor), values);
        return show(visitor, form, offered, model);
    }

    private void prefill(Map<String, String[]> values, Run run) {
        if (run.input() == null) {
            throw ProblemException.of(ProblemType.GONE, "The input of this run is no longer kept");
        }
        values.put("input", new String[] {new String(runs.content(run.input()), StandardCharsets.UTF_8)});
        values.put("outputName", new String[] {run.outputName()});
        values.put("title", new String[] {run.job().title()});
        if (run.place() != null) {
            values.put("place", new String[] {run.place()});
        }
        if (run.ownDatabase() == null) {
            values.put("database", new String[] {run.database()});
        }
    }

    private String show(Visitor visitor, Form form, List<Database> offered, Model model) {
        Database database = databases.find(form.value("database")).orElse(null);
        model.addAttribute("form", form);
        model.addAttribute("missing", engines.missing().orElse(null));
        model.addAttribute("choice", engines.places(visitor.owner()).size() > 1);
        model.addAttribute("engine", engines.find().map(Engine::name).orElse(null));
        model.addAttribute("examples", Examples.ALL);
        model.addAttribute("databases", offered);
        model.addAttribute("findings", InputCheck.check(form.value("input"), database));
        model.addAttribute("recent", runs.list(visitor.owner(), null, 5));
        return EDITOR;
    }

    @PostMapping("/calculators/phreeqc")
    String submit(
            Visitor visitor,
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(name = "databaseFile", required = false) @Nullable MultipartFile databaseFile,
            Model model)
            throws IOException {
        List<Database> offered = databases.list();
        Form form = Form.of(fields(offered, visitor), request.getParameterMap());
        if (form.isValid()) {
            try {
                JobId id = runs.submit(visitor.owner(), submission(form, databaseFile));
                return "redirect:/calculators/phreeqc/runs/" + id;
            } catch (ProblemException problem) {
                if (problem.type() != ProblemType.INVALID_INPUT) {
                    throw problem;
                }
                problem.wrong().forEach(wrong -> form.reject(fieldOf(wrong.field()), wrong.message()));
            }
        }
        response.setStatus(422);
        return show(visitor, form, offered, model);
    }

    private static String fieldOf(String name) {
        return name.equals("databaseFile") ? "database" : name;
    }

    private static Submission submission(Form form, @Nullable MultipartFile databaseFile) throws IOException {
        Submission.OwnDatabase own = databaseFile == null || databaseFile.isEmpty()
                ? null
                : new Submission.OwnDatabase(
                        Optional.ofNullable(databaseFile.getOriginalFilename()).orElse(""), databaseFile.getBytes());
        String output = form.value("outputName");
        return new Submission(
                form.value("input").getBytes(StandardCharsets.UTF_8),
                form.value("database"),
                own,
                output.isBlank() ? null : output,
                form.value("title"),
                null,
                form.has("mail") && form.isChecked("mail"),
                form.value("place"));
    }

    private List<Field> fields(List<Database> offered, Visitor visitor) {
        List<Field.Option> options = offered.isEmpty()
                ? List.of(new Field.Option(Databases.DEFAULT, Databases.DEFAULT))
                : offered.stream()
                        .map(database -> new Field.Option(database.name(), database.name()))
                        .toList();
        List<Field> fields = new ArrayList<>(List.of(
                Field.longText("input", "Input"),
                Field.choice("database", "Database", options),
                Field.choice(
                                "place",
                                "Where to run it",
                                engines.places(visitor.owner()).stream()
                                        .map(place -> new Field.Option(
                                                place.name(),
                                                place.unavailable() == null
                                                        ? place.title()
                                                        : place.title() + " (does not answer now)"))
                                        .toList())
                        .optional(),
                Field.text("outputName", "Name of the output file")
                        .hint("Letters, digits and . _ - ~ , [ ]")
                        .initially(RunFiles.DEFAULT_OUTPUT)
                        .maxLength(100)
                        .optional(),
                Field.text("title", "Title of the run")
                        .hint("By which you recognise it; empty for the input's own TITLE")
                        .maxLength(200)
                        .optional()));
        contacts.address(visitor.owner())
                .ifPresent(address -> fields.add(Field.check("mail", "Write to " + address + " when the run ended")));
        return fields;
    }

    @GetMapping("/calculators/phreeqc/runs/{id}")
    String run(
            Visitor visitor,
            @PathVariable String id,
            @RequestParam(name = "table", defaultValue = "") String table,
            @RequestParam(name = "x", defaultValue = "") String x,
            @RequestParam(name = "y", required = false) @Nullable List<String> y,
            Model model) {
        Run run = runs.get(visitor.owner(), id);
        model.addAttribute("run", run);
        model.addAttribute("final", run.job().state().isFinal());
        model.addAttribute("others", others(visitor, run));
        model.addAttribute("utc", ZoneOffset.UTC);
        panels.add(run.job(), model);
        if (run.job().state().isFinal()) {
            results(run, table, x, y == null ? List.of() : y, model);
        }
        return "calculators/phreeqc-run";
    }

    private List<Job> others(Visitor visitor, Run run) {
        return runs.list(visitor.owner(), null, 20).stream()
                .filter(job ->
                        job.state().isFinal() && !job.id().equals(run.job().id()))
                .toList();
    }

    private void results(Run run, String name, String x, List<String> y, Model model) {
        model.addAttribute("warnings", runs.lines(run.file(RunFiles.WARNINGS), MOST_LINES));
        model.addAttribute("errors", runs.lines(run.file(RunFiles.ERRORS), MOST_LINES));
        List<SelectedOutput> tables = runs.tables(run, MOST_ROWS);
        model.addAttribute("tables", tables);
        tables.stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .or(() -> tables.stream().findFirst())
                .ifPresent(table -> {
                    model.addAttribute("table", table);
                    TablePlot.of(table, x, y).ifPresent(plot -> {
                        model.addAttribute("chosen", plot);
                        model.addAttribute("plot", plot.plot());
                    });
                });
        if (run.output() != null) {
            model.addAttribute("output", runs.beginning(run.output(), SHOWN_OUTPUT));
            model.addAttribute("outputCut", run.output().size() > SHOWN_OUTPUT);
        }
    }

    @PostMapping("/calculators/phreeqc/runs/{id}/rerun")
    String rerun(Visitor visitor, @PathVariable String id) {
        return "redirect:/calculators/phreeqc/runs/" + runs.rerun(visitor.owner(), id, null);
    }
}
