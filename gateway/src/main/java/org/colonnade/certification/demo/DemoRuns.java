package org.colonnade.certification.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.colonnade.certification.certify.OmsSource;
import org.colonnade.certification.demo.DemoRun.Kind;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Twelve fills of an accelerator, each with a cosmic run before it, an adjusting run without stable beams, and a few
 * collision runs whose luminosity decays. Parts of the detector trip now and then. Always the same runs.
 */
final class DemoRuns {

    static final int FIRST = 401_001;

    private static final Instant START = Instant.parse("2026-05-04T05:10:00Z");
    private static final Duration FILL = Duration.ofHours(21);
    private static final double LUMISECTION_SECONDS = 23.31;
    private static final int FILLS = 12;
    private static final List<String> BEAMS = List.of("beam1_present", "beam1_stable", "beam2_present", "beam2_stable");
    private static final List<String> TRACKER =
            List.of("bpix_ready", "fpix_ready", "tibtid_ready", "tob_ready", "tecp_ready", "tecm_ready");
    private static final List<String> OTHERS = List.of(
            "cscp_ready",
            "cscm_ready",
            "dt0_ready",
            "dtp_ready",
            "dtm_ready",
            "ebp_ready",
            "ebm_ready",
            "eep_ready",
            "eem_ready",
            "esp_ready",
            "esm_ready",
            "gemp_ready",
            "gemm_ready",
            "hbhea_ready",
            "hbheb_ready",
            "hbhec_ready",
            "hf_ready",
            "ho_ready",
            "rpc_ready",
            "rp_sect_45_ready",
            "rp_sect_56_ready",
            "rp_time_ready",
            "zdc_ready");
    private static final List<String> COMPONENTS = List.of(
            "DAQ", "DCS", "TRG", "TCDS", "PIXEL", "TRACKER", "ECAL", "ES", "HCAL", "HF", "CSC", "DT", "RPC", "GEM",
            "CTPPS", "LUMI", "DQM", "SCAL");

    private final Random random = new Random(20_260_504);
    private final List<DemoRun> runs = new ArrayList<>();
    private int number = FIRST;
    private Instant clock = START;

    private DemoRuns() {}

    /** In the order in which they were taken. */
    static List<DemoRun> all() {
        var campaign = new DemoRuns();
        for (int fill = 0; fill < FILLS; fill++) {
            campaign.clock = START.plus(FILL.multipliedBy(fill));
            campaign.fill(11_002 + fill, fill);
        }
        return List.copyOf(campaign.runs);
    }

    private void fill(int fill, int index) {
        add(Kind.COSMICS, fill, 60 + random.nextInt(120), 0);
        add(Kind.COMMISSIONING, fill, 8 + random.nextInt(30), 0);
        double luminosity = 0.42 + 0.03 * random.nextDouble();
        int count = 2 + index % 3;
        for (int i = 0; i < count; i++) {
            int length = i == 0 && index % 4 == 1 ? 2 : 90 + random.nextInt(380);
            add(Kind.COLLISIONS, fill, length, luminosity);
            luminosity *= Math.exp(-length / 1900.0);
        }
    }

    private void add(Kind kind, int fill, int length, double luminosity) {
        Instant start = clock.plusSeconds(120 + random.nextInt(600));
        Duration duration = Duration.ofMillis(Math.round(length * LUMISECTION_SECONDS * 1000));
        Instant end = start.plus(duration);
        clock = end;
        List<ObjectNode> lumisections = lumisections(kind, length, luminosity);
        ObjectNode attributes = attributes(kind, fill, start, end, duration);
        double recorded = sum(lumisections, "recorded");
        double delivered = sum(lumisections, "delivered");
        attributes.put("recorded_lumi", recorded).put("delivered_lumi", delivered);
        attributes.put("init_lumi", luminosity / LUMISECTION_SECONDS * 1e6).put("end_lumi", luminosity * 0.9e6 / 23.31);
        attributes.put("l1_triggers_counter", Math.round(duration.toSeconds() * 96_000.0));
        runs.add(new DemoRun(number, kind, end, new OmsSource.Report(attributes, lumisections)));
        number += 1 + random.nextInt(3);
    }

