package org.colonnade.certification.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.colonnade.certification.certify.Rights;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.configuration.ConfigurationYaml;
import org.colonnade.certification.configuration.Configurations;
import org.colonnade.certification.golden.Golden;
import org.colonnade.certification.golden.GoldenRecords;
import org.colonnade.certification.ledger.Author;
import org.colonnade.certification.ledger.Dataset;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.History;
import org.colonnade.certification.ledger.Ledger;
import org.colonnade.certification.ledger.Run;
import org.colonnade.certification.ledger.States;
import org.colonnade.certification.ledger.Version;
import org.colonnade.certification.lumisection.Lanes;
import org.colonnade.certification.lumisection.LanesJson;
import org.colonnade.certification.rule.Rule;
import org.colonnade.certification.rule.RuleException;
import org.colonnade.identity.Visitor;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads the registry as of any version or time, compares, and takes acts back. */
@RestController
@RequestMapping("/api/v1/certification")
class CertificationApi {

    private final States states;
    private final History history;
    private final Ledger ledger;
    private final Rights rights;
    private final Configurations configurations;
    private final Golden golden;
    private final GoldenRecords records;

    CertificationApi(
            States states,
            History history,
            Ledger ledger,
            Rights rights,
            Configurations configurations,
            Golden golden,
            GoldenRecords records) {
        this.states = states;
        this.history = history;
        this.ledger = ledger;
        this.rights = rights;
        this.configurations = configurations;
        this.golden = golden;
        this.records = records;
    }

    /**
     * @param asOf a version, or a time such as {@code 2026-05-03T08:00:00Z}; absent for now
     * @param version the number of its latest event then
     */
    record RunView(int run, @Nullable Long asOf, JsonNode oms, JsonNode rr, long version, boolean deleted) {}

    /** Lanes as {@code {"dt-dt":[[first,last,value],…]}}. */
    record DatasetView(
            int run,
            String name,
            @Nullable Long asOf,
            JsonNode attributes,
            List<String> inGui,
            JsonNode verdicts,
            JsonNode bits,
            long version,
            boolean deleted) {}

    /** What differs: added, removed and changed keys with their values before and after. */
    record Difference(long from, long to, Map<String, JsonNode> attributes, JsonNode verdicts, JsonNode bits) {}

    @GetMapping("/runs/{run}")
    RunView run(@PathVariable int run, @RequestParam @Nullable String asOf) {
        long version = version(asOf);
        Run found = states.run(run, version)
                .orElseThrow(() -> ProblemException.notFound("There is no run " + run + " as of then"));
        return new RunView(run, shown(version), found.oms(), found.rr(), found.version(), found.deleted());
    }

    @GetMapping("/runs/{run}/datasets")
    DatasetView dataset(
            @PathVariable int run,
            @RequestParam(defaultValue = "online") String name,
            @RequestParam @Nullable String asOf) {
        long version = version(asOf);
        Dataset found = dataset(new DatasetKey(run, name), version);
        return new DatasetView(
                run,
                name,
                shown(version),
                found.attributes(),
                found.inGui(),
                tree(found.verdicts()),
                tree(found.bits()),
                found.version(),
                found.deleted());
    }

    @GetMapping("/runs/{run}/datasets/difference")
    Difference difference(
            @PathVariable int run,
            @RequestParam(defaultValue = "online") String name,
            @RequestParam String from,
            @RequestParam @Nullable String to) {
        var key = new DatasetKey(run, name);
        long earlier = version(from);
        long later = version(to);
        Dataset before = dataset(key, earlier);
        Dataset after = dataset(key, later);
        var attributes = new TreeMap<String, JsonNode>();
        Set<String> keys = new TreeSet<>(before.attributes().propertyNames());
        keys.addAll(after.attributes().propertyNames());
        for (String attribute : keys) {
            JsonNode old = before.attributes().path(attribute);
            JsonNode now = after.attributes().path(attribute);
            if (!old.equals(now)) {
                ObjectNode change = JsonNodeFactory.instance.objectNode();
                change.set("before", old.isMissingNode() ? JsonNodeFactory.instance.nullNode() : old);
                change.set("after", now.isMissingNode() ? JsonNodeFactory.instance.nullNode() : now);
                attributes.put(attribute, change);
            }
        }
        return new Difference(
                earlier,
                later == States.NOW ? history.latest() : later,
                attributes,
                tree(after.verdicts().changesSince(before.verdicts())),
                tree(after.bits().changesSince(before.bits())));
    }

