package org.colonnade.certification.runregistry;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.colonnade.certification.certify.AsOf;
import org.colonnade.certification.certify.Batches;
import org.colonnade.certification.certify.Choice;
import org.colonnade.certification.certify.Datasets;
import org.colonnade.certification.certify.Rights;
import org.colonnade.certification.certify.Runs;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.ledger.Author;
import org.colonnade.certification.ledger.Dataset;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.Ledger;
import org.colonnade.certification.ledger.States;
import org.colonnade.certification.listing.DatasetCsv;
import org.colonnade.certification.listing.FilterException;
import org.colonnade.certification.listing.Listing;
import org.colonnade.certification.listing.Query;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Datasets, as the public client asks for them. */
@RestController
@Tag(name = "Run Registry", description = "The paths of the Run Registry, for its client and scripts")
@RequestMapping(RunRegistryDoor.PREFIX)
class DatasetController {

    private static final int MAX_NAMES = 12_000;

    private final Datasets datasets;
    private final Runs runs;
    private final States states;
    private final Listing listing;
    private final Batches batches;
    private final DatasetCsv csv;
    private final Ledger ledger;
    private final AsOf asOf;
    private final Rights rights;

    DatasetController(
            Datasets datasets,
            Runs runs,
            States states,
            Listing listing,
            Batches batches,
            DatasetCsv csv,
            Ledger ledger,
            AsOf asOf,
            Rights rights) {
        this.datasets = datasets;
        this.runs = runs;
        this.states = states;
        this.listing = listing;
        this.batches = batches;
        this.csv = csv;
        this.ledger = ledger;
        this.asOf = asOf;
        this.rights = rights;
    }

    @PostMapping("/datasets_filtered_ordered")
    ObjectNode filtered(
            @RequestBody(required = false) byte[] bytes,
            @RequestParam(name = "asOf", required = false) @Nullable String when) {
        try {
            Listing.Page<Listing.DatasetRow> page =
                    listing.datasets(Query.read(Body.read(bytes).object()), asOf.version(when));
            var result = Shapes.object();
            ArrayNode rows = result.putArray("datasets");
            page.rows().forEach(row -> rows.add(Shapes.dataset(row)));
            return result.put("pages", page.pages()).put("count", page.count());
        } catch (FilterException e) {
            throw Body.invalid(String.valueOf(e.getMessage()));
        }
    }

    @PostMapping("/datasets/get_dataset")
    JsonNode dataset(
            @RequestBody(required = false) byte[] bytes,
            @RequestParam(name = "asOf", required = false) @Nullable String when) {
        DatasetKey key = Body.read(bytes).dataset();
        long version = asOf.version(when);
        return states.dataset(key, version)
                .filter(d -> !d.deleted())
                .flatMap(d -> states.run(key.run(), version).map(run -> Shapes.dataset(d, run)))
                .map(JsonNode.class::cast)
                .orElse(JsonNodeFactory.instance.nullNode());
    }

    @PostMapping("/datasets_get_lumisection_bar")
    JsonNode bar(
            @RequestBody(required = false) byte[] bytes,
            @RequestParam(name = "asOf", required = false) @Nullable String when) {
        Body body = Body.read(bytes);
        return states.dataset(body.dataset(), asOf.version(when))
                .map(d -> Shapes.verdictRangesOf(d.verdicts(), body.text("component")))
                .orElseGet(JsonNodeFactory.instance::arrayNode);
    }

    @GetMapping({"/datasets_waiting", "/datasets_waiting_dbs"})
    ArrayNode waiting() {
        var filter = Shapes.object().put("dataset_attributes.global_state", Datasets.WAITING);
        var result = JsonNodeFactory.instance.arrayNode();
        for (DatasetKey key : listing.datasetKeys(filter, MAX_NAMES)) {
            states.dataset(key, States.NOW).map(this::shape).ifPresent(result::add);
        }
        return result;
    }

    @PostMapping("/dataset_appeared_in_dbs")
    JsonNode appearedInDbs(@RequestBody(required = false) byte[] bytes, Visitor visitor) {
        return appeared(bytes, visitor, "DBS");
    }

    @PostMapping("/dataset_appeared_in_dqm_gui")
    JsonNode appearedInGui(@RequestBody(required = false) byte[] bytes, Visitor visitor) {
        return appeared(bytes, visitor, "DQM GUI");
    }

