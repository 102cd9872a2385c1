package org.colonnade.certification.ledger;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;
import org.colonnade.certification.lumisection.LanesJson;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Keeps the tables that pages read equal to what the events amount to. */
@Component
class Projections {

    private final JdbcClient jdbc;
    private final States states;
    private final Recent recent;

    Projections(JdbcClient jdbc, States states, Recent recent) {
        this.jdbc = jdbc;
        this.states = states;
        this.recent = recent;
    }

    void projectRun(int number) {
        states.run(number, States.NOW).ifPresent(run -> writeRuns(List.of(run)));
    }

    private void writeRuns(Collection<Run> runs) {
        jdbc.sql("""
                        insert into certification.run (run_number, oms, rr, version, deleted)
                        select run, oms::jsonb, rr::jsonb, version, deleted
                        from unnest(cast(:runs as integer[]), cast(:oms as text[]), cast(:rr as text[]),
                                    cast(:versions as bigint[]), cast(:deleted as boolean[]))
                             as r (run, oms, rr, version, deleted)
                        on conflict (run_number) do update
                        set oms = excluded.oms,
                            rr = excluded.rr,
                            version = excluded.version,
                            deleted = excluded.deleted
                        """)
                .param("runs", runs.stream().map(Run::number).toArray(Integer[]::new))
                .param("oms", runs.stream().map(run -> run.oms().toString()).toArray(String[]::new))
                .param("rr", runs.stream().map(run -> run.rr().toString()).toArray(String[]::new))
                .param("versions", runs.stream().map(Run::version).toArray(Long[]::new))
                .param("deleted", runs.stream().map(Run::deleted).toArray(Boolean[]::new))
                .update();
    }

    void projectDataset(DatasetKey key) {
        states.dataset(key, States.NOW).ifPresent(dataset -> write(List.of(dataset)));
    }

    void project(Draft draft) {
        draft.runs().forEach(this::projectRun);
        for (DatasetKey key : draft.datasets()) {
            Dataset judged = draft.said().get(key);
            if (judged == null) {
                draft.created(key).or(() -> states.dataset(key, States.NOW)).ifPresent(dataset -> {
                    write(List.of(dataset));
                    recent.keep(dataset);
                });
            } else {
                writeVerdicts(judged);
                recent.keep(judged);
            }
        }
    }

    /** What the machine reported, which is long, stays as it is. */
    private void writeVerdicts(Dataset dataset) {
        jdbc.sql("""
                        update certification.dataset
                        set version = :version, lumisections = :lumisections, rr = :rr::json,
                            triplet_summary = :tripletSummary::jsonb
                        where run_number = :run and name = :name
                        """)
                .param("run", dataset.key().run())
                .param("name", dataset.key().name())
                .param("version", dataset.version())
                .param("lumisections", dataset.length())
                .param("rr", LanesJson.write(dataset.verdicts()))
                .param("tripletSummary", Summary.ofVerdicts(dataset.verdicts()).toString())
                .update();
    }

