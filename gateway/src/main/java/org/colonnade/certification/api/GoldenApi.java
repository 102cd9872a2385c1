package org.colonnade.certification.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.colonnade.certification.certify.Lumisections;
import org.colonnade.certification.certify.Rights;
import org.colonnade.certification.classifier.Playground;
import org.colonnade.certification.golden.Assumption;
import org.colonnade.certification.golden.Golden;
import org.colonnade.certification.golden.GoldenData;
import org.colonnade.certification.golden.GoldenDifference;
import org.colonnade.certification.golden.GoldenRecords;
import org.colonnade.certification.golden.GoldenRecords.Asked;
import org.colonnade.certification.golden.GoldenRecords.Stored;
import org.colonnade.certification.golden.Several;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.States;
import org.colonnade.certification.lumisection.Ranges;
import org.colonnade.certification.rule.Facts;
import org.colonnade.certification.rule.Rule;
import org.colonnade.certification.rule.RuleException;
import org.colonnade.identity.Visitor;
import org.colonnade.jobs.Job;
import org.colonnade.jobs.Jobs;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Golden JSON files: ask for one, make it again, compare two, and ask what would have been. */
@RestController
@Tag(name = "Certification", description = "Runs, verdicts, rules and golden JSON files, with their history")
@RequestMapping("/api/v1/certification/golden")
class GoldenApi {

    private final GoldenRecords records;
    private final Golden golden;
    private final GoldenData data;
    private final ObjectProvider<Jobs> jobs;
    private final Rights rights;

    GoldenApi(GoldenRecords records, Golden golden, GoldenData data, ObjectProvider<Jobs> jobs, Rights rights) {
        this.records = records;
        this.golden = golden;
        this.data = data;
        this.jobs = jobs;
        this.rights = rights;
    }

    /**
     * @param datasets an SQL pattern of whole names, such as {@code /PromptReco/Collisions2026_/DQM}
     * @param several what becomes of a run of which several datasets match: refuse (default), union, intersection
     */
    record Wanted(
            @Nullable JsonNode rule,
            @Nullable String datasets,
            @Nullable String tags,
            @Nullable Boolean official,
            @Nullable String several) {}

    /**
     * @param version of the registry that was evaluated; null until it is computed
     * @param digest SHA-256 of the file; null until it is computed
     * @param result everything that is told about it; null until it is computed
     */
    record View(
            int id,
            String state,
            @Nullable Double progress,
            @Nullable String reason,
            String createdBy,
            boolean official,
            String tags,
            String datasets,
            JsonNode rule,
            String several,
            @Nullable Long version,
            @Nullable String digest,
            @Nullable JsonNode result) {}

    @PostMapping
    @Operation(summary = "Computes a golden JSON file")
    @ResponseStatus(HttpStatus.ACCEPTED)
    View submit(@RequestBody Wanted wanted, Visitor visitor) {
        rights.requireApproved(visitor);
        boolean official = Boolean.TRUE.equals(wanted.official());
        if (official) {
            rights.require(visitor, "json.official", "global");
        }
        return understood(() -> {
            Rule.compile(required(wanted.rule()));
            if (wanted.datasets() == null || wanted.datasets().isBlank()) {
                throw ProblemException.invalid("datasets", "must be a pattern of dataset names");
            }
            if (!golden.matchesAny(wanted.datasets())) {
                throw new RuleException("No dataset's whole name matches " + wanted.datasets());
            }
            return view(records.submit(
                    visitor,
                    new Asked(
                            required(wanted.rule()),
                            wanted.datasets(),
                            Objects.requireNonNullElse(wanted.tags(), ""),
                            official,
                            several(wanted.several()))));
        });
    }

    @GetMapping("/{id}")
    @Operation(summary = "A golden JSON file with its record")
    View get(@PathVariable int id) {
        return view(find(id));
    }

    /** Only its owner, or who may, takes a file off the lists. */
    @DeleteMapping("/{id}")
    @Operation(summary = "Deletes a personal file")
    View delete(@PathVariable int id, Visitor visitor) {
        Stored stored = find(id);
        if (visitor.guest() || !stored.owner().equals(visitor.owner().value())) {
            rights.require(visitor, "json.delete", "global");
        }
        records.delete(id);
        return view(stored);
    }

    /** A file made again from its record; the digests must be the same. */
    record Regenerated(int id, long version, @Nullable String recorded, String digest, boolean same, JsonNode json) {}

