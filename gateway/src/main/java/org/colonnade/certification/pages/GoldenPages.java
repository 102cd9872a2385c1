package org.colonnade.certification.pages;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.colonnade.certification.certify.Rights;
import org.colonnade.certification.golden.GoldenRecords;
import org.colonnade.certification.golden.GoldenRecords.Stored;
import org.colonnade.certification.golden.GoldenRecords.Whose;
import org.colonnade.identity.Visitor;
import org.colonnade.web.JobPage;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;

/** Golden JSON files: the list of them, each while and after it is made, and the bytes. */
@Controller
class GoldenPages {

    private static final int PAGE = 10;

    private final GoldenRecords records;
    private final GoldenView view;
    private final JdbcClient jdbc;
    private final Rights rights;

    GoldenPages(GoldenRecords records, GoldenView view, JdbcClient jdbc, Rights rights) {
        this.records = records;
        this.view = view;
        this.jdbc = jdbc;
        this.rights = rights;
    }

    /** Where the pages about work lead. */
    @org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
    static class Work {

        @Bean
        JobPage goldenJson() {
            return new JobPage("golden-json", "Golden JSON", "/certification/json/of/{id}", null);
        }
    }

    /** One file of the list. */
    record Line(Stored stored, String state, double recorded, int runs) {}

    @GetMapping("/certification/json")
    String list(
            @RequestParam(defaultValue = "all") String whose,
            @RequestParam(required = false) @Nullable Integer before,
            Visitor visitor,
            Model model) {
        Whose which;
        try {
            which = Whose.of(whose);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("whose", "is one of all, official and by_email");
        }
        List<Stored> found = records.list(which, visitor.owner(), before);
        model.addAttribute("lines", found.stream().map(this::line).toList());
        model.addAttribute("whose", whose);
        model.addAttribute("first", before == null);
        model.addAttribute(
                "before", found.size() < PAGE ? null : found.getLast().id());
        return "certification/jsons";
    }

    private Line line(Stored stored) {
        JsonNode record = stored.record();
        return new Line(
                stored,
                view.state(stored),
                record == null ? 0 : record.path("recorded_luminosity_in_json").asDouble(0),
                record == null ? 0 : record.path("generated_json").size());
    }

    @GetMapping("/certification/json/of/{job}")
    String ofJob(@PathVariable String job) {
        int id = jdbc.sql("select id from certification.golden_json where job::text = :job")
                .param("job", job)
                .query((rs, n) -> rs.getInt(1))
                .optional()
                .orElseThrow(() -> ProblemException.notFound("There is no such golden JSON"));
        return "redirect:/certification/json/" + id;
    }

    @GetMapping("/certification/json/{id}")
    String record(@PathVariable int id, Visitor visitor, Model model) {
        return view.show(view.find(id), visitor, model);
    }

    /** The file itself, byte for byte what its digest was taken of. */
    @GetMapping("/certification/json/{id}/file")
    ResponseEntity<byte[]> file(@PathVariable int id, @RequestParam(defaultValue = "golden") String part) {
        JsonNode record = view.find(id).record();
        if (record == null) {
            throw ProblemException.of(ProblemType.CONFLICT, "Golden JSON " + id + " has not been computed");
        }
        String name = switch (part) {
            case "golden" -> "generated_json";
            case "anti" -> "generated_anti_json";
            case "datasets" -> "generated_json_with_dataset_names";
            case "record" -> "";
            default -> throw ProblemException.invalid("part", "is one of golden, anti, datasets and record");
        };
        JsonNode content = name.isEmpty() ? record : record.path(name);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + part + "-" + id + ".json\"")
                .body(content.toString().getBytes(StandardCharsets.UTF_8));
    }

    @PostMapping("/certification/json/{id}/delete")
    String delete(@PathVariable int id, Visitor visitor) {
        Stored stored = view.find(id);
        if (!stored.owner().equals(visitor.owner().value())) {
            rights.require(visitor, "json.delete", Workspaces.GLOBAL);
        }
        records.delete(id);
        return "redirect:/certification/json?done=deleted";
    }
}
