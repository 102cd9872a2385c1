package org.colonnade.certification.ledger;

import java.util.Collection;
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
        states.run(number, States.NOW)
                .ifPresent(run -> jdbc.sql("""
                        insert into certification.run (run_number, oms, rr, version, deleted)
                        values (:run, :oms::jsonb, :rr::jsonb, :version, :deleted)
                        on conflict (run_number) do update
                        set oms = excluded.oms,
                            rr = excluded.rr,
                            version = excluded.version,
                            deleted = excluded.deleted
                        """)
                        .param("run", number)
                        .param("oms", run.oms().toString())
                        .param("rr", run.rr().toString())
                        .param("version", run.version())
                        .param("deleted", run.deleted())
                        .update());
    }

    void projectDataset(DatasetKey key) {
        states.dataset(key, States.NOW).ifPresent(this::write);
    }

    void project(Draft draft) {
        draft.runs().forEach(this::projectRun);
        for (DatasetKey key : draft.datasets()) {
            Dataset judged = draft.said().get(key);
            if (judged == null) {
                draft.created(key).or(() -> states.dataset(key, States.NOW)).ifPresent(dataset -> {
                    write(dataset);
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

    private void write(Dataset dataset) {
        jdbc.sql("""
                        insert into certification.dataset
                            (run_number, name, attributes, in_gui, version, deleted, lumisections,
                             rr, oms, triplet_summary, dcs_summary, recorded, delivered)
                        values
                            (:run, :name, :attributes::jsonb, :inGui::jsonb, :version, :deleted, :lumisections,
                             :rr::json, :oms::json, :tripletSummary::jsonb, :dcsSummary::jsonb, :recorded, :delivered)
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
                            delivered = excluded.delivered
                        """)
                .param("run", dataset.key().run())
                .param("name", dataset.key().name())
                .param("attributes", dataset.attributes().toString())
                .param("inGui", JsonMapper.shared().writeValueAsString(dataset.inGui()))
                .param("version", dataset.version())
                .param("deleted", dataset.deleted())
                .param("lumisections", dataset.length())
                .param("rr", LanesJson.write(dataset.verdicts()))
                .param("oms", LanesJson.write(dataset.bits()))
                .param("tripletSummary", Summary.ofVerdicts(dataset.verdicts()).toString())
                .param("dcsSummary", Summary.ofBits(dataset.bits()).toString())
                .param("recorded", Summary.luminosity(dataset.bits(), "recorded"))
                .param("delivered", Summary.luminosity(dataset.bits(), "delivered"))
                .update();
    }

    void project(Collection<Integer> runs, Collection<DatasetKey> datasets) {
        runs.forEach(this::projectRun);
        datasets.forEach(this::projectDataset);
    }

    long rows() {
        return jdbc.sql("""
                        select (select count(*) from certification.run) + (select count(*) from certification.dataset)
                        """).query(Long.class).single();
    }

    /** Of every byte of every row. */
    String digest() {
        return jdbc.sql("""
                        select md5(coalesce(string_agg(md5(row_text), '' order by row_text collate "C"), ''))
                        from (
                            select to_json(r)::text as row_text from certification.run r
                            union all
                            select to_json(d)::text from certification.dataset d) rows
                        """).query(String.class).single();
    }

    /** Forgets the projections; only "replay" does so, under the ledger's lock. */
    void clear() {
        jdbc.sql("delete from certification.run").update();
        jdbc.sql("delete from certification.dataset").update();
    }
}
