package org.colonnade.certification.runregistry;

import java.util.List;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.configuration.Configurations;
import org.colonnade.certification.ledger.History;
import org.colonnade.certification.ledger.Version;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The log of versions, and the configuration as scripts read it. */
@RestController
@RequestMapping(RunRegistryDoor.PREFIX)
class LogController {

    private static final int MAX_PAGE = 1000;

    private final History history;
    private final Configurations configurations;

    LogController(History history, Configurations configurations) {
        this.history = history;
        this.configurations = configurations;
    }

    static ObjectNode version(Version version) {
        return Shapes.object()
                .put("atomic_version", version.version())
                .put("by", version.author())
                .put("comment", version.comment())
                .put("createdAt", version.at().toString());
    }

    @PostMapping("/versions/get_versions")
    ObjectNode versions(@RequestBody(required = false) byte[] bytes) {
        Body body = Body.read(bytes);
        int page = body.whole("page");
        int size = body.whole("page_size");
        if (page < 0 || size < 1 || size > MAX_PAGE) {
            throw Body.invalid("\"page\" must not be negative, and \"page_size\" lies between 1 and " + MAX_PAGE);
        }
        long count = history.count();
        var result = Shapes.object();
        ArrayNode rows = result.putArray("versions");
        history.versions(size, (long) page * size).forEach(v -> rows.add(version(v)));
        return result.put("pages", (count + size - 1) / size).put("count", count);
    }

    @GetMapping("/datasets_accepted")
    ArrayNode accepted() {
        var result = JsonNodeFactory.instance.arrayNode();
        document().acceptedDatasets().forEach(a -> result.add(accepted(a)));
        return result;
    }

    @GetMapping("/datasets_accepted/{runClass}")
    ArrayNode accepted(@PathVariable String runClass) {
        var result = JsonNodeFactory.instance.arrayNode();
        document().acceptedDatasets().stream()
                .filter(a -> a.runClass().equals(runClass))
                .forEach(a -> result.add(accepted(a)));
        return result;
    }

    private static ObjectNode accepted(Configuration.AcceptedDataset a) {
        return Shapes.object()
                .put("id", a.id())
                .put("name", a.name())
                .put("regexp", String.join("\n", a.monitorNames()))
                .put("enabled", a.enabled())
                .put("class", a.runClass())
                .put("run_from", a.firstRun())
                .put("run_to", a.lastRun());
    }

    @GetMapping("/workspaces/{area}")
    ArrayNode workspaces(@PathVariable String area) {
        var result = JsonNodeFactory.instance.arrayNode();
        document().workspaces(area).forEach(w -> {
            ObjectNode row = result.addObject()
                    .put("id", w.id())
                    .put("workspace", w.name())
                    .put("online_or_offline", w.area());
            ArrayNode names = row.putArray("columns");
            ArrayNode withId = row.putArray("columns_with_id");
            w.columns().forEach(c -> {
                names.add(c.name());
                withId.addObject().put("id", c.id()).put("id_workspace", w.id()).put("name", c.name());
            });
        });
        return result;
    }

    @GetMapping("/classifiers/{category}")
    ArrayNode classifiers(@PathVariable String category) {
        var result = JsonNodeFactory.instance.arrayNode();
        Configuration document = document();
        switch (category) {
            case "class" ->
                document.classes()
                        .forEach(r -> result.add(classifier(r.id(), r.enabled(), r.rule())
                                .put("class", r.runClass())
                                .put("priority", r.priority())));
            case "dataset" ->
                document.significance()
                        .forEach(r -> result.add(
                                classifier(r.id(), r.enabled(), r.rule()).put("class", r.runClass())));
            case "component" ->
                List.of(Configuration.ONLINE, Configuration.OFFLINE).forEach(area -> components(area, result));
            case "offline_dataset" ->
                document.appearance()
                        .forEach(r -> result.add(
                                classifier(r.id(), r.enabled(), r.rule()).put("workspace", r.workspace())));
            case "json_classifier" ->
                document.goldenRules()
                        .forEach(r -> result.add(classifier(r.id(), true, r.rule())
                                .put("name", r.name())
                                .put("created_by", r.createdBy())));
            default -> throw Body.invalid("There is no category of classifiers \"" + category + "\"");
        }
        return result;
    }

    @GetMapping("/classifiers/component/{area}")
    ArrayNode components(@PathVariable String area) {
        var result = JsonNodeFactory.instance.arrayNode();
        components(area, result);
        return result;
    }

    private void components(String area, ArrayNode result) {
        document().components().stream()
                .filter(r -> r.area().equals(area))
                .forEach(r -> result.add(classifier(r.id(), r.enabled(), r.rule())
                        .put("status", r.status())
                        .put("component", r.component())
                        .put("priority", r.priority())
                        .put("online_or_offline", area)));
    }

    private static ObjectNode classifier(int id, boolean enabled, JsonNode rule) {
        return Shapes.object().put("id", id).put("classifier", rule.toString()).put("enabled", enabled);
    }

    private Configuration document() {
        return configurations.current().document();
    }
}