    @GetMapping("/{id}/regenerated")
    @Operation(summary = "Computes a file anew from its record")
    Regenerated regenerate(@PathVariable int id) {
        Stored stored = computed(id);
        Golden.File file = understood(() -> golden.compute(
                Rule.compile(stored.asked().rule()),
                stored.asked().names(),
                version(stored),
                stored.asked().several()));
        return new Regenerated(
                id,
                version(stored),
                stored.digest(),
                file.digest(),
                Objects.equals(stored.digest(), file.digest()),
                file.ranges());
    }

    /** @param run absent for every run; {@code lumisections} absent for all of them */
    record Assumed(
            @Nullable String component,
            @Nullable String status,
            @Nullable String bit,
            @Nullable Boolean on,
            @Nullable Integer run,
            @Nullable JsonNode lumisections) {}

    /** @param assumptions all of them at once */
    record WhatIf(@Nullable List<@Nullable Assumed> assumptions) {}

    /**
     * @param gained recorded luminosity in 1/pb that the file would have more, or less if negative
     * @param added lumisections by run that it would have more
     * @param removed and less
     */
    record Answer(
            int id,
            long version,
            double recorded,
            double assumed,
            double gained,
            JsonNode added,
            JsonNode removed,
            JsonNode json) {}

    /** If a component had been GOOD here, how much luminosity would the file hold? As of the file's own version. */
    @PostMapping("/{id}/what-if")
    @Operation(summary = "What a file would hold if verdicts were others")
    Answer whatIf(@PathVariable int id, @RequestBody WhatIf question) {
        Stored stored = computed(id);
        return understood(() -> {
            List<Assumption> assumptions = assumptions(question);
            Golden.File file = golden.assuming(
                    Rule.compile(stored.asked().rule()),
                    stored.asked().names(),
                    version(stored),
                    stored.asked().several(),
                    assumptions);
            JsonNode before = Objects.requireNonNull(stored.record());
            double recorded = before.path("recorded_luminosity_in_json").doubleValue();
            double assumed = file.recorded();
            var added = object();
            var removed = object();
            JsonNode after = file.ranges();
            GoldenDifference.between(before.path("generated_json"), after).forEach((run, difference) -> {
                put(added, run, difference.added());
                put(removed, run, difference.removed());
            });
            return new Answer(id, version(stored), recorded, assumed, assumed - recorded, added, removed, after);
        });
    }

    private static List<Assumption> assumptions(WhatIf question) {
        if (question.assumptions() == null
                || question.assumptions().isEmpty()
                || question.assumptions().size() > 100) {
            throw ProblemException.invalid("assumptions", "must be 1 to 100");
        }
        var result = new ArrayList<Assumption>();
        for (Assumed assumed : question.assumptions()) {
            if (assumed == null) {
                throw ProblemException.invalid("assumptions", "must not be null");
            }
            Map<Integer, Ranges> where = where(assumed);
            if (assumed.component() != null && assumed.status() != null && assumed.bit() == null) {
                if (!Lumisections.STATUSES.contains(assumed.status())) {
                    throw ProblemException.invalid("status", "must be one of " + Lumisections.STATUSES);
                }
                result.add(new Assumption(true, assumed.component(), StringNode.valueOf(assumed.status()), where));
            } else if (assumed.bit() != null && assumed.on() != null && assumed.component() == null) {
                result.add(new Assumption(
                        false, assumed.bit(), JsonNodeFactory.instance.booleanNode(assumed.on()), where));
            } else {
                throw ProblemException.invalid(
                        "assumptions", "each names a component with its status, or a bit with on");
            }
        }
        return result;
    }

    private static @Nullable Map<Integer, Ranges> where(Assumed assumed) {
        if (assumed.run() == null) {
            return null;
        }
        Map<Integer, Ranges> where = new HashMap<>();
        JsonNode lumisections = assumed.lumisections();
        where.put(
                assumed.run(),
                lumisections == null || lumisections.isNull()
                        ? Ranges.of(1, 1_000_000)
                        : GoldenDifference.ranges(Integer.toString(assumed.run()), lumisections));
        return where;
    }

    /** @param other the number of another file; {@code json} instead, for one from elsewhere */
    record Other(@Nullable Integer other, @Nullable JsonNode json) {}

    /** @param runs how many differ */
    record Difference(
            int runs,
            JsonNode added,
            JsonNode removed,
            int addedLumisections,
            int removedLumisections,
            double addedLuminosity,
            double removedLuminosity) {}

