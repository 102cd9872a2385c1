package org.colonnade.certification.runregistry;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Locale;
import java.util.SortedMap;
import java.util.function.Function;
import org.colonnade.certification.certify.AsOf;
import org.colonnade.certification.certify.Lumisections;
import org.colonnade.certification.certify.Rights;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.golden.GoldenData;
import org.colonnade.certification.ledger.Author;
import org.colonnade.certification.ledger.Dataset;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.Family;
import org.colonnade.certification.ledger.History;
import org.colonnade.certification.ledger.States;
import org.colonnade.certification.lumisection.Ranges;
import org.colonnade.identity.Visitor;
import org.jspecify.annotations.Nullable;
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

/** Lumisections, as the public client asks for them. */
@RestController
@Tag(name = "Run Registry", description = "The paths of the Run Registry, for its client and scripts")
@RequestMapping(RunRegistryDoor.PREFIX + "/lumisections")
class LumisectionController {

    private final States states;
    private final History history;
    private final Lumisections lumisections;
    private final GoldenData data;
    private final AsOf asOf;
    private final Rights rights;

    LumisectionController(
            States states, History history, Lumisections lumisections, GoldenData data, AsOf asOf, Rights rights) {
        this.states = states;
        this.history = history;
        this.lumisections = lumisections;
        this.data = data;
        this.asOf = asOf;
        this.rights = rights;
    }

    @PostMapping("/rr_lumisections")
    JsonNode verdicts(
            @RequestBody(required = false) byte[] bytes,
            @RequestParam(name = "asOf", required = false) @Nullable String when) {
        return of(bytes, when, d -> Shapes.expandedVerdicts(d.verdicts()), JsonNodeFactory.instance.arrayNode());
    }

    @PostMapping("/oms_lumisections")
    JsonNode bits(
            @RequestBody(required = false) byte[] bytes,
            @RequestParam(name = "asOf", required = false) @Nullable String when) {
        return of(bytes, when, d -> Shapes.expandedBits(d.bits()), JsonNodeFactory.instance.arrayNode());
    }

    @PostMapping("/rr_lumisection_ranges")
    JsonNode verdictRanges(
            @RequestBody(required = false) byte[] bytes,
            @RequestParam(name = "asOf", required = false) @Nullable String when) {
        return of(bytes, when, d -> Shapes.verdictRanges(d.verdicts()), JsonNodeFactory.instance.arrayNode());
    }

    @PostMapping("/rr_lumisection_ranges_by_component")
    JsonNode verdictRangesByComponent(
            @RequestBody(required = false) byte[] bytes,
            @RequestParam(name = "asOf", required = false) @Nullable String when) {
        return of(bytes, when, d -> Shapes.verdictRangesByComponent(d.verdicts()), Shapes.object());
    }

    @PostMapping("/oms_lumisection_ranges")
    JsonNode bitRanges(
            @RequestBody(required = false) byte[] bytes,
            @RequestParam(name = "asOf", required = false) @Nullable String when) {
        return of(bytes, when, d -> Shapes.bitRanges(d.bits()), JsonNodeFactory.instance.arrayNode());
    }

    @PostMapping("/oms_lumisection_ranges_by_dcs_bit")
    JsonNode bitRangesByBit(
            @RequestBody(required = false) byte[] bytes,
            @RequestParam(name = "asOf", required = false) @Nullable String when) {
        return of(bytes, when, d -> Shapes.bitRangesByBit(d.bits()), Shapes.object());
    }

    @PostMapping("/joint_lumisection_ranges")
    JsonNode jointRanges(
            @RequestBody(required = false) byte[] bytes,
            @RequestParam(name = "asOf", required = false) @Nullable String when) {
        return of(bytes, when, d -> Shapes.jointRanges(d.verdicts(), d.bits()), JsonNodeFactory.instance.arrayNode());
    }

    @PostMapping("/get_rr_lumisection_history")
    ArrayNode verdictHistory(@RequestBody(required = false) byte[] bytes) {
        return history(Body.read(bytes).dataset(), Family.RR);
    }

    @PostMapping("/get_oms_lumisection_history")
    ArrayNode bitHistory(@RequestBody(required = false) byte[] bytes) {
        return history(Body.read(bytes).dataset(), Family.OMS);
    }

