package org.colonnade.benchmarks.certification;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.colonnade.certification.lumisection.Lane;
import org.colonnade.certification.lumisection.Lanes;
import org.colonnade.certification.lumisection.LanesJson;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Writes the events of many runs straight into the tables, as the ledger would have written them one by one. The same
 * ranges go into a plain table for the peer.
 */
final class History {

    private static final int BATCH = 500;
    private static final List<String> BITS = List.of(
            "beam1_present",
            "beam1_stable",
            "beam2_present",
            "beam2_stable",
            "cms_active",
            "bpix_ready",
            "fpix_ready",
            "tibtid_ready",
            "tob_ready",
            "tecp_ready",
            "tecm_ready",
            "ebp_ready",
            "ebm_ready",
            "eep_ready",
            "eem_ready",
            "hbhea_ready",
            "hbheb_ready",
            "hbhec_ready",
            "hf_ready",
            "ho_ready",
            "dtp_ready",
            "dtm_ready",
            "dt0_ready",
            "cscp_ready",
            "cscm_ready",
            "rpc_ready",
            "esp_ready",
            "esm_ready");

    private final JdbcClient jdbc;
    private final Random random = new Random(7);
    private long event = 1_000_000;

    History(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    static List<String> components(int count) {
        var result = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            result.add("part" + i + "-part" + i);
        }
        return result;
    }

    /**
     * @param name of the dataset that each run gets
     * @param edits ranges that people wrote, per run
     * @param detailed whether rules found something bad in each component, and every lumisection has a luminosity of its
     *     own; otherwise there is one automatic range per component
     */
    void write(String name, int first, int runs, int length, int components, int edits, boolean detailed) {
        long version = jdbc.sql("""
                        insert into certification.version (version, author, comment, at)
                        values (nextval('certification.version_number'), 'benchmark', 'history', clock_timestamp())
                        returning version
                        """).query(Long.class).single();
        List<String> names = components(components);
        for (int from = first; from < first + runs; from += BATCH) {
            var batch = new Batch(name);
            for (int run = from; run < Math.min(first + runs, from + BATCH); run++) {
                batch.run(run, event++);
                batch.dataset(event++);
                batch.lanes(run, "oms", bits(length, detailed), false, next(length));
                batch.lanes(run, "rr", automatic(names, length, detailed), false, next(length));
                for (int i = 0; i < edits; i++) {
                    batch.lanes(run, "rr", edit(names, length), true, next(1));
                }
            }
            batch.insert(version);
        }
        jdbc.sql("select setval('certification.event_number', :event)")
                .param("event", event)
                .query(Long.class)
                .single();
    }

    private long next(int size) {
        long result = event;
        event += size;
        return result;
    }

    private Lanes automatic(List<String> components, int length, boolean detailed) {
        var lanes = new TreeMap<String, Lane>();
        for (String component : components) {
            Lane good = Lane.of(1, length, triplet("GOOD", ""));
            int first = 1 + random.nextInt(length);
            int last = Math.min(length, first + random.nextInt(1 + length / 20));
            lanes.put(
                    component,
                    detailed ? Lane.of(first, last, triplet("BAD", "")).over(good) : good);
        }
        return Lanes.of(lanes);
    }

    private Lanes edit(List<String> components, int length) {
        int first = 1 + random.nextInt(length);
        int last = Math.min(length, first + random.nextInt(1 + length / 10));
        String status = random.nextBoolean() ? "GOOD" : "BAD";
        return Lanes.of(Map.of(
                components.get(random.nextInt(components.size())), Lane.of(first, last, triplet(status, "looked at"))));
    }

    private Lanes bits(int length, boolean detailed) {
        var lanes = new TreeMap<String, Lane>();
        JsonNode on = JsonNodeFactory.instance.booleanNode(true);
        JsonNode off = JsonNodeFactory.instance.booleanNode(false);
        for (String bit : BITS) {
            int from = 1 + random.nextInt(length);
            lanes.put(bit, Lane.of(from, Math.min(length, from + 2), off).over(Lane.of(1, length, on)));
        }
        for (String kind : List.of("recorded", "delivered")) {
            var lane = new Lane.Builder();
            for (int ls = 1; ls <= length; ls++) {
                double value = detailed ? Math.round(1e6 * (0.3 + 0.1 * random.nextDouble())) / 1e6 : 0.25;
                lane.add(ls, ls, JsonNodeFactory.instance.numberNode(value));
            }
            lanes.put(kind, lane.build());
        }
        return Lanes.of(lanes);
    }

