package org.colonnade.certification.runregistry;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.function.BiFunction;
import org.colonnade.certification.certify.AsOf;
import org.colonnade.certification.certify.Incoming;
import org.colonnade.certification.certify.OmsUnavailableException;
import org.colonnade.certification.certify.Rights;
import org.colonnade.certification.certify.Runs;
import org.colonnade.certification.ledger.Author;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.History;
import org.colonnade.certification.ledger.Run;
import org.colonnade.certification.ledger.States;
import org.colonnade.certification.ledger.Summary;
import org.colonnade.certification.listing.FilterException;
import org.colonnade.certification.listing.Listing;
import org.colonnade.certification.listing.Query;
import org.colonnade.certification.lumisection.Lanes;
import org.colonnade.certification.lumisection.LanesJson;
import org.colonnade.identity.Visitor;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Runs, as the public client asks for them. */
@RestController
@Tag(name = "Run Registry", description = "The paths of the Run Registry, for its client and scripts")
@RequestMapping(RunRegistryDoor.PREFIX)
class RunController {

    private static final String ANYWHERE = "global";

    private final Runs runs;
    private final States states;
    private final History history;
    private final Listing listing;
    private final AsOf asOf;
    private final Rights rights;

    RunController(Runs runs, States states, History history, Listing listing, AsOf asOf, Rights rights) {
        this.runs = runs;
        this.states = states;
        this.history = history;
        this.listing = listing;
        this.asOf = asOf;
        this.rights = rights;
    }

    @GetMapping("/runs/{run}")
    JsonNode run(@PathVariable String run, @RequestParam(name = "asOf", required = false) @Nullable String when) {
        int number = Body.whole(run, "run_number");
        long version = asOf.version(when);
        return states.run(number, version)
                .filter(r -> !r.deleted())
                .map(found -> shape(found, version))
                .map(JsonNode.class::cast)
                .orElse(JsonNodeFactory.instance.nullNode());
    }

    @GetMapping("/runs_lastupdated_50")
    ArrayNode latest() {
        var query = new Query(
                0,
                50,
                List.of(new Query.Sorting("oms_attributes.last_update", true)),
                JsonNodeFactory.instance.objectNode());
        var result = JsonNodeFactory.instance.arrayNode();
        listing.runs(query).rows().forEach(row -> {
            ObjectNode run = Shapes.run(row);
            run.remove("DatasetTripletCache");
            result.add(run);
        });
        return result;
    }

    @GetMapping("/run_with_history/{run}")
    ArrayNode history(@PathVariable String run) {
        var result = JsonNodeFactory.instance.arrayNode();
        for (History.RunEntry entry : history.ofRun(Body.whole(run, "run_number"))) {
            ObjectNode row = result.addObject();
            row.setAll(entry.oms());
            row.setAll(entry.rr());
            row.put("run_number", Body.whole(run, "run_number")).put("version", entry.event());
            row.put("atomic_version", entry.version().version());
            row.set("Version", LogController.version(entry.version()));
            row.put("manual_change", entry.manual());
            row.setAll(LogController.version(entry.version()));
        }
        return result;
    }

    @PostMapping("/runs_filtered_ordered")
    ObjectNode filtered(
            @RequestBody(required = false) byte[] bytes,
            @RequestParam(name = "asOf", required = false) @Nullable String when) {
        try {
            Listing.Page<Listing.RunRow> page =
                    listing.runs(Query.read(Body.read(bytes).object()), asOf.version(when));
            var result = Shapes.object();
            ArrayNode rows = result.putArray("runs");
            page.rows().forEach(row -> rows.add(Shapes.run(row)));
            return result.put("pages", page.pages()).put("count", page.count());
        } catch (FilterException e) {
            throw Body.invalid(String.valueOf(e.getMessage()));
        }
    }

    @GetMapping("/get_all_dataset_names_of_run/{run}")
    List<String> datasetNames(@PathVariable String run) {
        return history.datasetNames(Body.whole(run, "run_number"));
    }

