package org.colonnade.certification.runregistry;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.colonnade.certification.ledger.Dataset;
import org.colonnade.certification.ledger.Run;
import org.colonnade.certification.ledger.Summary;
import org.colonnade.certification.listing.Listing;
import org.colonnade.certification.lumisection.Lane;
import org.colonnade.certification.lumisection.Lanes;
import org.colonnade.certification.lumisection.Ranges;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The registry's things in the form that its clients know. */
final class Shapes {

    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final ObjectNode EMPTY_TRIPLET = JsonNodeFactory.instance
            .objectNode()
            .put("status", Summary.EMPTY)
            .put("comment", "")
            .put("cause", "");
    private static final ObjectNode NO_DATA =
            JsonNodeFactory.instance.objectNode().put("err", "No data available for this lumisection");

    private Shapes() {}

    static ObjectNode run(Run run, JsonNode tripletSummary) {
        var result = object().put("run_number", run.number());
        result.set("oms_attributes", run.oms());
        result.set("rr_attributes", run.rr());
        result.put("version", run.version()).put("deleted", run.deleted());
        result.putObject("DatasetTripletCache").set("triplet_summary", tripletSummary);
        return result;
    }

    static ObjectNode run(Listing.RunRow row) {
        var result = object().put("run_number", row.run());
        result.set("oms_attributes", tree(row.oms()));
        result.set("rr_attributes", tree(row.rr()));
        result.put("version", row.version()).put("deleted", row.deleted());
        result.putObject("DatasetTripletCache").set("triplet_summary", tree(row.tripletSummary()));
        return result;
    }

    static ObjectNode dataset(Listing.DatasetRow row) {
        var result = object().put("run_number", row.key().run())
                .put("name", row.key().name());
        result.set("dataset_attributes", tree(row.attributes()));
        result.set("datasets_in_gui", tree(row.inGui()));
        result.put("deleted", row.deleted()).put("version", row.version());
        ObjectNode run = result.putObject("Run");
        run.set("rr_attributes", tree(row.rr()));
        run.set("oms_attributes", tree(row.oms()));
        ObjectNode cache = result.putObject("DatasetTripletCache");
        cache.set("triplet_summary", tree(row.tripletSummary()));
        cache.set("dcs_summary", tree(row.dcsSummary()));
        return result;
    }

    static ObjectNode dataset(Dataset dataset, Run run) {
        var result = object().put("run_number", dataset.key().run())
                .put("name", dataset.key().name());
        result.set("dataset_attributes", dataset.attributes());
        dataset.inGui().forEach(result.putArray("datasets_in_gui")::add);
        result.put("deleted", dataset.deleted()).put("version", dataset.version());
        ObjectNode nested = run(run, JsonNodeFactory.instance.nullNode());
        nested.remove("DatasetTripletCache");
        result.set("Run", nested);
        ObjectNode cache = result.putObject("DatasetTripletCache");
        cache.set("triplet_summary", Summary.ofVerdicts(dataset.verdicts()));
        cache.set("dcs_summary", Summary.ofBits(dataset.bits()));
        cache.set("rr_ranges", rangesByStatus(dataset.verdicts()));
        cache.set("dcs_ranges", rangesByValue(dataset.bits()));
        cache.put("brilcalc_recorded_luminosity", Summary.luminosity(dataset.bits(), "recorded"));
        cache.put("brilcalc_delivered_luminosity", Summary.luminosity(dataset.bits(), "delivered"));
        return result;
    }

    private static ObjectNode rangesByStatus(Lanes verdicts) {
        var result = object();
        verdicts.byKey().forEach((component, lane) -> {
            ObjectNode byStatus = result.putObject(component);
            var statuses = new TreeSet<String>();
            lane.spans().forEach(s -> statuses.add(Summary.status(s.value())));
            statuses.add(Summary.EMPTY);
            statuses.forEach(status -> byStatus.set(
                    status,
                    pairs(lane.where(v -> Summary.status(v).equals(status)).toPairs())));
        });
        return result;
    }

    /** {@code {"dtm_ready":{"TRUE":[[1,3]],"FALSE":[[4,5]],"NULL":[],"EMPTY":[]},"all_lumisections":{"TRUE":[[1,5]]}}} */
    private static ObjectNode rangesByValue(Lanes bits) {
        var result = object();
        if (bits.isEmpty()) {
            return result;
        }
        Ranges all = Ranges.of(1, bits.last());
        Summary.bits(bits).forEach((bit, lane) -> {
            ObjectNode byValue = result.putObject(bit);
            byValue.set(
                    "TRUE",
                    pairs(lane.where(v -> v.isBoolean() && v.booleanValue()).toPairs()));
            byValue.set(
                    "FALSE",
                    pairs(lane.where(v -> v.isBoolean() && !v.booleanValue()).toPairs()));
            byValue.set("NULL", pairs(lane.where(JsonNode::isNull).toPairs()));
            byValue.set("EMPTY", pairs(all.minus(lane.extent()).toPairs()));
        });
        result.putObject("all_lumisections").set("TRUE", pairs(all.toPairs()));
        return result;
    }

