package org.colonnade.certification.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.colonnade.certification.certify.AsOf;
import org.colonnade.certification.certify.Rights;
import org.colonnade.certification.classifier.DryRun;
import org.colonnade.certification.classifier.Playground;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.configuration.ConfigurationItems;
import org.colonnade.certification.configuration.ConfigurationYaml;
import org.colonnade.certification.configuration.Configurations;
import org.colonnade.certification.configuration.Part;
import org.colonnade.certification.ledger.Author;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.Version;
import org.colonnade.certification.listing.FilterException;
import org.colonnade.certification.lumisection.Ranges;
import org.colonnade.certification.rule.Rule;
import org.colonnade.identity.Visitor;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Workspaces, components, rules, accepted datasets and rights: as one file, and entry by entry. Every change is a version
 * with its author and time, and can be tried on past runs before it counts.
 */
@RestController
@Tag(name = "Certification", description = "Runs, verdicts, rules and golden JSON files, with their history")
@RequestMapping("/api/v1/certification")
class ConfigurationApi {

    private final Configurations configurations;
    private final ConfigurationItems items;
    private final DryRun dryRun;
    private final Playground playground;
    private final AsOf asOf;
    private final Rights rights;

    ConfigurationApi(
            Configurations configurations,
            ConfigurationItems items,
            DryRun dryRun,
            Playground playground,
            AsOf asOf,
            Rights rights) {
        this.configurations = configurations;
        this.items = items;
        this.dryRun = dryRun;
        this.playground = playground;
        this.asOf = asOf;
        this.rights = rights;
    }

    @GetMapping(value = "/configuration", produces = "application/yaml")
    @Operation(summary = "The whole configuration as one YAML file")
    ResponseEntity<String> configuration(@RequestParam(name = "asOf") @Nullable String when) {
        Configurations.Current current =
                when == null ? configurations.current() : configurations.asOf(asOf.version(when));
        return ResponseEntity.ok()
                .eTag(Long.toString(current.version()))
                .body(ConfigurationYaml.write(current.document()));
    }

    /**
     * @param parts in which lists the two differ
     * @param changes entry by entry: {@code "components 7 changed"}
     */
    record Imported(boolean changed, boolean written, List<String> parts, List<String> changes) {}

    /**
     * @param dryRun only says what would change
     * @param match the {@code ETag} with which the file was exported; absent to import it whatever happened since
     */
    @PutMapping(value = "/configuration", consumes = "application/yaml")
    @Operation(summary = "Takes a YAML file as the configuration, or says what it would change")
    @ApiResponse(responseCode = "200", description = "What changed, or would change")
    @ApiResponse(responseCode = "409", description = "Somebody else changed it while the file was read")
    @ApiResponse(responseCode = "412", description = "Somebody else changed it since it was exported")
    Imported configure(
            @RequestBody String yaml,
            @RequestParam(defaultValue = "false") boolean dryRun,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String match,
            Visitor visitor) {
        rights.require(visitor, "configuration.import", "global");
        return GoldenApi.understood(() -> {
            Configuration wanted = ConfigurationYaml.read(yaml);
            Configurations.Current current = configurations.current();
            if (match != null && !match.strip().equals("\"" + current.version() + "\"")) {
                throw ProblemException.of(
                        ProblemType.PRECONDITION_FAILED,
                        "The configuration is now that of version " + current.version()
                                + ", and the file was exported from another one. Export it again");
            }
            Configuration before = current.document();
            List<Part> parts = Part.changed(before, wanted);
            List<String> names = parts.stream().map(Part::key).toList();
            if (parts.contains(Part.RIGHTS)) {
                // Whoever could give rights could give them to themselves.
                rights.require(visitor, "rights.edit", "global");
            }
            if (!dryRun && !parts.isEmpty()) {
                configurations.change(
                        Author.person(visitor.name()),
                        "import of the configuration: " + String.join(", ", names),
                        current.version(),
                        now -> wanted);
            }
            var changes = new ArrayList<String>();
            parts.forEach(part -> changes.addAll(ConfigurationItems.changes(before, wanted, part)));
            return new Imported(!parts.isEmpty(), !dryRun && !parts.isEmpty(), names, changes);
        });
    }

    /** When the configuration was changed, by whom and how; the newest first. */
    @GetMapping("/configuration/versions")
    @Operation(summary = "Versions of the configuration, newest first")
    List<Version> versions() {
        return configurations.versions();
    }

    @GetMapping("/configuration/{part}")
    @Operation(summary = "The entries of one part, now or as they were")
    List<ObjectNode> list(@PathVariable String part, @RequestParam(name = "asOf") @Nullable String when) {
        Part of = part(part);
        return when == null ? items.all(of) : items.asOf(of, asOf.version(when));
    }

    @PostMapping("/configuration/{part}")
    @Operation(summary = "Adds an entry")
    @ResponseStatus(HttpStatus.CREATED)
    ObjectNode add(@PathVariable String part, @RequestBody ObjectNode item, Visitor visitor) {
        Part of = part(part);
        requireRight(visitor, of, item);
        return GoldenApi.understood(() -> items.add(author(visitor), withIds(of), item));
    }

