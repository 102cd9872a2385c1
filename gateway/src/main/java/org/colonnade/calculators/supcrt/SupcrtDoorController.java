package org.colonnade.calculators.supcrt;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.colonnade.geochemistry.supcrt.Profile;
import org.colonnade.geochemistry.supcrt.Reaction;
import org.colonnade.geochemistry.supcrt.ReactionParser;
import org.colonnade.geochemistry.supcrt.files.FileException;
import org.colonnade.geochemistry.supcrt.files.ReactionsFile;
import org.colonnade.identity.Visitor;
import org.colonnade.storage.Artifact;
import org.colonnade.storage.Downloads;
import org.colonnade.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Translates the js2 gateway's SUPCRTBL calls. */
@RestController
@RequestMapping("/api/supcrtbl")
@Hidden
class SupcrtDoorController {

    private static final List<String> SUPPORTED = List.of("dpronsbl", "dpronsbl_ree");
    private static final int MOST_SHOWN = 500_000;
    private static final long MOST_DOWNLOADED = 1_024_000;

    private final SupcrtService service;
    private final FileRuns runs;
    private final Downloads downloads;

    SupcrtDoorController(SupcrtService service, FileRuns runs, Downloads downloads) {
        this.service = service;
        this.runs = runs;
        this.downloads = downloads;
    }

    record Data<T>(T data) {}

    record Submitted(@JsonProperty("experiment_id") String experimentId, String status) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Status(
            String status,
            String message,
            @Nullable String timestamp,
            @JsonProperty("experiment_id") String experimentId) {}

    record NamedText(String filename, String content) {}

    @PostMapping
    Data<Submitted> submit(
            Visitor visitor,
            @RequestParam Map<String, String> fields,
            @RequestParam(name = "reactFile", required = false) @Nullable MultipartFile reactFile)
            throws IOException, DoorForm.Wrong, Refused {
        var form = new DoorForm(fields);
        form.require("outputFile", "slopFile", "kalFormatOption", "reactionOption", "solventPhase");
        var name = form.text("outputFile").replaceAll("[^A-Za-z0-9]", "");
        if (name.isEmpty() || name.length() > 16) {
            throw DoorForm.wrong("value_error", "outputFile", "1 to 16 letters and digits are needed");
        }
        if (!SUPPORTED.contains(form.text("slopFile"))) {
            throw new Refused(
                    400,
                    "'%s' is not supported! Supported are %s"
                            .formatted(SupcrtDatabases.shown(form.text("slopFile")), String.join(", ", SUPPORTED)));
        }
        int plots = form.choice("kalFormatOption", 2);
        boolean fromFile = form.choice("reactionOption", 1) == 0;
        var tabulation = form.tabulation();
        var entries = fromFile ? entries(reactFile) : typed(form.text("reaction"));
        try {
            var database = service.database(visitor.owner(), form.text("slopFile"));
            var parser = new ReactionParser(database);
            var reactions = new ArrayList<Reaction>();
            for (var entry : entries) {
                reactions.add(SupcrtService.reaction(parser, entry.title(), entry.text(), false));
            }
            var run = service.run(database.name(), tabulation, reactions, Profile.COMPATIBLE);
            var id = runs.keep(visitor.owner(), run, name, plots > 0, log(fields, reactions));
            return new Data<>(new Submitted(id.toString(), "submitted"));
        } catch (ProblemException e) {
            throw DoorForm.wrong("value_error", fromFile ? "reactFile" : "reaction", e.detail());
        }
    }

    private static List<ReactionsFile.Entry> typed(String text) throws DoorForm.Wrong {
        var entries = new ArrayList<ReactionsFile.Entry>();
        for (String block : ReactionParser.blocks(text)) {
            entries.add(new ReactionsFile.Entry("Reaction " + (entries.size() + 1), block));
        }
        if (entries.isEmpty()) {
            throw DoorForm.wrong("value_error", "reaction", "At least one reaction is needed");
        }
        return entries;
    }