    static ArrayNode pairs(Iterable<int[]> pairs) {
        var result = JsonNodeFactory.instance.arrayNode();
        pairs.forEach(p -> result.addArray().add(p[0]).add(p[1]));
        return result;
    }

    /** One object for each lumisection from 1; a component without a verdict has an empty one. */
    static ArrayNode expandedVerdicts(Lanes verdicts) {
        var result = JsonNodeFactory.instance.arrayNode();
        for (int ls = 1; ls <= verdicts.last(); ls++) {
            result.add(verdictsAt(verdicts, ls));
        }
        return result;
    }

    static ArrayNode expandedBits(Lanes bits) {
        var result = JsonNodeFactory.instance.arrayNode();
        for (int ls = 1; ls <= bits.last(); ls++) {
            ObjectNode here = object(bits.valuesAt(ls));
            result.add(here.isEmpty() ? NO_DATA : here);
        }
        return result;
    }

    static ArrayNode verdictRanges(Lanes verdicts) {
        return ranges(verdicts, verdicts.last(), ls -> verdictsAt(verdicts, ls));
    }

    static ArrayNode bitRanges(Lanes all) {
        Lanes bits = all.only(key -> !key.equals("recorded") && !key.equals("delivered"));
        return ranges(bits, bits.last(), ls -> {
            ObjectNode here = object(bits.valuesAt(ls));
            return here.isEmpty() ? NO_DATA : here;
        });
    }

    static ArrayNode jointRanges(Lanes verdicts, Lanes bits) {
        var lanes = new LinkedHashMap<String, Lane>(bits.byKey());
        verdicts.byKey().forEach((key, lane) -> lanes.put("rr " + key, lane));
        return ranges(Lanes.of(lanes), Math.max(verdicts.last(), bits.last()), ls -> {
            ObjectNode here = object(bits.valuesAt(ls));
            if (ls <= verdicts.last()) {
                here.setAll(verdictsAt(verdicts, ls));
            }
            return here;
        });
    }

    private interface At {
        ObjectNode at(int lumisection);
    }

    private static ArrayNode ranges(Lanes lanes, int length, At objects) {
        var result = JsonNodeFactory.instance.arrayNode();
        ObjectNode open = null;
        ObjectNode value = null;
        for (int[] stretch : Lanes.stretches(lanes.byKey().values())) {
            if (stretch[0] > length) {
                break;
            }
            ObjectNode here = objects.at(stretch[0]);
            if (open == null || !here.equals(value)) {
                open = here.deepCopy();
                open.put("start", stretch[0]);
                value = here;
                result.add(open);
            }
            open.put("end", stretch[1]);
        }
        return result;
    }

    static ObjectNode verdictRangesByComponent(Lanes verdicts) {
        var result = object();
        verdicts.keys().forEach(key -> result.set(key, verdictRangesOf(verdicts, key)));
        return result;
    }

    /** Of one component, over all lumisections in which any component has a verdict. */
    static ArrayNode verdictRangesOf(Lanes verdicts, String component) {
        Lane lane = verdicts.lane(component);
        int length = verdicts.last();
        var lanes = new LinkedHashMap<String, Lane>();
        lanes.put(component, lane);
        lanes.put("", length == 0 ? Lane.EMPTY : Lane.of(1, length, NO_DATA));
        return ranges(Lanes.of(lanes), length, ls -> lane.at(ls) instanceof ObjectNode found ? found : EMPTY_TRIPLET);
    }

    static ObjectNode bitRangesByBit(Lanes bits) {
        var result = object();
        bits.byKey().forEach((key, lane) -> {
            ArrayNode spans = result.putArray(key);
            lane.spans().forEach(s -> {
                ObjectNode span = spans.addObject();
                span.set("status", s.value());
                span.put("start", s.first()).put("end", s.last());
            });
        });
        return result;
    }

    private static ObjectNode verdictsAt(Lanes verdicts, int lumisection) {
        var result = object();
        verdicts.byKey().forEach((component, lane) -> {
            JsonNode triplet = lane.at(lumisection);
            result.set(component, triplet == null ? EMPTY_TRIPLET : triplet);
        });
        return result;
    }

    static ObjectNode object(Map<String, JsonNode> values) {
        var result = object();
        values.forEach(result::set);
        return result;
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static JsonNode tree(String json) {
        return MAPPER.readTree(json);
    }
}