    private ArrayNode history(DatasetKey key, Family family) {
        var result = JsonNodeFactory.instance.arrayNode();
        for (History.LumisectionEntry entry : history.ofLumisections(key, family)) {
            ObjectNode row = result.addObject().put("version", entry.event());
            if (family == Family.RR) {
                row.put("manual_change", entry.manual());
            }
            row.put("run_number", entry.dataset().run())
                    .put("name", entry.dataset().name())
                    .put("start", entry.first())
                    .put("end", entry.last());
            row.setAll(LogController.version(entry.version()));
            row.set("jsonb", Shapes.object(entry.values()));
        }
        return result;
    }

    @PutMapping("/edit_rr_lumisections")
    ObjectNode edit(@RequestBody(required = false) byte[] bytes, Visitor visitor) {
        Body body = Body.read(bytes);
        String component = body.text("component");
        rights.require(visitor, "lumisection.edit", Configuration.workspaceOf(component));
        ObjectNode range = body.object("new_lumisection_range");
        return edited(
                lumisections.edit(
                        Author.person(visitor.name()),
                        new Lumisections.Verdict(
                                body.dataset(),
                                component,
                                Body.whole(range.path("start"), "start"),
                                Body.whole(range.path("end"), "end"),
                                range.path("status").asString(""),
                                range.path("comment").asString(""),
                                range.path("cause").asString(""),
                                null)),
                true);
    }

    @PutMapping("/edit_oms_lumisections")
    ObjectNode editBit(@RequestBody(required = false) byte[] bytes, Visitor visitor) {
        rights.require(visitor, "lumisection.edit-oms", "global");
        Body body = Body.read(bytes);
        ObjectNode range = body.object("new_lumisection_range");
        String value = range.path("status").asString("").toLowerCase(Locale.ROOT);
        if (!value.equals("true") && !value.equals("false")) {
            throw Body.invalid("No status present: it must be true or false");
        }
        return edited(
                lumisections.editBit(
                        Author.person(visitor.name()),
                        body.dataset(),
                        body.text("component"),
                        Body.whole(range.path("start"), "start"),
                        Body.whole(range.path("end"), "end"),
                        Boolean.parseBoolean(value),
                        range.path("comment").asString(""),
                        null),
                true);
    }

    /** What is known about the lumisections that a file names. */
    @PostMapping("/get_data_of_json")
    ObjectNode data(@RequestBody(required = false) byte[] bytes) {
        Body body = Body.read(bytes);
        return Body.understood(() -> {
            SortedMap<DatasetKey, Ranges> wanted = GoldenData.read(body.get("json"));
            ObjectNode result = Shapes.object();
            ObjectNode all = result.putObject("json_with_data");
            data.documents(wanted).forEach((key, documents) -> {
                ObjectNode of = all.putObject(key.text());
                documents.forEach((ls, document) -> of.set(Integer.toString(ls), document));
            });
            double recorded = 0;
            double delivered = 0;
            for (GoldenData.Luminosity luminosity : data.luminosity(wanted).values()) {
                recorded += luminosity.recorded();
                delivered += luminosity.delivered();
            }
            return result.put("total_recorded_luminosity", recorded).put("total_delivered_luminosity", delivered);
        });
    }

    @PostMapping("/get_luminosity_of_json_with_dataset_names")
    ObjectNode luminosity(@RequestBody(required = false) byte[] bytes) {
        Body body = Body.read(bytes);
        return Body.understood(() -> {
            ObjectNode result = Shapes.object();
            data.luminosity(GoldenData.read(body.get("json_with_dataset_names")))
                    .forEach((key, luminosity) -> result.put(key.text(), luminosity.recorded()));
            return result;
        });
    }

    private static ObjectNode edited(Lumisections.Edited edited, boolean manual) {
        return Shapes.object()
                .put("run_number", edited.dataset().run())
                .put("name", edited.dataset().name())
                .put("lumisection_metadata_id", edited.event())
                .put("version", edited.event())
                .put("manual_change", manual);
    }

    private JsonNode of(byte[] bytes, @Nullable String when, Function<Dataset, JsonNode> shape, JsonNode nothing) {
        return states.dataset(Body.read(bytes).dataset(), asOf.version(when))
                .filter(d -> !d.deleted())
                .map(shape)
                .orElse(nothing);
    }

    static String workspace(String component) {
        int dash = component.indexOf('-');
        return dash < 0 ? component : component.substring(0, dash);
    }
}