    @PostMapping({"/runs", "/runs/"})
    JsonNode ingest(@RequestBody(required = false) byte[] bytes, Visitor visitor) {
        rights.require(visitor, "ingest", ANYWHERE);
        Body body = Body.read(bytes);
        int number = Body.whole(body.object("oms_attributes").path("run_number"), "oms_attributes.run_number");
        requireNotFlagged(runs.ingest(Author.automaticFor(visitor.name()), number, incoming(body)));
        return shape(runs.get(number));
    }

    @PutMapping("/automatic_run_update/{run}")
    ResponseEntity<JsonNode> update(
            @PathVariable String run, @RequestBody(required = false) byte[] bytes, Visitor visitor) {
        rights.require(visitor, "ingest", ANYWHERE);
        int number = Body.whole(run, "run_number");
        Runs.Update result = runs.update(Author.automaticFor(visitor.name()), number, incoming(Body.read(bytes)));
        requireNotFlagged(result);
        return result == Runs.Update.UNCHANGED
                ? ResponseEntity.noContent().build()
                : ResponseEntity.ok(shape(runs.get(number)));
    }

    private static void requireNotFlagged(Runs.Update result) {
        if (result == Runs.Update.FLAGGED) {
            throw ProblemException.of(
                    ProblemType.CONFLICT,
                    "Run must be in state OPEN to be updated. It was flagged to be updated manually");
        }
    }

    private static Incoming incoming(Body body) {
        return new Incoming(
                body.object("oms_attributes"),
                body.object("rr_attributes"),
                lanes(body, "oms_lumisections"),
                lanes(body, "rr_lumisections"));
    }

    static Lanes lanes(Body body, String name) {
        try {
            return LanesJson.fromList(body.list(name));
        } catch (IllegalArgumentException e) {
            throw Body.invalid(name + ": " + e.getMessage());
        }
    }

    @PutMapping("/manual_run_edit/{run}/{attribute}")
    JsonNode edit(
            @PathVariable String run,
            @PathVariable String attribute,
            @RequestBody(required = false) byte[] bytes,
            Visitor visitor) {
        rights.require(visitor, "run." + attribute, ANYWHERE);
        int number = Body.whole(run, "run_number");
        return shape(runs.edit(
                Author.person(visitor.name()),
                number,
                attribute,
                Body.read(bytes).object(),
                null));
    }

    @PostMapping("/runs/mark_significant")
    JsonNode markSignificant(@RequestBody(required = false) byte[] bytes, Visitor visitor) {
        rights.require(visitor, "run.significant", ANYWHERE);
        int number = Body.read(bytes).whole("run_number");
        return fromOms(visitor, number, runs::markSignificant);
    }

    @PostMapping("/runs/move_run/{from}/{to}")
    JsonNode move(@PathVariable String to, @RequestBody(required = false) byte[] bytes, Visitor visitor) {
        rights.require(visitor, "run.move", ANYWHERE);
        int number = Body.read(bytes).whole("run_number");
        return shape(runs.move(Author.person(visitor.name()), number, to));
    }

    @PostMapping("/runs/refresh_run/{run}")
    JsonNode refresh(@PathVariable String run, Visitor visitor) {
        rights.require(visitor, "run.refresh", ANYWHERE);
        return fromOms(visitor, Body.whole(run, "run_number"), runs::refresh);
    }

    @PostMapping("/runs/reset_and_refresh_run/{run}")
    JsonNode reset(@PathVariable String run, Visitor visitor) {
        rights.require(visitor, "run.reset", ANYWHERE);
        return fromOms(visitor, Body.whole(run, "run_number"), runs::resetAndRefresh);
    }

    private JsonNode fromOms(Visitor visitor, int number, BiFunction<Author, Integer, Run> act) {
        try {
            return shape(act.apply(Author.person(visitor.name()), number));
        } catch (OmsUnavailableException e) {
            throw ProblemException.of(
                    ProblemType.of(HttpStatus.SERVICE_UNAVAILABLE.value()), String.valueOf(e.getMessage()));
        }
    }

    private JsonNode shape(Run run) {
        return shape(run, States.NOW);
    }

    private JsonNode shape(Run run, long version) {
        return Shapes.run(
                run,
                states.dataset(DatasetKey.online(run.number()), version)
                        .map(d -> Summary.ofVerdicts(d.verdicts()))
                        .orElseGet(Shapes::object));
    }
}
