package org.colonnade.certification.runregistry;

import java.util.List;
import org.colonnade.certification.certify.Datasets;
import org.colonnade.certification.certify.Rights;
import org.colonnade.certification.certify.Runs;
import org.colonnade.certification.ledger.Author;
import org.colonnade.certification.ledger.Dataset;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.States;
import org.colonnade.certification.listing.FilterException;
import org.colonnade.certification.listing.Listing;
import org.colonnade.certification.listing.Query;
import org.colonnade.identity.Visitor;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Datasets, as the public client asks for them. */
@RestController
@RequestMapping(RunRegistryDoor.PREFIX)
class DatasetController {

    private static final int MAX_NAMES = 12_000;

    private final Datasets datasets;
    private final Runs runs;
    private final States states;
    private final Listing listing;
    private final Rights rights;

    DatasetController(Datasets datasets, Runs runs, States states, Listing listing, Rights rights) {
        this.datasets = datasets;
        this.runs = runs;
        this.states = states;
        this.listing = listing;
        this.rights = rights;
    }

    @PostMapping("/datasets_filtered_ordered")
    ObjectNode filtered(@RequestBody(required = false) byte[] bytes) {
        try {
            Listing.Page<Listing.DatasetRow> page =
                    listing.datasets(Query.read(Body.read(bytes).object()));
            var result = Shapes.object();
            ArrayNode rows = result.putArray("datasets");
            page.rows().forEach(row -> rows.add(Shapes.dataset(row)));
            return result.put("pages", page.pages()).put("count", page.count());
        } catch (FilterException e) {
            throw Body.invalid(String.valueOf(e.getMessage()));
        }
    }

    @PostMapping("/datasets/get_dataset")
    JsonNode dataset(@RequestBody(required = false) byte[] bytes) {
        DatasetKey key = Body.read(bytes).dataset();
        return states.dataset(key, States.NOW)
                .filter(d -> !d.deleted())
                .map(this::shape)
                .map(JsonNode.class::cast)
                .orElse(JsonNodeFactory.instance.nullNode());
    }

    @PostMapping("/datasets_get_lumisection_bar")
    JsonNode bar(@RequestBody(required = false) byte[] bytes) {
        Body body = Body.read(bytes);
        return states.dataset(body.dataset(), States.NOW)
                .map(d -> Shapes.verdictRangesOf(d.verdicts(), body.text("component")))
                .orElseGet(JsonNodeFactory.instance::arrayNode);
    }

    @PostMapping("/datasets")
    JsonNode create(@RequestBody(required = false) byte[] bytes, Visitor visitor) {
        rights.require(visitor, "dataset.create", "global");
        Body body = Body.read(bytes);
        return shape(datasets.create(
                Author.person(visitor.name()),
                body.dataset(),
                body.object("dataset_attributes"),
                RunController.lanes(body, "rr_lumisections"),
                RunController.lanes(body, "oms_lumisections")));
    }

    @PostMapping("/datasets/{workspace}/move_dataset/{from}/{to}")
    JsonNode move(
            @PathVariable String workspace,
            @PathVariable String to,
            @RequestBody(required = false) byte[] bytes,
            Visitor visitor) {
        Body body = Body.read(bytes);
        String meant = body.text("workspace", workspace);
        rights.require(visitor, "dataset.move", meant);
        return shape(datasets.move(Author.person(visitor.name()), body.dataset(), meant, to));
    }

    @PostMapping("/dc_tools/unique_dataset_names")
    Object names(@RequestBody(required = false) byte[] bytes) {
        var keys = keys(Body.read(bytes), MAX_NAMES + 1);
        if (keys.size() > MAX_NAMES) {
            throw Body.invalid("More than " + MAX_NAMES + " datasets match. Please use a narrower filter");
        }
        return keys.stream().map(DatasetKey::name).distinct().sorted().toList();
    }

    @DeleteMapping("/dc_tools/hide_datasets")
    ArrayNode hide(@RequestBody(required = false) byte[] bytes, Visitor visitor) {
        rights.require(visitor, "dataset.hide", "global");
        Body body = Body.read(bytes);
        var keys = keys(body, MAX_NAMES);
        datasets.hide(Author.person(visitor.name()), keys, body.text("reason_for_hiding"));
        var result = JsonNodeFactory.instance.arrayNode();
        keys.forEach(k -> result.addObject()
                .put("run_number", k.run())
                .put("name", k.name())
                .put("deleted", true));
        return result;
    }

    private List<DatasetKey> keys(Body body, int limit) {
        try {
            return listing.datasetKeys(body.get("filter"), limit);
        } catch (FilterException e) {
            throw Body.invalid(String.valueOf(e.getMessage()));
        }
    }

    private ObjectNode shape(Dataset dataset) {
        return Shapes.dataset(dataset, runs.get(dataset.key().run()));
    }
}