    private ObjectNode attributes(Kind kind, int fill, Instant start, Instant end, Duration duration) {
        ObjectNode result = object();
        result.put("run_number", number).put("fill_number", fill);
        result.put("start_time", start.toString()).put("end_time", end.toString());
        result.put("last_update", end.plusSeconds(180).toString()).put("duration", duration.toSeconds());
        result.put(
                "hlt_key",
                switch (kind) {
                    case COLLISIONS -> "/cdaq/physics/Run2026/2e34/v1.2.0/HLT/V3 Collisions";
                    case COSMICS -> "/cdaq/cosmic/commissioning2026/Cosmics/V5";
                    case COMMISSIONING -> "/cdaq/special/2026/CirculatingBeam/V2";
                });
        result.put("l1_key", kind == Kind.COSMICS ? "cosmics2026/v7" : "collisions2026/v18");
        result.put("l1_menu", "L1Menu_Collisions2026_v1_2_0")
                .put("trigger_mode", kind.name().toLowerCase(Locale.ROOT) + "2026");
        result.put("stable_beam", kind == Kind.COLLISIONS);
        result.put("energy", kind == Kind.COLLISIONS ? 6800 : kind == Kind.COMMISSIONING ? 450 : 0);
        result.put("b_field", number % 17 == 5 ? 0.02 : 3.8);
        result.put("sequence", "GLOBAL-RUN").put("clock_type", kind == Kind.COSMICS ? "LOCAL" : "LHC");
        result.put("injection_scheme", kind == Kind.COLLISIONS ? "25ns_2460b_2448_2089_2227_144bpi" : "");
        result.put("fill_type_party1", "PROTON")
                .put("fill_type_party2", "PROTON")
                .put("cmssw_version", "CMSSW_16_0_3");
        result.put("tier0_transfer", true);
        var components = result.putArray("components");
        boolean withoutCtpps = fill % 3 == 0;
        COMPONENTS.stream()
                .filter(c -> !(withoutCtpps && c.equals("CTPPS")) && !(kind == Kind.COSMICS && c.equals("LUMI")))
                .forEach(components::add);
        return result;
    }

    private List<ObjectNode> lumisections(Kind kind, int length, double luminosity) {
        boolean[][] off = new boolean[OTHERS.size() + TRACKER.size()][length];
        trip(off, length);
        // Trackers are switched on once beams are stable.
        int ramp = kind == Kind.COLLISIONS && luminosity > 0.41 ? Math.min(length, 5 + random.nextInt(9)) : 0;
        int unknown = random.nextInt(4) == 0 && length > 40 ? 20 + random.nextInt(length - 30) : -1;
        int inactive = random.nextInt(3) == 0 ? length - 1 : length;
        var result = new ArrayList<ObjectNode>(length);
        for (int i = 0; i < length; i++) {
            ObjectNode ls = object();
            boolean beams = kind == Kind.COLLISIONS;
            BEAMS.forEach(bit -> ls.put(bit, beams || (kind == Kind.COMMISSIONING && bit.endsWith("present"))));
            ls.put("physics_flag", beams && i >= ramp).put("cms_active", i < inactive);
            for (int bit = 0; bit < OTHERS.size(); bit++) {
                ls.put(OTHERS.get(bit), !off[bit][i]);
            }
            for (int bit = 0; bit < TRACKER.size(); bit++) {
                boolean ready = kind != Kind.COMMISSIONING && i >= ramp - (bit < 2 ? 0 : 2);
                ls.put(TRACKER.get(bit), ready && !off[OTHERS.size() + bit][i]);
            }
            if (i == unknown || i == unknown + 1) {
                ls.putNull("tob_ready").putNull("cscp_ready");
            }
            int column = kind != Kind.COLLISIONS ? 0 : i < length / 2 ? 2 : 3;
            ls.put("prescale_index", column)
                    .put(
                            "prescale_name",
                            List.of("cosmics", "2p2E34", "2p0E34", "1p8E34").get(column));
            double delivered = luminosity * Math.exp(-i / 1900.0) * (1 + 0.004 * random.nextGaussian());
            ls.put("delivered", rounded(delivered));
            ls.put("recorded", rounded(i < inactive ? delivered * (0.93 + 0.04 * random.nextDouble()) : 0));
            result.add(ls);
        }
        integrate(result);
        return result;
    }

    /** Each run has a few stretches in which some part is off. */
    private void trip(boolean[][] off, int length) {
        for (int trips = random.nextInt(4); trips > 0 && length > 20; trips--) {
            int bit = random.nextInt(off.length);
            int from = random.nextInt(length);
            int to = Math.min(length, from + 1 + random.nextInt(Math.max(2, length / 6)));
            for (int i = from; i < to; i++) {
                off[bit][i] = true;
            }
        }
    }

    /** The monitoring system sums luminosity up over the run. */
    private static void integrate(List<ObjectNode> lumisections) {
        double recorded = 0;
        double delivered = 0;
        for (ObjectNode ls : lumisections) {
            ls.put("recorded_lumi", rounded(recorded)).put("delivered_lumi", rounded(delivered));
            recorded += ls.path("recorded").doubleValue();
            delivered += ls.path("delivered").doubleValue();
        }
    }

    private static double sum(List<ObjectNode> lumisections, String kind) {
        return rounded(lumisections.stream()
                .mapToDouble(ls -> ls.path(kind).doubleValue())
                .sum());
    }

    private static double rounded(double value) {
        return Math.round(value * 1e6) / 1e6;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