    /** What the other file has more and less than this one; luminosity as recorded, in 1/pb. */
    @PostMapping("/{id}/difference")
    @Operation(summary = "Compares two files")
    Difference difference(@PathVariable int id, @RequestBody Other other) {
        JsonNode before = Objects.requireNonNull(computed(id).record()).path("generated_json");
        if ((other.other() == null) == (other.json() == null)) {
            throw ProblemException.invalid("other", "must be the number of a file, or else json must be one");
        }
        JsonNode after = other.other() == null
                ? Objects.requireNonNull(other.json())
                : Objects.requireNonNull(computed(other.other()).record()).path("generated_json");
        return understood(() -> {
            var added = new TreeMap<Integer, Ranges>();
            var removed = new TreeMap<Integer, Ranges>();
            var differences = GoldenDifference.between(before, after);
            differences.forEach((run, difference) -> {
                added.put(run, difference.added());
                removed.put(run, difference.removed());
            });
            return new Difference(
                    differences.size(),
                    tree(added),
                    tree(removed),
                    added.values().stream().mapToInt(Ranges::size).sum(),
                    removed.values().stream().mapToInt(Ranges::size).sum(),
                    data.luminosityOfRuns(added).recorded(),
                    data.luminosityOfRuns(removed).recorded());
        });
    }

    /** @param explained the rule with the value of each of its parts */
    record Explained(int run, String dataset, int lumisection, boolean good, JsonNode explained, JsonNode document) {}

    /** Why a lumisection is in the file or not, as of the file's own version. */
    @GetMapping("/{id}/explanation")
    @Operation(summary = "Why a lumisection is or is not in a file")
    Explained explain(
            @PathVariable int id, @RequestParam int run, @RequestParam String dataset, @RequestParam int lumisection) {
        Stored stored = computed(id);
        return understood(() -> {
            JsonNode document = data.document(new DatasetKey(run, dataset), lumisection, version(stored));
            JsonNode rule = stored.asked().rule();
            boolean good = Rule.compile(rule).holds(Facts.of(document));
            return new Explained(run, dataset, lumisection, good, Playground.explain(rule, document), document);
        });
    }

    private View view(Stored stored) {
        Job job = stored.job() == null
                ? null
                : jobs.getObject().find(stored.job()).orElse(null);
        String state = stored.record() != null
                ? "completed"
                : job == null ? "failed" : job.state().name().toLowerCase(Locale.ROOT);
        return new View(
                stored.id(),
                state,
                stored.record() != null ? Double.valueOf(1) : job == null ? null : job.fraction(),
                stored.record() != null || job == null ? null : job.sentence(),
                stored.createdBy(),
                stored.asked().official(),
                stored.asked().tags(),
                stored.asked().names(),
                stored.asked().rule(),
                stored.asked().several().name().toLowerCase(Locale.ROOT),
                stored.version(),
                stored.digest(),
                stored.record());
    }

    private Stored find(int id) {
        return records.find(id)
                .filter(s -> !s.deleted())
                .orElseThrow(() -> ProblemException.notFound("There is no golden JSON " + id));
    }

    private Stored computed(int id) {
        Stored stored = find(id);
        if (stored.version() == null || stored.record() == null) {
            throw ProblemException.of(ProblemType.CONFLICT, "Golden JSON " + id + " has not been computed");
        }
        return stored;
    }

    private static long version(Stored stored) {
        return stored.version() == null ? States.NOW : stored.version();
    }

    private static Several several(@Nullable String name) {
        try {
            return name == null ? Several.REFUSE : Several.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("several", "must be refuse, union or intersection");
        }
    }

    private static JsonNode tree(Map<Integer, Ranges> ranges) {
        var result = object();
        ranges.forEach((run, of) -> put(result, run, of));
        return result;
    }

    private static void put(ObjectNode into, int run, Ranges ranges) {
        if (!ranges.isEmpty()) {
            into.set(Integer.toString(run), JsonMapper.shared().valueToTree(ranges.toPairs()));
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static JsonNode required(@Nullable JsonNode rule) {
        if (rule == null || rule.isNull() || rule.isMissingNode()) {
            throw ProblemException.invalid("rule", "must be given");
        }
        return rule;
    }

    static <T> T understood(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuleException e) {
            throw ProblemException.of(ProblemType.UNPROCESSABLE, String.valueOf(e.getMessage()));
        }
    }
}