    private JsonNode appeared(byte[] bytes, Visitor visitor, String where) {
        rights.require(visitor, "ingest", "global");
        return shape(datasets.appearedIn(
                Author.automaticFor(visitor.name()), Body.read(bytes).dataset(), where));
    }

    /** Folds the dataset anew from its events. */
    @PutMapping("/recalculate_cache_for_specific_dataset")
    JsonNode recalculate(@RequestBody(required = false) byte[] bytes) {
        DatasetKey key = Body.read(bytes).dataset();
        Dataset found = datasets.get(key);
        ledger.replay(key);
        return shape(found);
    }

    @PostMapping("/datasets/export_to_csv")
    JsonNode csv(@RequestBody(required = false) byte[] bytes) {
        Body body = Body.read(bytes);
        return Body.understood(() -> {
            List<String> columns = body.texts("columns");
            return JsonNodeFactory.instance.stringNode(csv.write(
                    body.get("filter"),
                    columns,
                    body.get("sortings").isMissingNode() ? List.of() : Query.sortings(body.get("sortings"))));
        });
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
        datasets.hide(author(visitor), Choice.of(keys), body.text("reason_for_hiding"));
        var result = JsonNodeFactory.instance.arrayNode();
        keys.forEach(k -> result.addObject()
                .put("run_number", k.run())
                .put("name", k.name())
                .put("deleted", true));
        return result;
    }

    @PostMapping("/dc_tools/duplicate_datasets")
    ArrayNode duplicate(@RequestBody(required = false) byte[] bytes, Visitor visitor) {
        Body body = Body.read(bytes);
        List<String> workspaces = body.texts("workspaces_to_duplicate_into");
        workspaces.forEach(workspace -> rights.require(visitor, "dataset.duplicate", workspace));
        rights.require(visitor, "dataset.duplicate", "global");
        String source = body.text("source_dataset_name");
        List<DatasetKey> keys = keys(body, MAX_NAMES).stream()
                .filter(k -> k.name().equals(source))
                .toList();
        return shapes(
                batches.duplicate(author(visitor), Choice.of(keys), body.text("target_dataset_name"), workspaces));
    }

    @PostMapping("/dc_tools/copy_column_from_datasets")
    ArrayNode copy(@RequestBody(required = false) byte[] bytes, Visitor visitor) {
        Body body = Body.read(bytes);
        List<String> columns = columns(body, "columns_to_copy", visitor);
        return shapes(batches.copyColumns(
                author(visitor),
                choice(body),
                body.text("source_dataset_name"),
                body.text("target_dataset_name"),
                columns));
    }

    @PostMapping("/dc_tools/dataset_column_batch_update")
    ArrayNode update(@RequestBody(required = false) byte[] bytes, Visitor visitor) {
        Body body = Body.read(bytes);
        List<String> columns = columns(body, "columns_to_update", visitor);
        return shapes(batches.setStatus(author(visitor), choice(body), columns, body.text("new_status")));
    }

    private List<String> columns(Body body, String name, Visitor visitor) {
        List<String> columns = body.texts(name);
        if (columns.isEmpty()) {
            throw Body.invalid("\"" + name + "\" must name at least one column");
        }
        columns.forEach(c -> rights.require(visitor, "dataset.batch", Configuration.workspaceOf(c)));
        return columns;
    }

    @PostMapping("/dc_tools/change_multiple_dataset_states/{workspace}/{from}/{to}")
    ArrayNode move(
            @PathVariable String workspace,
            @PathVariable String from,
            @PathVariable String to,
            @RequestBody(required = false) byte[] bytes,
            Visitor visitor) {
        rights.require(visitor, "dataset.move", workspace);
        return shapes(batches.move(author(visitor), choice(Body.read(bytes)), workspace, from, to));
    }

    @PostMapping("/dc_tools/change_multiple_dataset_states_in_all_workspaces/{to}")
    ArrayNode moveEverywhere(@PathVariable String to, @RequestBody(required = false) byte[] bytes, Visitor visitor) {
        rights.require(visitor, "dataset.move-everywhere", "global");
        return shapes(batches.moveEverywhere(author(visitor), choice(Body.read(bytes)), to));
    }

    private ArrayNode shapes(List<DatasetKey> keys) {
        var result = JsonNodeFactory.instance.arrayNode();
        keys.forEach(key -> result.add(shape(datasets.get(key))));
        return result;
    }

    private static Author author(Visitor visitor) {
        return Author.person(visitor.name());
    }

    private Choice choice(Body body) {
        return Choice.of(keys(body, MAX_NAMES));
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
