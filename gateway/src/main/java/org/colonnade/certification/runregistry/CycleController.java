package org.colonnade.certification.runregistry;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.colonnade.certification.certify.AsOf;
import org.colonnade.certification.certify.Rights;
import org.colonnade.certification.certify.Runs;
import org.colonnade.certification.cycle.Cycle;
import org.colonnade.certification.cycle.Cycles;
import org.colonnade.certification.ledger.Author;
import org.colonnade.certification.ledger.Dataset;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.States;
import org.colonnade.certification.listing.FilterException;
import org.colonnade.certification.listing.Listing;
import org.colonnade.identity.Visitor;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Cycles, as scripts ask for them. */
@RestController
@Tag(name = "Run Registry", description = "The paths of the Run Registry, for its client and scripts")
@RequestMapping(RunRegistryDoor.PREFIX + "/cycles")
class CycleController {

    private static final int MAX_DATASETS = 1001;
    private static final String STATE = "_state";
    private static final String MANAGE = "cycle.manage";

    private final Cycles cycles;
    private final States states;
    private final Runs runs;
    private final Listing listing;
    private final AsOf asOf;
    private final Rights rights;

    CycleController(Cycles cycles, States states, Runs runs, Listing listing, AsOf asOf, Rights rights) {
        this.cycles = cycles;
        this.states = states;
        this.runs = runs;
        this.listing = listing;
        this.asOf = asOf;
        this.rights = rights;
    }

    @GetMapping("/{workspace}")
    ArrayNode list(
            @PathVariable String workspace, @RequestParam(name = "asOf", required = false) @Nullable String when) {
        var result = JsonNodeFactory.instance.arrayNode();
        long version = asOf.version(when);
        cycles.all(workspace, version).forEach(c -> result.add(shape(c, version)));
        return result;
    }

    @PostMapping
    ObjectNode create(@RequestBody(required = false) byte[] bytes, Visitor visitor) {
        rights.require(visitor, MANAGE, Cycle.GLOBAL);
        Body body = Body.read(bytes);
        return shape(cycles.create(
                author(visitor), body.text("cycle_name"), deadline(body), attributes(body), datasets(body)));
    }

    @PutMapping
    ObjectNode edit(@RequestBody(required = false) byte[] bytes, Visitor visitor) {
        rights.require(visitor, MANAGE, Cycle.GLOBAL);
        Body body = Body.read(bytes);
        return shape(cycles.edit(
                author(visitor), id(body), body.text("cycle_name"), deadline(body), attributes(body), null));
    }

    @DeleteMapping
    ObjectNode delete(@RequestBody(required = false) byte[] bytes, Visitor visitor) {
        rights.require(visitor, MANAGE, Cycle.GLOBAL);
        return shape(cycles.delete(author(visitor), id(Body.read(bytes)), null));
    }

    @PostMapping({"/add_datasets_to_cycle", "/add_datasets"})
    ObjectNode add(@RequestBody(required = false) byte[] bytes, Visitor visitor) {
        rights.require(visitor, MANAGE, Cycle.GLOBAL);
        Body body = Body.read(bytes);
        return shape(cycles.add(author(visitor), id(body), datasets(body), null));
    }

    @PostMapping("/delete_datasets_from_cycle")
    ObjectNode remove(@RequestBody(required = false) byte[] bytes, Visitor visitor) {
        rights.require(visitor, MANAGE, Cycle.GLOBAL);
        Body body = Body.read(bytes);
        return shape(cycles.remove(author(visitor), id(body), datasets(body), null));
    }

    @PutMapping("/mark_cycle_complete/{workspace}")
    ObjectNode complete(@PathVariable String workspace, @RequestBody(required = false) byte[] bytes, Visitor visitor) {
        rights.require(visitor, "cycle.complete", workspace);
        return shape(cycles.complete(author(visitor), id(Body.read(bytes)), workspace, null));
    }