    /** The entry gets a new id; whoever edits the old one later is refused. */
    @PutMapping("/configuration/{part}/{id}")
    @Operation(summary = "Changes an entry")
    ObjectNode edit(@PathVariable String part, @PathVariable int id, @RequestBody ObjectNode item, Visitor visitor) {
        Part of = part(part);
        items.find(of, id).ifPresent(before -> requireRight(visitor, of, before));
        requireRight(visitor, of, item);
        return GoldenApi.understood(() -> items.edit(author(visitor), withIds(of), id, item));
    }

    @DeleteMapping("/configuration/{part}/{id}")
    @Operation(summary = "Removes an entry")
    ObjectNode remove(@PathVariable String part, @PathVariable int id, Visitor visitor) {
        Part of = part(part);
        requireRight(visitor, of, items.find(of, id).orElseGet(JsonNodeFactory.instance::objectNode));
        return GoldenApi.understood(() -> items.remove(author(visitor), withIds(of), id));
    }

    /** Replaces the whole list of rights. */
    @PutMapping("/configuration/rights")
    @Operation(summary = "Says who may do what in which workspace")
    List<ObjectNode> rights(@RequestBody ArrayNode list, Visitor visitor) {
        rights.require(visitor, "rights.edit", "global");
        GoldenApi.understood(() -> {
            items.replace(author(visitor), Part.RIGHTS, list);
            return true;
        });
        return items.all(Part.RIGHTS);
    }

    /**
     * @param part in which an entry is added, changed or removed
     * @param id of the entry; null to add one
     * @param item its fields; null to remove it
     * @param runs a filter as lists take it; null for the newest ones
     */
    record Trial(
            @Nullable String part,
            @Nullable Integer id,
            @Nullable ObjectNode item,
            @Nullable JsonNode runs) {}

    /** What a changed rule would change over past runs. Nothing is written. */
    @PostMapping("/configuration/dry-run")
    @Operation(summary = "Tries a changed rule over past runs")
    @ApiResponse(responseCode = "200", description = "What would change")
    @ApiResponse(responseCode = "404", description = "The part or the entry does not exist")
    DryRun.Effect tryOut(@RequestBody Trial trial, Visitor visitor) {
        rights.requireApproved(visitor);
        Part part = withIds(part(String.valueOf(trial.part())));
        return GoldenApi.understood(() -> {
            Configuration now = configurations.current().document();
            try {
                return dryRun.of(
                        ConfigurationItems.tried(now, part, trial.id(), trial.item()),
                        trial.runs() == null ? JsonNodeFactory.instance.objectNode() : trial.runs());
            } catch (FilterException e) {
                throw ProblemException.invalid("runs", String.valueOf(e.getMessage()));
            }
        });
    }

    /** @param kind run, online, offline or golden: what the rule may ask about */
    record Question(
            @Nullable JsonNode rule,
            @Nullable String kind,
            int run,
            @Nullable String dataset,
            @Nullable Integer lumisection) {}

    /**
     * @param holds where the rule holds, as pairs of lumisections
     * @param explained the rule with the value of each of its parts in the lumisection
     * @param document what it was asked about there
     */
    record Tested(int lumisections, JsonNode holds, JsonNode explained, JsonNode document) {}

    /** Evaluates a rule on a run, live while it is written. */
    @PostMapping("/rules/test")
    @Operation(summary = "Tries a rule on one run")
    @ApiResponse(responseCode = "200", description = "Where the rule holds")
    @ApiResponse(responseCode = "404", description = "The run or dataset does not exist")
    Tested test(@RequestBody Question question) {
        return GoldenApi.understood(() -> {
            Playground.Kind kind = kind(question.kind());
            var key = new DatasetKey(question.run(), Objects.requireNonNullElse(question.dataset(), DatasetKey.ONLINE));
            Playground.Tested tested = playground.test(Rule.compile(GoldenApi.required(question.rule())), kind, key);
            int lumisection = question.lumisection() == null ? 1 : question.lumisection();
            JsonNode document = tested.lumisections() == 0 && kind != Playground.Kind.RUN
                    ? JsonNodeFactory.instance.objectNode()
                    : playground.document(kind, key, lumisection);
            Ranges holds = tested.ranges();
            return new Tested(
                    tested.lumisections(),
                    JsonMapper.shared().valueToTree(holds.toPairs()),
                    Playground.explain(GoldenApi.required(question.rule()), document),
                    document);
        });
    }

    private static Playground.Kind kind(@Nullable String name) {
        try {
            return name == null ? Playground.Kind.GOLDEN : Playground.Kind.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("kind", "must be run, online, offline or golden");
        }
    }

    private void requireRight(Visitor visitor, Part part, ObjectNode item) {
        if (part == Part.RIGHTS) {
            rights.require(visitor, "rights.edit", "global");
            return;
        }
        String workspace = switch (part) {
            case COMPONENTS -> item.path("component").asString("global-").split("-", 2)[0];
            case APPEARANCE -> item.path("workspace").asString("global");
            case WORKSPACES -> item.path("name").asString("global");
            default -> "global";
        };
        rights.require(visitor, "configuration." + part.key(), workspace);
    }

    private static Part part(String name) {
        return Part.of(name)
                .orElseThrow(() -> ProblemException.notFound("There is no part of the configuration named " + name));
    }

    private static Part withIds(Part part) {
        if (part == Part.RIGHTS) {
            throw ProblemException.of(
                    ProblemType.UNPROCESSABLE, "Rights are replaced as a whole: PUT /configuration/rights");
        }
        return part;
    }

    private static Author author(Visitor visitor) {
        return Author.person(visitor.name());
    }
}
