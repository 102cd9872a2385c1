package org.colonnade.certification.runregistry;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.colonnade.certification.certify.Rights;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.configuration.ConfigurationItems;
import org.colonnade.certification.configuration.Configurations;
import org.colonnade.certification.configuration.Origins;
import org.colonnade.certification.configuration.Part;
import org.colonnade.certification.ledger.Author;
import org.colonnade.certification.ledger.Version;
import org.colonnade.identity.Visitor;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Classifiers and accepted datasets, as scripts read and edit them. */
@RestController
@Tag(name = "Run Registry", description = "The paths of the Run Registry, for its client and scripts")
@RequestMapping(RunRegistryDoor.PREFIX)
class ClassifierController {

    private static final Map<String, Part> CATEGORIES = Map.of(
            "class", Part.CLASSES,
            "dataset", Part.SIGNIFICANCE,
            "component", Part.COMPONENTS,
            "offline_dataset", Part.APPEARANCE,
            "json_classifier", Part.GOLDEN_RULES);
    private static final String GLOBAL = "global";
    private static final String ENABLED = "enabled";

    private final Configurations configurations;
    private final ConfigurationItems items;
    private final Origins origins;
    private final Rights rights;

    ClassifierController(Configurations configurations, ConfigurationItems items, Origins origins, Rights rights) {
        this.configurations = configurations;
        this.items = items;
        this.origins = origins;
        this.rights = rights;
    }

    @GetMapping("/classifiers/{category}")
    ArrayNode all(@PathVariable String category) {
        return shapes(category, items.all(part(category)));
    }

    @GetMapping("/classifiers/component/{area}")
    ArrayNode components(@PathVariable String area) {
        if (!area.equals(Configuration.ONLINE) && !area.equals(Configuration.OFFLINE)) {
            throw Body.invalid("It must be online or offline");
        }
        return shapes(
                "component",
                items.all(Part.COMPONENTS).stream()
                        .filter(i -> i.path("area").asString("").equals(area))
                        .toList());
    }

    @GetMapping("/classifiers/{category}/filter_by_component/{column}")
    ArrayNode ofComponent(@PathVariable String category, @PathVariable String column) {
        int id = Body.whole(column, "column_id");
        return shapes(
                category,
                items.all(part(category)).stream()
                        .filter(i ->
                                column(i).filter(c -> c.column().id() == id).isPresent())
                        .toList());
    }

    @PostMapping("/classifiers/{category}")
    ObjectNode add(@PathVariable String category, @RequestBody(required = false) byte[] bytes, Visitor visitor) {
        Part part = part(category);
        Body body = Body.read(bytes);
        return Body.understood(() -> {
            ObjectNode item = item(part, body, visitor);
            requireRight(visitor, part, item);
            if (part != Part.GOLDEN_RULES && !item.has(ENABLED)) {
                item.put(ENABLED, true);
            }
            return shape(category, items.add(author(visitor), part, item));
        });
    }

    @PutMapping("/classifiers/{category}/{id}")
    ObjectNode edit(
            @PathVariable String category,
            @PathVariable String id,
            @RequestBody(required = false) byte[] bytes,
            Visitor visitor) {
        Part part = part(category);
        Body body = Body.read(bytes);
        int number = Body.whole(id, "id");
        return Body.understood(() -> {
            items.find(part, number).ifPresent(before -> requireRight(visitor, part, before));
            ObjectNode item = item(part, body, visitor);
            requireRight(visitor, part, item);
            item.remove("createdBy");
            return shape(category, items.edit(author(visitor), part, number, item));
        });
    }

    @DeleteMapping("/classifiers/{category}/{id}")
    ObjectNode delete(@PathVariable String category, @PathVariable String id, Visitor visitor) {
        Part part = part(category);
        int number = Body.whole(id, "id");
        requireRight(visitor, part, items.find(part, number).orElseGet(Shapes::object));
        return Body.understood(() -> shape(category, items.remove(author(visitor), part, number)));
    }

    /** Anybody who is let in may store a rule of their own. */
    @PostMapping("/json_classifiers/json_classifier")
    ObjectNode addJson(@RequestBody(required = false) byte[] bytes, Visitor visitor) {
        rights.requireApproved(visitor);
        Body body = Body.read(bytes);
        return Body.understood(() -> shape(
                "json_classifier",
                items.add(author(visitor), Part.GOLDEN_RULES, item(Part.GOLDEN_RULES, body, visitor))));
    }

    @PutMapping("/json_classifiers/json_classifier/{id}")
    ObjectNode editJson(@PathVariable String id, @RequestBody(required = false) byte[] bytes, Visitor visitor) {
        int number = Body.whole(id, "id");
        requireOwn(visitor, number);
        Body body = Body.read(bytes);
        return Body.understood(() -> {
            ObjectNode item = item(Part.GOLDEN_RULES, body, visitor);
            item.remove("createdBy");
            return shape("json_classifier", items.edit(author(visitor), Part.GOLDEN_RULES, number, item));
        });
    }