    @PutMapping("/mark_cycle_pending/{workspace}")
    ObjectNode reopen(@PathVariable String workspace, @RequestBody(required = false) byte[] bytes, Visitor visitor) {
        rights.require(visitor, "cycle.complete", workspace);
        return shape(cycles.reopen(author(visitor), id(Body.read(bytes)), workspace, null));
    }

    @PostMapping("/move_dataset/{workspace}/{from}/{to}")
    ObjectNode move(
            @PathVariable String workspace,
            @PathVariable String to,
            @RequestBody(required = false) byte[] bytes,
            Visitor visitor) {
        Body body = Body.read(bytes);
        String meant = body.text("workspace", workspace);
        rights.require(visitor, "cycle.move", meant);
        Dataset moved = cycles.move(author(visitor), id(body), body.dataset(), meant, to, null);
        return Shapes.dataset(moved, runs.get(moved.key().run()));
    }

    @PostMapping("/move_all_datasets_to/{workspace}")
    ArrayNode moveAll(@PathVariable String workspace, @RequestBody(required = false) byte[] bytes, Visitor visitor) {
        rights.require(visitor, "cycle.move", workspace);
        Body body = Body.read(bytes);
        var result = JsonNodeFactory.instance.arrayNode();
        for (DatasetKey key : cycles.moveAll(author(visitor), id(body), workspace, body.text("to_state"))) {
            states.dataset(key, States.NOW).ifPresent(d -> result.add(Shapes.dataset(d, runs.get(key.run()))));
        }
        return result;
    }

    private List<DatasetKey> datasets(Body body) {
        try {
            return listing.datasetKeys(body.get("filter"), MAX_DATASETS);
        } catch (FilterException e) {
            throw Body.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static int id(Body body) {
        return body.whole("id_cycle");
    }

    private static Author author(Visitor visitor) {
        return Author.person(visitor.name());
    }

    private static Instant deadline(Body body) {
        try {
            return Instant.parse(body.text("deadline"));
        } catch (DateTimeException e) {
            throw Body.invalid("\"deadline\" must be a time such as 2026-05-20T12:00:00Z");
        }
    }

    private static Map<String, String> attributes(Body body) {
        var result = new TreeMap<String, String>();
        body.object("cycle_attributes").properties().forEach(p -> {
            String state = p.getValue().asString("");
            if (!p.getKey().endsWith(STATE) || !state.equals(Cycle.PENDING) && !state.equals(Cycle.COMPLETED)) {
                throw Body.invalid("\"cycle_attributes\" gives each workspace_state as pending or completed");
            }
            result.put(p.getKey().substring(0, p.getKey().length() - STATE.length()), state);
        });
        return result;
    }

    private ObjectNode shape(Cycle cycle) {
        return shape(cycle, States.NOW);
    }

    private ObjectNode shape(Cycle cycle, long version) {
        ObjectNode result = Shapes.object().put("id_cycle", cycle.id()).put("cycle_name", cycle.name());
        ObjectNode attributes = result.putObject("cycle_attributes");
        cycle.states().forEach((workspace, state) -> attributes.put(workspace + STATE, state));
        result.put("deadline", cycle.deadline().toString()).put("deleted", cycle.deleted());
        result.put("createdAt", cycle.createdAt().toString())
                .put("updatedAt", cycle.updatedAt().toString());
        var found = new ArrayList<ObjectNode>();
        ArrayNode members = result.putArray("CycleDataset");
        cycle.members()
                .forEach((key, added) -> states.dataset(key, version).ifPresent(dataset -> {
                    ObjectNode shaped = Shapes.dataset(
                            dataset, states.run(key.run(), version).orElseThrow());
                    shaped.remove("Run");
                    found.add(shaped);
                    ObjectNode member = members.addObject()
                            .put("id_cycle", cycle.id())
                            .put("run_number", key.run())
                            .put("name", key.name())
                            .put("createdAt", added.toString())
                            .put("updatedAt", added.toString());
                    member.putArray("Datasets").add(shaped);
                }));
        found.forEach(result.putArray("datasets")::add);
        return result;
    }
}
