package org.colonnade.certification;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Three runs on which the registry's behaviour is told: with beam, cosmic, and with beam but without a component. */
final class ScenarioRuns {

    private static final List<String> BITS = List.of(
            "beam1_present",
            "beam1_stable",
            "beam2_present",
            "beam2_stable",
            "cms_active",
            "dtm_ready",
            "dtp_ready",
            "bpix_ready",
            "tob_ready");

    private ScenarioRuns() {}

    static ObjectNode beam(int run) {
        ObjectNode attributes = attributes(run, "/cdaq/physics/Collisions2026/2e34/v1.0/HLT/V1", true);
        List.of("DAQ", "DCS", "DT", "TRACKER", "PIXEL", "TCDS", "TRG").forEach(attributes.putArray("components")::add);
        return attributes;
    }

    static ObjectNode cosmic(int run) {
        ObjectNode attributes = attributes(run, "/cdaq/cosmic/Cosmics2026/v1", false);
        List.of("DAQ", "DCS", "DT", "TRACKER", "PIXEL").forEach(attributes.putArray("components")::add);
        return attributes;
    }

    static ObjectNode beamWithoutDt(int run) {
        ObjectNode attributes = attributes(run, "/cdaq/physics/Collisions2026/2e34/v1.0/HLT/V1", true);
        List.of("DAQ", "DCS", "TRACKER", "PIXEL").forEach(attributes.putArray("components")::add);
        return attributes;
    }

    private static ObjectNode attributes(int run, String hltKey, boolean stable) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("run_number", run)
                .put("hlt_key", hltKey)
                .put("stable_beam", stable)
                .put("energy", 6800)
                .put("b_field", 3.8)
                .put("start_time", "2026-05-03T08:00:00Z")
                .put("end_time", "2026-05-03T08:10:00Z")
                .put("last_update", "2026-05-03T08:15:00Z");
    }

    /** All bits true but for what {@code change} puts into the lumisection of that number. */
    static List<ObjectNode> lumisections(int count, IntFunction<ObjectNode> change) {
        var result = new ArrayList<ObjectNode>();
        for (int ls = 1; ls <= count; ls++) {
            ObjectNode lumisection = JsonNodeFactory.instance.objectNode();
            BITS.forEach(bit -> lumisection.put(bit, true));
            lumisection.put("recorded_lumi", 0.25 * (ls - 1)).put("delivered_lumi", 0.5 * (ls - 1));
            lumisection.put("recorded", 0.25).put("delivered", 0.5);
            lumisection.setAll(change.apply(ls));
            result.add(lumisection);
        }
        return result;
    }

    /** {@code dtm_ready} false in lumisections {@code from} to {@code to}; at 9 the pixels are off and the strips unknown. */
    static List<ObjectNode> tenWithDtOff(int from, int to) {
        return lumisections(10, ls -> {
            ObjectNode change = JsonNodeFactory.instance.objectNode();
            if (from <= ls && ls <= to) {
                change.put("dtm_ready", false);
            }
            if (ls == 9) {
                change.put("bpix_ready", false).putNull("tob_ready");
            }
            return change;
        });
    }

    static List<ObjectNode> allOn(int count) {
        return lumisections(count, ls -> JsonNodeFactory.instance.objectNode());
    }

    static List<ObjectNode> threeWithOneInactive() {
        return lumisections(
                3,
                ls -> ls == 3
                        ? JsonNodeFactory.instance.objectNode().put("cms_active", false)
                        : JsonNodeFactory.instance.objectNode());
    }
}