    private void write(Collection<Dataset> datasets) {
        List<Row> rows = datasets.parallelStream().map(Row::of).toList();
        jdbc.sql("""
                        insert into certification.dataset
                            (run_number, name, attributes, in_gui, version, deleted, lumisections,
                             rr, oms, triplet_summary, dcs_summary, recorded, delivered, created)
                        select run, name, attributes::jsonb, in_gui::jsonb, version, deleted, lumisections,
                               rr::json, oms::json, triplet_summary::jsonb, dcs_summary::jsonb, recorded, delivered,
                               certification.dataset_created(run, name)
                        from unnest(cast(:runs as integer[]), cast(:names as text[]), cast(:attributes as text[]),
                                    cast(:inGui as text[]), cast(:versions as bigint[]), cast(:deleted as boolean[]),
                                    cast(:lumisections as integer[]), cast(:rr as text[]), cast(:oms as text[]),
                                    cast(:tripletSummaries as text[]), cast(:dcsSummaries as text[]),
                                    cast(:recorded as double precision[]), cast(:delivered as double precision[]))
                             as d (run, name, attributes, in_gui, version, deleted, lumisections, rr, oms,
                                   triplet_summary, dcs_summary, recorded, delivered)
                        on conflict (run_number, name) do update
                        set attributes = excluded.attributes,
                            in_gui = excluded.in_gui,
                            version = excluded.version,
                            deleted = excluded.deleted,
                            lumisections = excluded.lumisections,
                            rr = excluded.rr,
                            oms = excluded.oms,
                            triplet_summary = excluded.triplet_summary,
                            dcs_summary = excluded.dcs_summary,
                            recorded = excluded.recorded,
                            delivered = excluded.delivered,
                            created = excluded.created
                        """)
                .param("runs", rows.stream().map(r -> r.dataset().key().run()).toArray(Integer[]::new))
                .param("names", texts(rows, r -> r.dataset().key().name()))
                .param("attributes", texts(rows, r -> r.dataset().attributes().toString()))
                .param(
                        "inGui",
                        texts(
                                rows,
                                r -> JsonMapper.shared()
                                        .writeValueAsString(r.dataset().inGui())))
                .param("versions", rows.stream().map(r -> r.dataset().version()).toArray(Long[]::new))
                .param("deleted", rows.stream().map(r -> r.dataset().deleted()).toArray(Boolean[]::new))
                .param(
                        "lumisections",
                        rows.stream().map(r -> r.dataset().length()).toArray(Integer[]::new))
                .param("rr", texts(rows, Row::rr))
                .param("oms", texts(rows, Row::oms))
                .param("tripletSummaries", texts(rows, Row::tripletSummary))
                .param("dcsSummaries", texts(rows, Row::dcsSummary))
                .param("recorded", rows.stream().map(Row::recorded).toArray(Double[]::new))
                .param("delivered", rows.stream().map(Row::delivered).toArray(Double[]::new))
                .update();
    }

    private static String[] texts(List<Row> rows, Function<Row, String> text) {
        return rows.stream().map(text).toArray(String[]::new);
    }

    /** What takes time to make of a dataset. */
    private record Row(
            Dataset dataset,
            String rr,
            String oms,
            String tripletSummary,
            String dcsSummary,
            double recorded,
            double delivered) {

        static Row of(Dataset dataset) {
            return new Row(
                    dataset,
                    LanesJson.write(dataset.verdicts()),
                    LanesJson.write(dataset.bits()),
                    Summary.ofVerdicts(dataset.verdicts()).toString(),
                    Summary.ofBits(dataset.bits()).toString(),
                    Summary.luminosity(dataset.bits(), "recorded"),
                    Summary.luminosity(dataset.bits(), "delivered"));
        }
    }

    /** Whole runs with their datasets, from everything that was said about them. */
    void project(List<Told> told) {
        List<SortedMap<DatasetKey, Dataset>> folded =
                told.parallelStream().map(Told::asDatasets).toList();
        writeRuns(told.stream().flatMap(t -> t.asRun().stream()).toList());
        write(folded.stream().flatMap(datasets -> datasets.values().stream()).toList());
    }

    long rows() {
        return jdbc.sql("""
                        select (select count(*) from certification.run) + (select count(*) from certification.dataset)
                        """).query(Long.class).single();
    }

    /** Of every byte of every row. */
    String digest() {
        return jdbc.sql("""
                        select md5(concat(
                            (select string_agg(md5(to_json(r)::text), '' order by run_number)
                             from certification.run r),
                            (select string_agg(md5(to_json(d)::text), '' order by run_number, name)
                             from certification.dataset d)))
                        """).query(String.class).single();
    }

    /** Forgets the projections; only "replay" does so, under the ledger's lock. */
    void clear() {
        jdbc.sql("delete from certification.run").update();
        jdbc.sql("delete from certification.dataset").update();
    }
}