    @DeleteMapping("/json_classifiers/json_classifier/{id}")
    ObjectNode deleteJson(@PathVariable String id, Visitor visitor) {
        int number = Body.whole(id, "id");
        requireOwn(visitor, number);
        return Body.understood(
                () -> shape("json_classifier", items.remove(author(visitor), Part.GOLDEN_RULES, number)));
    }

    /** Whose rule it is says the registry, not the request. */
    private void requireOwn(Visitor visitor, int id) {
        rights.requireApproved(visitor);
        boolean own = items.find(Part.GOLDEN_RULES, id)
                .filter(i -> i.path("createdBy").asString("").equals(visitor.name()))
                .isPresent();
        if (!own) {
            rights.require(visitor, "configuration.goldenRules", GLOBAL);
        }
    }

    @GetMapping("/datasets_accepted")
    ArrayNode accepted() {
        return acceptedShapes(items.all(Part.ACCEPTED_DATASETS));
    }

    @GetMapping("/datasets_accepted/{runClass}")
    ArrayNode accepted(@PathVariable String runClass) {
        return acceptedShapes(items.all(Part.ACCEPTED_DATASETS).stream()
                .filter(i -> i.path("runClass").asString("").equals(runClass))
                .toList());
    }

    @PostMapping("/datasets_accepted")
    ObjectNode addAccepted(@RequestBody(required = false) byte[] bytes, Visitor visitor) {
        rights.require(visitor, "configuration.acceptedDatasets", GLOBAL);
        Body body = Body.read(bytes);
        return Body.understood(() -> {
            ObjectNode item = acceptedItem(body);
            if (!item.has(ENABLED)) {
                item.put(ENABLED, true);
            }
            return acceptedShape(items.add(author(visitor), Part.ACCEPTED_DATASETS, item));
        });
    }

    @PutMapping("/datasets_accepted/{id}")
    ObjectNode editAccepted(@PathVariable String id, @RequestBody(required = false) byte[] bytes, Visitor visitor) {
        rights.require(visitor, "configuration.acceptedDatasets", GLOBAL);
        Body body = Body.read(bytes);
        int number = Body.whole(id, "id");
        return Body.understood(
                () -> acceptedShape(items.edit(author(visitor), Part.ACCEPTED_DATASETS, number, acceptedItem(body))));
    }

    @DeleteMapping("/datasets_accepted/{id}")
    ObjectNode deleteAccepted(@PathVariable String id, Visitor visitor) {
        rights.require(visitor, "configuration.acceptedDatasets", GLOBAL);
        int number = Body.whole(id, "id");
        return Body.understood(() -> acceptedShape(items.remove(author(visitor), Part.ACCEPTED_DATASETS, number)));
    }

    private void requireRight(Visitor visitor, Part part, ObjectNode item) {
        String workspace = switch (part) {
            case COMPONENTS -> Configuration.workspaceOf(item.path("component").asString(GLOBAL));
            case APPEARANCE -> item.path("workspace").asString(GLOBAL);
            default -> GLOBAL;
        };
        rights.require(visitor, "configuration." + part.key(), workspace);
    }

    private ObjectNode item(Part part, Body body, Visitor visitor) {
        var item = Shapes.object();
        if (body.object().has("classifier")) {
            item.set("rule", body.json("classifier"));
        }
        body.object().properties().forEach(p -> {
            switch (p.getKey()) {
                case "class" -> item.set("runClass", p.getValue());
                case "priority" -> item.put("priority", Body.whole(p.getValue(), "priority"));
                case "status", "workspace", "name" -> item.set(p.getKey(), p.getValue());
                case ENABLED -> item.put(ENABLED, p.getValue().asBoolean(true));
                case "component" -> component(p.getValue(), body, item);
                default -> {}
            }
        });
        if (part == Part.GOLDEN_RULES) {
            item.put("createdBy", visitor.name());
            item.remove(ENABLED);
        }
        return item;
    }

    /** As the number of a column, or by name. */
    private void component(JsonNode value, Body body, ObjectNode item) {
        if (value.isString() && !value.stringValue().matches("\\d+")) {
            item.put("component", value.stringValue());
            item.put("area", body.text("online_or_offline", Configuration.ONLINE));
            return;
        }
        int id = Body.whole(value, "component");
        Column column = columns().stream()
                .filter(c -> c.column().id() == id)
                .findFirst()
                .orElseThrow(() -> Body.invalid("There is no component with the id " + id));
        item.put("component", column.name()).put("area", column.workspace().area());
    }

