package org.colonnade.certification.runregistry;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.colonnade.certification.certify.Rights;
import org.colonnade.certification.golden.Golden;
import org.colonnade.certification.golden.GoldenRecords;
import org.colonnade.certification.golden.GoldenRecords.Asked;
import org.colonnade.certification.golden.GoldenRecords.Stored;
import org.colonnade.certification.rule.Rule;
import org.colonnade.certification.rule.RuleException;
import org.colonnade.identity.Visitor;
import org.colonnade.jobs.Job;
import org.colonnade.jobs.JobState;
import org.colonnade.jobs.Jobs;
import org.colonnade.web.ProblemException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Golden JSON files, as the public client asks for them. */
@RestController
@Tag(name = "Run Registry", description = "The paths of the Run Registry, for its client and scripts")
@RequestMapping(RunRegistryDoor.PREFIX + "/json_portal")
class JsonPortalController {

    private final GoldenRecords records;
    private final Golden golden;
    private final ObjectProvider<Jobs> jobs;
    private final Rights rights;

    JsonPortalController(GoldenRecords records, Golden golden, ObjectProvider<Jobs> jobs, Rights rights) {
        this.records = records;
        this.golden = golden;
        this.jobs = jobs;
        this.rights = rights;
    }

    @PostMapping("/generate")
    ObjectNode generate(@RequestBody(required = false) byte[] bytes, Visitor visitor) {
        Body body = Body.read(bytes);
        JsonNode rule = rule(body.get("json_logic"));
        String names = body.text("dataset_name_filter", "");
        if (names.isBlank()) {
            throw Body.invalid("No dataset name specified");
        }
        boolean official = body.get("official").asBoolean(false);
        if (official) {
            rights.require(visitor, "json.official", "global");
        }
        try {
            if (!golden.matchesAny(names)) {
                throw Body.invalid("No datasets matched that dataset name");
            }
        } catch (RuleException e) {
            throw Body.invalid(String.valueOf(e.getMessage()));
        }
        Stored stored = records.submit(visitor, new Asked(rule, names, body.text("tags", ""), official));
        long now = stored.createdAt().toEpochMilli();
        ObjectNode result =
                Shapes.object().put("id", Integer.toString(stored.id())).put("name", "__default__");
        result.set("data", asked(stored));
        result.putObject("opts")
                .put("jobId", stored.id())
                .put("attempts", 5)
                .put("delay", 0)
                .put("timestamp", now);
        result.put("progress", 0).put("delay", 0).put("timestamp", now).put("attemptsMade", 0);
        result.putArray("stacktrace");
        return result.putNull("returnvalue").putNull("finishedOn").putNull("processedOn");
    }

    /** Only a text counts, as the Run Registry has it. */
    private static JsonNode rule(JsonNode text) {
        if (!text.isString()) {
            throw Body.invalid("JSON logic sent is not in json format");
        }
        try {
            JsonNode rule = JsonMapper.shared().readTree(text.stringValue());
            if (rule.isObject() && rule.isEmpty()) {
                throw Body.invalid("Empty json logic sent");
            }
            requireBounded(rule);
            return rule;
        } catch (StreamConstraintsException e) {
            throw Body.invalid("JSON logic sent is nested too deeply");
        } catch (JacksonException e) {
            throw Body.invalid("JSON logic sent is not in json format");
        }
    }

    /** Scripts expect that an unknown operation is told by the poll; what is too large is refused at once. */
    private static void requireBounded(JsonNode rule) {
        try {
            Rule.compile(rule);
        } catch (RuleException e) {
            if (!String.valueOf(e.getMessage()).startsWith("Unrecognized operation")) {
                throw Body.invalid(String.valueOf(e.getMessage()));
            }
        }
    }

