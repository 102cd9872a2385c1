package org.colonnade.certification.listing;

import java.util.ArrayList;
import java.util.List;
import org.colonnade.certification.ledger.Dataset;
import org.colonnade.certification.ledger.Run;
import org.colonnade.certification.ledger.States;
import org.colonnade.certification.ledger.Summary;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What lists are read from: the projections; or, as of a version, the projections of those runs about which nothing was
 * said since, together with the others as they were, folded from their events.
 *
 * @param runs in SQL
 * @param datasets in SQL
 */
record Sources(String runs, String datasets) {

    static final Sources NOW = new Sources("certification.run", "certification.dataset");

    private static final int MAX_CHANGED = 20_000;
    private static final int AT_ONCE = 200;

    /**
     * @param sql is given the rows of the past
     * @throws FilterException if too much was changed since
     */
    static Sources asOf(long version, States states, Sql sql) {
        List<Integer> changed = states.changedSince(version);
        if (changed.size() > MAX_CHANGED) {
            throw new FilterException("Since version " + version + ", " + changed.size()
                    + " runs were changed. Lists show the past of at most " + MAX_CHANGED
                    + "; single runs and datasets are shown as of any version");
        }
        var runs = new ArrayList<String>();
        var datasets = new ArrayList<String>();
        for (int from = 0; from < changed.size(); from += AT_ONCE) {
            List<Integer> some = changed.subList(from, Math.min(changed.size(), from + AT_ONCE));
            for (States.Whole whole : states.whole(some, version)) {
                if (whole.run() != null) {
                    runs.add(row(whole.run()).toString());
                }
                whole.datasets().forEach(dataset -> datasets.add(row(dataset).toString()));
            }
        }
        String since = "cast(" + sql.bind(changed.toArray(Integer[]::new)) + " as integer[])";
        return new Sources("""
                (select run_number, oms, rr, version, deleted, class, state, last_update
                 from certification.run where run_number <> all (%s)
                 union all
                 select run_number, oms, rr, version, deleted, rr ->> 'class', rr ->> 'state', oms ->> 'last_update'
                 from jsonb_to_recordset(cast(%s as jsonb))
                      as past (run_number integer, oms jsonb, rr jsonb, version bigint, deleted boolean))""".formatted(since, bind(sql, runs)), """
                (select run_number, name, attributes, in_gui, version, deleted, triplet_summary, dcs_summary, created
                 from certification.dataset where run_number <> all (%s)
                 union all
                 select run_number, name, attributes, in_gui, version, deleted, triplet_summary, dcs_summary,
                        certification.dataset_created(run_number, name)
                 from jsonb_to_recordset(cast(%s as jsonb))
                      as past (run_number integer, name text, attributes jsonb, in_gui jsonb, version bigint,
                               deleted boolean, triplet_summary jsonb, dcs_summary jsonb))""".formatted(since, bind(sql, datasets)));
    }

    private static String bind(Sql sql, List<String> rows) {
        return sql.bind("[" + String.join(",", rows) + "]");
    }

    private static ObjectNode row(Run run) {
        ObjectNode row = JsonNodeFactory.instance
                .objectNode()
                .put("run_number", run.number())
                .put("version", run.version())
                .put("deleted", run.deleted());
        row.set("oms", run.oms());
        row.set("rr", run.rr());
        return row;
    }

    private static ObjectNode row(Dataset dataset) {
        ObjectNode row = JsonNodeFactory.instance
                .objectNode()
                .put("run_number", dataset.key().run())
                .put("name", dataset.key().name())
                .put("version", dataset.version())
                .put("deleted", dataset.deleted());
        row.set("attributes", dataset.attributes());
        dataset.inGui().forEach(row.putArray("in_gui")::add);
        row.set("triplet_summary", Summary.ofVerdicts(dataset.verdicts()));
        row.set("dcs_summary", Summary.ofBits(dataset.bits()));
        return row;
    }
}
