package org.colonnade.certification.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.colonnade.certification.certify.AsOf;
import org.colonnade.certification.certify.Rights;
import org.colonnade.certification.certify.Runs;
import org.colonnade.certification.certify.Undo;
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
import org.colonnade.identity.AuditLog;
import org.colonnade.identity.Visitor;
import org.colonnade.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
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
@Tag(name = "Certification", description = "Runs, verdicts, rules and golden JSON files, with their history")
@RequestMapping("/api/v1/certification")
class CertificationApi {

    private final States states;
    private final History history;
    private final Ledger ledger;
    private final Rights rights;
    private final Runs runs;
    private final Undo undo;
    private final AuditLog audit;
    private final AsOf asOf;

    CertificationApi(
            States states,
            History history,
            Ledger ledger,
            Rights rights,
            Runs runs,
            Undo undo,
            AuditLog audit,
            AsOf asOf) {
        this.states = states;
        this.history = history;
        this.ledger = ledger;
        this.rights = rights;
        this.runs = runs;
        this.undo = undo;
        this.audit = audit;
        this.asOf = asOf;
    }

    /**
     * @param asOf a version, or a time such as {@code 2026-05-03T08:00:00Z}; absent for now
     * @param version the number of its latest event then
     */
    record RunView(int run, @Nullable Long asOf, JsonNode oms, JsonNode rr, long version, boolean deleted) {

        static RunView of(Run run, @Nullable Long asOf) {
            return new RunView(run.number(), asOf, run.oms(), run.rr(), run.version(), run.deleted());
        }
    }

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
    @Operation(summary = "A run, now or as it was at a version or time")
    RunView run(@PathVariable int run, @RequestParam(name = "asOf") @Nullable String when) {
        long version = version(when);
        Run found = states.run(run, version)
                .orElseThrow(() -> ProblemException.notFound("There is no run " + run + " as of then"));
        return RunView.of(found, shown(version));
    }

    @GetMapping("/runs/{run}/datasets")
    @Operation(summary = "A dataset of a run, now or as it was")
    DatasetView dataset(
            @PathVariable int run,
            @RequestParam(defaultValue = "online") String name,
            @RequestParam(name = "asOf") @Nullable String when) {
        long version = version(when);
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
    @Operation(summary = "What changed between two versions of a dataset")
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
    @Operation(summary = "Versions, newest first: who changed what, when and why")
    List<Version> versions(@RequestParam @Nullable Long before) {
        return history.versionsBefore(before == null ? Long.MAX_VALUE : before, 50);
    }

    /** Takes back what a version said, by a new version; what was said since stays. */
    @PostMapping("/versions/{version}/undo")
    @Operation(summary = "Undoes a version by a new one")
    Version undo(@PathVariable long version, Visitor visitor) {
        return undo.undo(visitor, version);
    }

    /** @param reason is kept with the act */
    record Deletion(@Nullable String reason) {}

    /** Takes a run and its datasets off every list; what was done to it stays in the log. */
    @DeleteMapping(value = "/runs/{run}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Deletes a run; its history stays")
    Version delete(@PathVariable int run, @RequestBody Deletion deletion, Visitor visitor) {
        rights.require(visitor, "registry.delete-run", "global");
        if (deletion.reason() == null || deletion.reason().strip().length() < 3) {
            throw ProblemException.invalid("reason", "must be given");
        }
        runs.delete(Author.person(visitor.name()), run, deletion.reason().strip());
        audit.record(
                visitor,
                "certification.delete-run",
                "run:" + run,
                AuditLog.Outcome.DONE,
                deletion.reason().strip());
        return history.versions(1, 0).getFirst();
    }

    /** @param same whether every projection came out as it was, in every byte */
    record Replayed(long rows, boolean same) {}

    /** @param confirmed must be true: meanwhile nobody can write */
    record Replay(boolean confirmed) {}

    /** Builds everything that pages show anew from the events. */
    @PostMapping("/replay")
    @Operation(summary = "Computes the present state anew from the events and compares")
    Replayed replay(@RequestBody Replay wanted, Visitor visitor) {
        rights.require(visitor, "registry.replay", "global");
        if (!wanted.confirmed()) {
            throw ProblemException.invalid("confirmed", "must be true: while it lasts nobody can write");
        }
        Ledger.Replay replay = ledger.replay();
        audit.record(visitor, "certification.replay", "global", AuditLog.Outcome.DONE, replay.rows() + " rows");
        return new Replayed(replay.rows(), replay.same());
    }

    private long version(@Nullable String when) {
        return asOf.version(when);
    }

    private static @Nullable Long shown(long version) {
        return version == States.NOW ? null : version;
    }

    private static JsonNode tree(Lanes lanes) {
        return JsonMapper.shared().readTree(LanesJson.write(lanes));
    }
}
