package org.colonnade.calculators.supcrt;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.colonnade.geochemistry.supcrt.files.Run;
import org.colonnade.identity.Visitor;
import org.colonnade.storage.Artifact;
import org.colonnade.storage.Downloads;
import org.colonnade.web.Field;
import org.colonnade.web.Form;
import org.colonnade.web.Numbers;
import org.colonnade.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** The original program's files in and out, and the databases a person may use. */
@Controller
@RequestMapping("/calculators/supcrt")
class SupcrtFilesPage {

    private static final String FILES = "/calculators/supcrt/files";
    private static final int MOST_SHOWN = 200_000;
    private static final int RUNS_PER_PAGE = 20;

    private final OriginalFiles originals;
    private final SupcrtService service;
    private final SupcrtDatabases databases;
    private final FileRuns runs;
    private final Downloads downloads;
    private final SupcrtProperties properties;

    SupcrtFilesPage(
            OriginalFiles originals,
            SupcrtService service,
            SupcrtDatabases databases,
            FileRuns runs,
            Downloads downloads,
            SupcrtProperties properties) {
        this.originals = originals;
        this.service = service;
        this.databases = databases;
        this.runs = runs;
        this.downloads = downloads;
        this.properties = properties;
    }

    @GetMapping("/files")
    String files(
            Visitor visitor,
            HttpServletRequest request,
            @RequestParam(required = false) @Nullable UUID before,
            Model model) {
        return filesPage(visitor, Form.of(fields(visitor), request.getParameterMap()), request, before, model);
    }

    private String filesPage(
            Visitor visitor, Form form, HttpServletRequest request, @Nullable UUID before, Model model) {
        var kept = runs.list(visitor.owner(), before, RUNS_PER_PAGE + 1);
        boolean more = kept.size() > RUNS_PER_PAGE;
        var page = more ? kept.subList(0, RUNS_PER_PAGE) : kept;
        model.addAttribute("runs", page);
        model.addAttribute("older", more ? FILES + "?before=" + page.getLast().id() : null);
        model.addAttribute("newer", before == null ? null : FILES);
        model.addAttribute("days", properties.retention().toDays());
        model.addAttribute("form", form);
        model.addAttribute("tabs", SupcrtPage.tabs(request, null));
        return "calculators/supcrt-files";
    }

    private List<Field> fields(Visitor visitor) {
        return List.of(
                Field.choice(
                        "database",
                        "Database",
                        databases.list(visitor.owner()).stream()
                                .map(e ->
                                        new Field.Option(e.name(), "%s (%d species)".formatted(e.name(), e.species())))
                                .toList()),
                Field.choice(
                        "profile",
                        "Profile",
                        List.of(
                                new Field.Option("compatible", "as the published program"),
                                new Field.Option("consistent", "all from the Gibbs energy"))),
                Field.text("name", "Name of the result")
                        .hint("1 to 16 letters and digits")
                        .maxLength(16)
                        .initially("supcrt"));
    }

    @PostMapping("/files")
    String compute(
            Visitor visitor,
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam MultipartFile rxn,
            @RequestParam(required = false) MultipartFile con,
            Model model)
            throws IOException {
        var form = Form.of(fields(visitor), request.getParameterMap());
        if (!form.value("name").matches("[A-Za-z0-9]{1,16}")) {
            form.reject("name", "must be 1 to 16 letters and digits");
        }
        if (form.isValid()) {
            try {
                Run run = originals.run(
                        service.database(visitor.owner(), form.value("database")),
                        SupcrtService.profile(form.value("profile")),
                        rxn.getBytes(),
                        con == null ? new byte[0] : con.getBytes());
                UUID id = runs.keep(visitor.owner(), run, form.value("name"), true, OriginalFiles.typed(run));
                return "redirect:" + FILES + "/" + id;
            } catch (ProblemException e) {
                model.addAttribute("refused", e.detail());
            }
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return filesPage(visitor, form, request, null, model);
    }

    /** One file of a run: its name, size and address. */
    record Kept(String name, String size, String href) {}

    @GetMapping("/files/{id}")
    String run(Visitor visitor, @PathVariable String id, HttpServletRequest request, Model model) {
        var files = existing(visitor, id);
        model.addAttribute("id", id);
        model.addAttribute("days", properties.retention().toDays());
        model.addAttribute("tabs", SupcrtPage.tabs(request, null));
        model.addAttribute(
                "files",
                files.stream()
                        .filter(f -> !f.name().equals(FileRuns.LOG))
                        .map(f -> new Kept(f.name(), Numbers.bytes(f.size()), FILES + "/" + id + "/" + f.name()))
                        .toList());
        model.addAttribute("reactions", text(files, FileRuns.LOG));
        model.addAttribute("out", text(files, ".out"));
        return "calculators/supcrt-run";
    }

    private String text(List<Artifact> files, String ending) {
        return files.stream()
                .filter(f -> f.name().endsWith(ending))
                .map(f -> runs.text(f, MOST_SHOWN))
                .findFirst()
                .orElse("");
    }

    @GetMapping("/files/{id}/{name}")
    void download(
            Visitor visitor,
            @PathVariable String id,
            @PathVariable String name,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var file = existing(visitor, id).stream()
                .filter(f -> f.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("This run has no such file"));
        downloads.attach(downloads.file(file), request, response);
    }

    private List<Artifact> existing(Visitor visitor, String id) {
        var files = runs.files(visitor.owner(), id);
        if (files.isEmpty()) {
            throw ProblemException.notFound("There is no run of this address");
        }
        return files;
    }

    @PostMapping("/files/{id}/delete")
    String delete(Visitor visitor, @PathVariable UUID id) {
        if (!runs.delete(visitor.owner(), id)) {
            throw ProblemException.notFound("You have no such run");
        }
        return "redirect:" + FILES;
    }

    @GetMapping("/databases")
    String databases(Visitor visitor, HttpServletRequest request, Model model) {
        return databasesPage(visitor, request, model);
    }

    private String databasesPage(Visitor visitor, HttpServletRequest request, Model model) {
        model.addAttribute("tabs", SupcrtPage.tabs(request, null));
        model.addAttribute("databases", databases.list(visitor.owner()));
        model.addAttribute("days", properties.databaseRetention().toDays());
        return "calculators/supcrt-databases";
    }

    @PostMapping("/databases/{name}/delete")
    String deleteDatabase(Visitor visitor, @PathVariable String name) {
        databases.delete(visitor.owner(), name);
        return "redirect:/calculators/supcrt/databases";
    }

    @PostMapping("/databases")
    String upload(
            Visitor visitor,
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam String name,
            @RequestParam MultipartFile file,
            Model model)
            throws IOException {
        try {
            databases.upload(visitor.owner(), name.strip(), file.getBytes());
            return "redirect:/calculators/supcrt/databases";
        } catch (ProblemException e) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("refused", e.detail());
            model.addAttribute("name", name);
            return databasesPage(visitor, request, model);
        }
    }
}
