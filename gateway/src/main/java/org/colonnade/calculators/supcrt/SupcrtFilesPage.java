package org.colonnade.calculators.supcrt;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.colonnade.geochemistry.supcrt.files.Run;
import org.colonnade.identity.Visitor;
import org.colonnade.storage.Artifact;
import org.colonnade.storage.Downloads;
import org.colonnade.web.Field;
import org.colonnade.web.Form;
import org.colonnade.web.Numbers;
import org.colonnade.web.ProblemException;
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

    private static final int MOST_SHOWN = 200_000;

    private final OriginalFiles originals;
    private final SupcrtService service;
    private final SupcrtDatabases databases;
    private final DoorRuns runs;
    private final Downloads downloads;

    SupcrtFilesPage(
            OriginalFiles originals,
            SupcrtService service,
            SupcrtDatabases databases,
            DoorRuns runs,
            Downloads downloads) {
        this.originals = originals;
        this.service = service;
        this.databases = databases;
        this.runs = runs;
        this.downloads = downloads;
    }

    @GetMapping("/files")
    String files(Visitor visitor, HttpServletRequest request, Model model) {
        return filesPage(Form.of(fields(visitor), request.getParameterMap()), request, model);
    }

    private static String filesPage(Form form, HttpServletRequest request, Model model) {
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
                String id = runs.keep(run, form.value("name"), true, OriginalFiles.typed(run));
                return "redirect:/calculators/supcrt/files/" + id;
            } catch (ProblemException e) {
                model.addAttribute("refused", e.detail());
            }
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return filesPage(form, request, model);
    }

    /** One file of a run: its name, size and address. */
    record Kept(String name, String size, String href) {}

    @GetMapping("/files/{id}")
    String run(@PathVariable String id, HttpServletRequest request, Model model) {
        var files = existing(id);
        model.addAttribute("tabs", SupcrtPage.tabs(request, null));
        model.addAttribute(
                "files",
                files.stream()
                        .filter(f -> !f.name().equals("run.log"))
                        .map(f -> new Kept(
                                f.name(), Numbers.bytes(f.size()), "/calculators/supcrt/files/" + id + "/" + f.name()))
                        .toList());
        model.addAttribute("reactions", text(files, "run.log"));
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
            @PathVariable String id,
            @PathVariable String name,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var file = existing(id).stream()
                .filter(f -> f.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("This run has no such file"));
        downloads.attach(downloads.file(file), request, response);
    }

    private List<Artifact> existing(String id) {
        var files = runs.files(id);
        if (files.isEmpty()) {
            throw ProblemException.notFound("There is no run of this address");
        }
        return files;
    }

    @GetMapping("/databases")
    String databases(Visitor visitor, HttpServletRequest request, Model model) {
        return databasesPage(visitor, request, model);
    }

    private String databasesPage(Visitor visitor, HttpServletRequest request, Model model) {
        model.addAttribute("tabs", SupcrtPage.tabs(request, null));
        model.addAttribute("databases", databases.list(visitor.owner()));
        return "calculators/supcrt-databases";
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