    @PostMapping("/json")
    ResponseEntity<JsonNode> json(@RequestBody(required = false) byte[] bytes) {
        Stored stored = find(Body.read(bytes).whole("id_json"));
        if (stored.record() != null) {
            ObjectNode answer = Shapes.object();
            answer.set("final_json", record(stored));
            return ResponseEntity.ok(answer);
        }
        Optional<Job> job = job(stored);
        JobState state = job.map(Job::state).orElse(JobState.FAILED);
        return switch (state) {
            case QUEUED, WAITING -> ResponseEntity.status(203).build();
            case RUNNING, COMPLETED ->
                ResponseEntity.status(202).body(Shapes.object().put("progress", progress(job)));
            case FAILED, TIMED_OUT, CANCELLED ->
                ResponseEntity.status(500).body(Shapes.object().put("err", reason(job)));
        };
    }

    @PostMapping("/jsons")
    ObjectNode list(@RequestBody(required = false) byte[] bytes, Visitor visitor) {
        Body body = Body.read(bytes);
        Integer before =
                body.get("reference").isMissingNode() || body.get("reference").isNull()
                        ? null
                        : Integer.valueOf(body.whole("reference"));
        var result = Shapes.object();
        ArrayNode rows = result.putArray("jsons");
        for (Stored stored : records.list(whose(body.text("filter", "all")), visitor.owner(), before)) {
            Optional<Job> job = job(stored);
            JobState state = stored.record() != null
                    ? JobState.COMPLETED
                    : job.map(Job::state).orElse(JobState.FAILED);
            ObjectNode row = rows.addObject();
            row.setAll(stored.record() == null ? asked(stored) : record(stored));
            row.put("id", stored.id()).put("progress", stored.record() == null ? progress(job) : 1);
            row.put("active", state == JobState.RUNNING);
            row.put("waiting", state == JobState.QUEUED || state == JobState.WAITING);
            boolean failed = state.isFinal() && state != JobState.COMPLETED;
            row.put("failed", failed);
            if (failed) {
                row.put("failedReason", reason(job));
            }
        }
        return result;
    }

    private static GoldenRecords.Whose whose(String name) {
        try {
            return GoldenRecords.Whose.of(name);
        } catch (IllegalArgumentException e) {
            throw Body.invalid("The filter must be one of by_email, official, all");
        }
    }

    @DeleteMapping("/json")
    ObjectNode delete(@RequestBody(required = false) byte[] bytes, Visitor visitor) {
        Stored stored = find(Body.read(bytes).whole("id_json"));
        if (!stored.owner().equals(visitor.owner().value())) {
            rights.require(visitor, "json.delete", "global");
        }
        records.delete(stored.id());
        var result = Shapes.object();
        result.set("deleted_json", record(find(stored.id())));
        return result;
    }

    private Stored find(int id) {
        return records.find(id).orElseThrow(() -> ProblemException.notFound("There is no JSON with the id " + id));
    }

    private Optional<Job> job(Stored stored) {
        return stored.job() == null ? Optional.empty() : jobs.getObject().find(stored.job());
    }

    private static double progress(Optional<Job> job) {
        Double fraction = job.map(Job::fraction).orElse(null);
        return fraction == null ? 0 : fraction;
    }

    private static String reason(Optional<Job> job) {
        String sentence = job.map(Job::sentence).orElse(null);
        return sentence == null ? "The JSON could not be generated" : sentence;
    }

    private static ObjectNode asked(Stored stored) {
        ObjectNode result =
                Shapes.object().put("dataset_name_filter", stored.asked().names());
        result.set("json_logic", stored.asked().rule());
        return result.put("created_by", stored.createdBy())
                .put("tags", stored.asked().tags())
                .put("official", stored.asked().official());
    }

    private static ObjectNode record(Stored stored) {
        ObjectNode result = Shapes.object().put("id", stored.id());
        result.setAll(asked(stored));
        if (stored.record() != null) {
            Map<String, JsonNode> fields = new TreeMap<>();
            stored.record().properties().forEach(p -> fields.put(p.getKey(), p.getValue()));
            fields.forEach(result::set);
        }
        return result.put("deleted", stored.deleted())
                .put("createdAt", stored.createdAt().toString())
                .put("updatedAt", stored.updatedAt().toString());
    }
}
