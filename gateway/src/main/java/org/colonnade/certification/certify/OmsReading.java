package org.colonnade.certification.certify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.configuration.LumisectionFacts;
import org.colonnade.certification.configuration.RuleBook;
import org.colonnade.certification.lumisection.Lane;
import org.colonnade.certification.lumisection.Lanes;
import org.colonnade.certification.lumisection.LanesJson;
import org.colonnade.certification.lumisection.Values;
import org.colonnade.certification.rule.Facts;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes of what the monitoring system reports about a run what the registry keeps and judges. */
public final class OmsReading {

    private static final Set<String> KEPT = Set.of(
            ("rp_time_ready cscp_ready physics_flag dt0_ready beam1_present bpix_ready ho_ready dtp_ready tecm_ready"
                            + " tibtid_ready fpix_ready rpc_ready rp_sect_56_ready castor_ready esp_ready eep_ready"
                            + " hbhea_ready ebm_ready dtm_ready eem_ready esm_ready tecp_ready ebp_ready hf_ready"
                            + " rp_sect_45_ready cscm_ready cms_active zdc_ready hbheb_ready tob_ready beam1_stable"
                            + " hbhec_ready beam2_stable beam2_present gemp_ready gemm_ready prescale_index"
                            + " prescale_name recorded delivered")
                    .split(" "));
    private static final List<String> BEAMS = List.of("beam1_present", "beam1_stable", "beam2_present", "beam2_stable");
    private static final List<String> LUMINOSITIES = List.of("recorded_lumi", "delivered_lumi");

    private OmsReading() {}

    /**
     * @param attributes of the run, as reported
     * @param lumisections one object each, in order from 1
     * @param stored attributes that rules may read beside the reported ones
     * @param always judge the lumisections even if no rule finds the run worth it
     */
    public static Incoming read(
            ObjectNode attributes, List<ObjectNode> lumisections, ObjectNode stored, RuleBook rules, boolean always) {
        Lanes all = LanesJson.fromList(withLuminosity(lumisections));
        ObjectNode oms = Values.canonicalObject(attributes);
        for (JsonNode component : attributes.path("components")) {
            oms.put(component.asString().toLowerCase(Locale.ROOT) + "_included", true);
        }
        oms.set("beams_present_and_stable", beams(all));
        oms.put("ls_duration", lumisections.size());

        Judgement judgement = judge(oms, all, stored, rules, always, lumisections.size());
        return new Incoming(oms, judgement.rr(), all.only(KEPT::contains), judgement.verdicts());
    }

    /** What rules make of a run. */
    public record Judgement(ObjectNode rr, Lanes verdicts) {}

    /**
     * @param all what is known of the lumisections, by name
     * @param length how many lumisections there are
     */
    public static Judgement judge(
            ObjectNode oms, Lanes all, ObjectNode stored, RuleBook rules, boolean always, int length) {
        ObjectNode document = runDocument(oms, all, stored);
        String runClass = rules.runClass(document);
        document.put("class", runClass);
        boolean significant = rules.isSignificant(runClass, document);
        var rr = JsonNodeFactory.instance.objectNode().put("class", runClass).put("significant", significant);

        ObjectNode judged = oms.deepCopy();
        judged.remove("beams_present_and_stable");
        judged.setAll(stored);
        judged.setAll(rr);
        Lanes verdicts = significant || always
                ? rules.verdicts(Configuration.ONLINE, LumisectionFacts.flat(judged, all), length)
                : Lanes.NONE;
        return new Judgement(rr, verdicts);
    }

    /** What rules about whole runs may ask: the bits of all lumisections, under the attributes of the run. */
    public static ObjectNode runDocument(ObjectNode oms, Lanes all, ObjectNode rr) {
        ObjectNode document = reduced(all);
        document.setAll(oms);
        document.setAll(rr);
        return document;
    }

    /**
     * The monitoring system sums luminosity up over the run; what one lumisection brought is the difference to the next
     * one, and nothing for the last.
     */
    private static List<ObjectNode> withLuminosity(List<ObjectNode> lumisections) {
        var result = new ArrayList<ObjectNode>(lumisections.size());
        for (int i = 0; i < lumisections.size(); i++) {
            ObjectNode here = lumisections.get(i).deepCopy();
            ObjectNode next = lumisections.get(Math.min(i + 1, lumisections.size() - 1));
            for (String kind : LUMINOSITIES) {
                here.put(
                        kind + "_per_lumi",
                        next.path(kind).asDouble(0) - here.path(kind).asDouble(0));
            }
            double delivered = here.path("delivered_lumi_per_lumi").doubleValue();
            if (delivered == 0) {
                here.putNull("live_lumi_per_lumi");
            } else {
                here.put(
                        "live_lumi_per_lumi",
                        here.path("recorded_lumi_per_lumi").doubleValue() / delivered);
            }
            here.remove(List.of("run_number", "lumisection_number"));
            result.add(here);
        }
        return result;
    }

    /** True if in any lumisection both beams are present and stable; else unknown if any of the bits is. */
    private static JsonNode beams(Lanes all) {
        boolean unknown = false;
        for (int[] stretch : Lanes.stretches(BEAMS.stream().map(all::lane).toList())) {
            int on = 0;
            for (String beam : BEAMS) {
                JsonNode bit = all.lane(beam).at(stretch[0]);
                unknown |= bit != null && bit.isNull();
                on += bit != null && bit.isBoolean() && bit.booleanValue() ? 1 : 0;
            }
            if (on == BEAMS.size()) {
                return JsonNodeFactory.instance.booleanNode(true);
            }
        }
        return unknown ? NullNode.getInstance() : JsonNodeFactory.instance.booleanNode(false);
    }

    /** A bit of the run is true if it is in any lumisection, else false; other keys do not count for the run. */
    private static ObjectNode reduced(Lanes all) {
        var result = JsonNodeFactory.instance.objectNode();
        all.byKey().forEach((key, lane) -> {
            if (lane.spans().stream()
                    .allMatch(s -> s.value().isBoolean() || s.value().isNull())) {
                result.put(key, isEverOn(lane));
            }
        });
        return result;
    }

    private static boolean isEverOn(Lane lane) {
        return lane.spans().stream()
                .anyMatch(s -> s.value().isBoolean() && s.value().booleanValue());
    }

    /** What offline rules say about a dataset that is made from the run's own. */
    public static Lanes offlineVerdicts(
            RuleBook rules, ObjectNode oms, ObjectNode rr, Lanes bits, Lanes online, int length) {
        var constant = JsonNodeFactory.instance.objectNode();
        ObjectNode run = constant.putObject("run");
        run.set("oms", oms);
        run.set("rr", rr);
        return rules.verdicts(Configuration.OFFLINE, LumisectionFacts.nested(Facts.of(constant), bits, online), length);
    }
}