    private record Column(Configuration.Workspace workspace, Configuration.Column column) {

        String name() {
            return workspace.name() + "-" + column.name();
        }
    }

    private List<Column> columns() {
        return configurations.current().document().workspaces().stream()
                .flatMap(w -> w.columns().stream().map(c -> new Column(w, c)))
                .toList();
    }

    private Optional<Column> column(ObjectNode item) {
        return columns().stream()
                .filter(c -> c.workspace().area().equals(item.path("area").asString(""))
                        && c.name().equals(item.path("component").asString("")))
                .findFirst();
    }

    private ArrayNode shapes(String category, List<ObjectNode> of) {
        var result = JsonNodeFactory.instance.arrayNode();
        of.forEach(item -> result.add(shape(category, item)));
        return result;
    }

    private ObjectNode shape(String category, ObjectNode item) {
        var result = Shapes.object().put("id", item.path("id").asInt(0));
        result.put("classifier", item.path("rule").toString());
        result.put(ENABLED, item.path(ENABLED).asBoolean(true));
        switch (category) {
            case "class" ->
                result.put("class", item.path("runClass").asString(""))
                        .put("priority", item.path("priority").asInt(0));
            case "dataset" -> result.put("class", item.path("runClass").asString(""));
            case "component" -> componentShape(item, result);
            case "offline_dataset" ->
                result.put("workspace", item.path("workspace").asString(""));
            default -> result.put("name", item.path("name").asString(""));
        }
        dated(part(category), item, result);
        if (item.has("createdBy")) {
            result.set("created_by", item.path("createdBy"));
        }
        return result;
    }

    /** By whom and when; nobody, for what is shipped. */
    private void dated(Part part, ObjectNode item, ObjectNode shape) {
        Origins.Origin origin = origins.of(part, item.path("id").asInt(0));
        Version created = origin.created();
        Version updated = origin.updated();
        shape.put("created_by", created == null ? null : created.author())
                .put("updated_by", updated == null ? null : updated.author())
                .put("createdAt", created == null ? null : created.at().toString())
                .put("updatedAt", updated == null ? null : updated.at().toString());
    }

    private void componentShape(ObjectNode item, ObjectNode result) {
        result.put("status", item.path("status").asString(""))
                .put("priority", item.path("priority").asInt(0));
        column(item).ifPresent(column -> {
            result.put("component", column.column().id());
            ObjectNode shaped = result.putObject("WorkspaceColumn")
                    .put("id", column.column().id())
                    .put("id_workspace", column.workspace().id())
                    .put("name", column.column().name());
            shaped.putObject("Workspace")
                    .put("id", column.workspace().id())
                    .put("workspace", column.workspace().name())
                    .put("online_or_offline", column.workspace().area());
        });
    }

    private static ObjectNode acceptedItem(Body body) {
        var item = Shapes.object();
        body.object().properties().forEach(p -> {
            switch (p.getKey()) {
                case "class" -> item.set("runClass", p.getValue());
                case "name" -> item.set("name", p.getValue());
                case ENABLED -> item.put(ENABLED, p.getValue().asBoolean(true));
                case "regexp" ->
                    p.getValue()
                            .asString("")
                            .lines()
                            .filter(line -> !line.isBlank())
                            .forEach(line -> item.withArray("monitorNames").add(line.strip()));
                case "run_from" -> run(item, "firstRun", p.getValue());
                case "run_to" -> run(item, "lastRun", p.getValue());
                default -> {}
            }
        });
        return item;
    }

    private static void run(ObjectNode item, String key, JsonNode value) {
        if (value.isNull()) {
            item.putNull(key);
        } else {
            item.put(key, Body.whole(value, key));
        }
    }

    private ArrayNode acceptedShapes(List<ObjectNode> of) {
        var result = JsonNodeFactory.instance.arrayNode();
        of.forEach(item -> result.add(acceptedShape(item)));
        return result;
    }

    private ObjectNode acceptedShape(ObjectNode item) {
        var result = Shapes.object().put("id", item.path("id").asInt(0));
        result.set("name", item.path("name"));
        result.put(
                "regexp",
                String.join(
                        "\n",
                        item.path("monitorNames")
                                .valueStream()
                                .map(JsonNode::asString)
                                .toList()));
        result.set("enabled", item.path(ENABLED));
        result.set("class", item.path("runClass"));
        result.set("run_from", item.path("firstRun"));
        result.set("run_to", item.path("lastRun"));
        dated(Part.ACCEPTED_DATASETS, item, result);
        return result;
    }

    private static Part part(String category) {
        Part part = CATEGORIES.get(category);
        if (part == null) {
            throw Body.invalid("There is no category of classifiers \"" + category + "\"");
        }
        return part;
    }

    private static Author author(Visitor visitor) {
        return Author.person(visitor.name());
    }
}