    private Dataset dataset(DatasetKey key, long version) {
        return states.dataset(key, version)
                .orElseThrow(() -> ProblemException.notFound(
                        "There is no dataset " + key.name() + " of run " + key.run() + " as of then"));
    }

    /** @param before the last version of the page before */
    @GetMapping("/versions")
    List<Version> versions(@RequestParam @Nullable Long before) {
        return history.versionsBefore(before == null ? Long.MAX_VALUE : before, 50);
    }

    /** Takes back what a version said, by a new version; what was said since stays. */
    @PostMapping("/versions/{version}/undo")
    Version undo(@PathVariable long version, Visitor visitor) {
        rights.require(visitor, "version.undo", "global");
        Version undone =
                history.version(version).orElseThrow(() -> ProblemException.notFound("There is no version " + version));
        try {
            return ledger.write(
                    Author.person(visitor.name()), "undo of version " + version + ": " + undone.comment(), draft -> {
                        draft.revoke(version);
                        return draft.version();
                    });
        } catch (IllegalArgumentException e) {
            throw ProblemException.of(ProblemType.CONFLICT, String.valueOf(e.getMessage()));
        }
    }

    @GetMapping(value = "/configuration", produces = "application/yaml")
    String configuration(@RequestParam @Nullable String asOf) {
        Configurations.Current current = asOf == null ? configurations.current() : configurations.asOf(version(asOf));
        return ConfigurationYaml.write(current.document());
    }

    /** What an import would change, by part of the configuration. */
    record Imported(boolean changed, boolean written, List<String> parts) {}

    /** @param dryRun only says what would change */
    @PutMapping(value = "/configuration", consumes = "application/yaml")
    Imported configure(
            @RequestBody String yaml, @RequestParam(defaultValue = "false") boolean dryRun, Visitor visitor) {
        rights.require(visitor, "configuration.import", "global");
        try {
            Configuration wanted = ConfigurationYaml.read(yaml);
            List<String> parts = parts(configurations.current().document(), wanted);
            if (!dryRun && !parts.isEmpty()) {
                configurations.change(
                        Author.person(visitor.name()), "import of the configuration: " + parts, before -> wanted);
            }
            return new Imported(!parts.isEmpty(), !dryRun && !parts.isEmpty(), parts);
        } catch (RuleException e) {
            throw ProblemException.of(ProblemType.UNPROCESSABLE, String.valueOf(e.getMessage()));
        }
    }

    private static List<String> parts(Configuration before, Configuration after) {
        JsonMapper mapper = JsonMapper.shared();
        JsonNode old = mapper.valueToTree(before);
        JsonNode now = mapper.valueToTree(after);
        return now.propertyNames().stream()
                .filter(part -> !now.get(part).equals(old.get(part)))
                .toList();
    }

    /** A file made again from its record; the digests must be the same. */
    record Regenerated(int id, long version, @Nullable String recorded, String digest, boolean same, JsonNode json) {}

    @GetMapping("/golden/{id}/regenerated")
    Regenerated regenerate(@PathVariable int id) {
        GoldenRecords.Stored stored =
                records.find(id).orElseThrow(() -> ProblemException.notFound("There is no golden JSON " + id));
        if (stored.version() == null) {
            throw ProblemException.of(ProblemType.CONFLICT, "Golden JSON " + id + " has not been computed");
        }
        Golden.File file = golden.compute(
                Rule.compile(stored.asked().rule()), stored.asked().names(), stored.version());
        return new Regenerated(
                id,
                stored.version(),
                stored.digest(),
                file.digest(),
                Objects.equals(stored.digest(), file.digest()),
                file.record().path("generated_json"));
    }

    private long version(@Nullable String asOf) {
        if (asOf == null || asOf.isBlank()) {
            return States.NOW;
        }
        if (asOf.matches("\\d{1,18}")) {
            return Long.parseLong(asOf);
        }
        try {
            return history.at(Instant.parse(asOf));
        } catch (DateTimeException e) {
            throw ProblemException.invalid("asOf", "is neither a version nor a time such as 2026-05-03T08:00:00Z");
        }
    }

    private static @Nullable Long shown(long version) {
        return version == States.NOW ? null : version;
    }

    private static JsonNode tree(Lanes lanes) {
        return JsonMapper.shared().readTree(LanesJson.write(lanes));
    }
}