    private static JsonNode triplet(String status, String comment) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("status", status)
                .put("comment", comment)
                .put("cause", "");
    }

    /** The plain table of ranges, which the peer reads. */
    void preparePeer() {
        jdbc.sql("""
                        create table if not exists peer_range (
                            run integer, component text, first integer, last integer, status text,
                            manual boolean, event bigint)
                        """).update();
    }

    void indexPeer() {
        jdbc.sql("create index on peer_range (run, component)").update();
        jdbc.sql("analyze peer_range").update();
    }

    long peerRanges() {
        return jdbc.sql("select count(*) from peer_range").query(Long.class).single();
    }

    private final class Batch {

        private final String name;
        private final List<Integer> runs = new ArrayList<>();
        private final List<Long> runEvents = new ArrayList<>();
        private final List<Long> datasetEvents = new ArrayList<>();
        private final List<Integer> laneRuns = new ArrayList<>();
        private final List<Long> laneEvents = new ArrayList<>();
        private final List<String> families = new ArrayList<>();
        private final List<String> texts = new ArrayList<>();
        private final List<Boolean> manual = new ArrayList<>();
        private final List<Object[]> ranges = new ArrayList<>();

        Batch(String name) {
            this.name = name;
        }

        void run(int run, long event) {
            runs.add(run);
            runEvents.add(event);
        }

        void dataset(long event) {
            datasetEvents.add(event);
        }

        void lanes(int run, String family, Lanes lanes, boolean byHand, long event) {
            laneRuns.add(run);
            laneEvents.add(event);
            families.add(family);
            texts.add(LanesJson.write(lanes));
            manual.add(byHand);
            if (family.equals("rr")) {
                lanes.byKey()
                        .forEach((component, lane) -> lane.spans()
                                .forEach(s -> ranges.add(new Object[] {
                                    run,
                                    component,
                                    s.first(),
                                    s.last(),
                                    s.value().path("status").stringValue(),
                                    byHand,
                                    event
                                })));
            }
        }

        void insert(long version) {
            jdbc.sql("""
                            insert into certification.run_event
                                (event, version, run_number, oms, rr, manual, reset, deleted)
                            select event, :version, run,
                                   json_build_object('run_number', run, 'energy', 6800, 'b_field', 3.8),
                                   '{"class":"Collisions26","state":"SIGNOFF","significant":true}',
                                   false, false, false
                            from unnest(cast(:runs as integer[]), cast(:events as bigint[])) as r (run, event)
                            """)
                    .param("version", version)
                    .param("runs", runs.toArray(Integer[]::new))
                    .param("events", runEvents.toArray(Long[]::new))
                    .update();
            jdbc.sql("""
                            insert into certification.dataset_event
                                (event, version, run_number, name, attributes, in_gui, deleted)
                            select event, :version, run, :name, '{"global_state":"OPEN"}', '[]', false
                            from unnest(cast(:runs as integer[]), cast(:events as bigint[])) as r (run, event)
                            """)
                    .param("version", version)
                    .param("name", name)
                    .param("runs", runs.toArray(Integer[]::new))
                    .param("events", datasetEvents.toArray(Long[]::new))
                    .update();
            jdbc.sql("""
                            insert into certification.lumisection_event
                                (event, version, run_number, name, family, lanes, manual)
                            select event, :version, run, :name, family, lanes::json, manual
                            from unnest(cast(:runs as integer[]), cast(:events as bigint[]), cast(:families as text[]),
                                        cast(:lanes as text[]), cast(:manual as boolean[]))
                                 as r (run, event, family, lanes, manual)
                            """)
                    .param("version", version)
                    .param("name", name)
                    .param("runs", laneRuns.toArray(Integer[]::new))
                    .param("events", laneEvents.toArray(Long[]::new))
                    .param("families", families.toArray(String[]::new))
                    .param("lanes", texts.toArray(String[]::new))
                    .param("manual", manual.toArray(Boolean[]::new))
                    .update();
            jdbc.sql("""
                            insert into peer_range (run, component, first, last, status, manual, event)
                            select * from unnest(cast(:runs as integer[]), cast(:components as text[]),
                                cast(:firsts as integer[]), cast(:lasts as integer[]), cast(:statuses as text[]),
                                cast(:manual as boolean[]), cast(:events as bigint[]))
                            """)
                    .param("runs", column(0, Integer[]::new))
                    .param("components", column(1, String[]::new))
                    .param("firsts", column(2, Integer[]::new))
                    .param("lasts", column(3, Integer[]::new))
                    .param("statuses", column(4, String[]::new))
                    .param("manual", column(5, Boolean[]::new))
                    .param("events", column(6, Long[]::new))
                    .update();
        }

        private <T> T[] column(int index, IntFunction<T[]> array) {
            return ranges.stream().map(r -> r[index]).toArray(array);
        }
    }
}