    private static List<ReactionsFile.Entry> entries(@Nullable MultipartFile file) throws IOException, DoorForm.Wrong {
        if (file == null || file.isEmpty()) {
            throw DoorForm.wrong("missing", "reactFile", "Field required");
        }
        try {
            return ReactionsFile.read(new String(file.getBytes(), StandardCharsets.ISO_8859_1));
        } catch (FileException e) {
            throw DoorForm.wrong(
                    "value_error", "reactFile", Objects.requireNonNullElse(e.getMessage(), "The file cannot be read"));
        }
    }

    private static String log(Map<String, String> fields, List<Reaction> reactions) {
        var text = new StringBuilder("=== input ===\n");
        new LinkedHashMap<>(fields)
                .forEach((k, v) -> text.append(k).append(": ").append(v).append('\n'));
        text.append("=== output ===\n");
        reactions.forEach(r -> {
            text.append(r.title()).append(": ").append(r.text()).append('\n');
            r.notes().forEach(note -> text.append("  note: ").append(note).append('\n'));
        });
        return text.append("=== errors ===\n").toString();
    }

    @GetMapping("/status/{id}")
    Data<Status> status(Visitor visitor, @PathVariable String id) {
        var files = runs.files(visitor.owner(), id);
        if (files.isEmpty()) {
            return new Data<>(new Status("not_found", "Experiment not found", null, id));
        }
        var at = LocalDateTime.ofInstant(files.getFirst().storedAt(), ZoneId.systemDefault());
        return new Data<>(new Status("completed", "Process completed successfully", at.toString(), id));
    }

    @GetMapping("/result/{id}")
    Data<List<NamedText>> result(Visitor visitor, @PathVariable String id) throws Refused {
        return new Data<>(existing(visitor, id).stream()
                .filter(f -> !f.name().endsWith("xy") && !f.name().equals(FileRuns.LOG))
                .map(f -> new NamedText(f.name(), runs.text(f, MOST_SHOWN)))
                .toList());
    }

    @GetMapping("/download/{id}")
    void download(Visitor visitor, @PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException, Refused {
        var files = existing(visitor, id);
        var name = files.stream()
                .map(Artifact::name)
                .filter(n -> n.endsWith(".out"))
                .findFirst()
                .orElse("supcrt.out");
        downloads.attach(
                downloads.archiveOf(
                        name.substring(0, name.length() - 4) + ".zip",
                        files.stream()
                                .filter(f -> !f.name().equals(FileRuns.LOG) && f.size() <= MOST_DOWNLOADED)
                                .toList()),
                request,
                response);
    }

    @GetMapping(path = "/logs/{id}", produces = "text/plain;charset=UTF-8")
    String logs(Visitor visitor, @PathVariable String id) throws Refused {
        return existing(visitor, id).stream()
                .filter(f -> f.name().equals(FileRuns.LOG))
                .map(f -> runs.text(f, MOST_SHOWN))
                .findFirst()
                .orElse("");
    }

    private List<Artifact> existing(Visitor visitor, String id) throws Refused {
        var files = runs.files(visitor.owner(), id);
        if (files.isEmpty()) {
            throw new Refused(404, "Experiment files not found!");
        }
        return files;
    }

    /** An error in that gateway's own words. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        private final int status;

        Refused(int status, String message) {
            super(message, null, false, false);
            this.status = status;
        }
    }

    @ExceptionHandler
    ResponseEntity<SupcrtDoor.Refusal> refused(Refused refusal) {
        return ResponseEntity.status(refusal.status)
                .body(new SupcrtDoor.Refusal(refusal.status, String.valueOf(refusal.getMessage())));
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> wrong(DoorForm.Wrong wrong) {
        return ResponseEntity.unprocessableContent().body(Map.of("detail", wrong.detail()));
    }
}
