package org.colonnade.certification.listing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.States;
import org.colonnade.certification.listing.Field.Kind;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Pages of runs and datasets. The page's keys are found first, from indexes where possible, and rows are read for them
 * only; a page in the second half is reached from the end. Whoever goes on in a list gets slices of its order.
 */
@Repository
public class Listing {

    private static final String RUN_ORDER = "r.run_number desc";
    private static final String DATASET_ORDER = "d.run_number desc, d.name asc";

    private static final int COUNTS = 500;

    private final JdbcClient jdbc;
    private final States states;
    private final Orders orders = new Orders();
    private final Map<Orders.Asked, Counted> counts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Orders.Asked, Counted> eldest) {
            return size() > COUNTS;
        }
    };

    Listing(JdbcClient jdbc, States states) {
        this.jdbc = jdbc;
        this.states = states;
    }

    /** @param rows ready JSON texts of the columns */
    public record Page<T>(List<T> rows, long count, int size) {

        public long pages() {
            return (count + size - 1) / size;
        }
    }

    /**
     * @param seen the number of the latest event of the run or its own dataset
     * @param created when its own dataset was made
     */
    public record RunRow(
            int run,
            String oms,
            String rr,
            long version,
            boolean deleted,
            String tripletSummary,
            long seen,
            @Nullable String created) {}

    /**
     * @param seen the number of the latest event of the dataset or its run
     * @param created when it was made
     */
    public record DatasetRow(
            DatasetKey key,
            String attributes,
            String inGui,
            long version,
            boolean deleted,
            String tripletSummary,
            String dcsSummary,
            String oms,
            String rr,
            long seen,
            @Nullable String created) {}

    public Page<RunRow> runs(Query query) {
        return runs(query, States.NOW);
    }

    /** @param asOf a version of the registry */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Page<RunRow> runs(Query query, long asOf) {
        return page(
                Kind.RUNS,
                query,
                asOf,
                """
                select r.run_number, r.oms, r.rr, r.version, r.deleted, d.triplet_summary,
                       greatest(r.version, d.version) as seen, """ + Field.CREATED + """
                 as created
                from %s r
                join %s d on d.run_number = r.run_number and d.name = 'online'
                """,
                (rs, n) -> new RunRow(
                        rs.getInt("run_number"),
                        rs.getString("oms"),
                        rs.getString("rr"),
                        rs.getLong("version"),
                        rs.getBoolean("deleted"),
                        rs.getString("triplet_summary"),
                        rs.getLong("seen"),
                        rs.getString("created")));
    }

    public Page<DatasetRow> datasets(Query query) {
        return datasets(query, States.NOW);
    }

    /** @param asOf a version of the registry */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Page<DatasetRow> datasets(Query query, long asOf) {
        return page(
                Kind.DATASETS,
                query,
                asOf,
                """
                select d.run_number, d.name, d.attributes, d.in_gui, d.version, d.deleted,
                       d.triplet_summary, d.dcs_summary, r.oms, r.rr,
                       greatest(r.version, d.version) as seen, """ + Field.CREATED + """
                 as created
                from %2$s d
                join %1$s r on r.run_number = d.run_number
                """,
                (rs, n) -> new DatasetRow(
                        new DatasetKey(rs.getInt("run_number"), rs.getString("name")),
                        rs.getString("attributes"),
                        rs.getString("in_gui"),
                        rs.getLong("version"),
                        rs.getBoolean("deleted"),
                        rs.getString("triplet_summary"),
                        rs.getString("dcs_summary"),
                        rs.getString("oms"),
                        rs.getString("rr"),
                        rs.getLong("seen"),
                        rs.getString("created")));
    }

    /** The filter that lets through every dataset but the runs' own. */
    public static ObjectNode withoutOnline() {
        ObjectNode filter = JsonNodeFactory.instance.objectNode();
        filter.putObject("name").put("<>", DatasetKey.ONLINE);
        return filter;
    }

    /** Every dataset that fulfils a filter, by run and name. */
    public List<DatasetKey> datasetKeys(JsonNode filter, int limit) {
        var sql = new Sql();
        String condition = condition(Kind.DATASETS, filter, sql);
        return jdbc.sql("select d.run_number, d.name from certification.dataset d"
                        + " join certification.run r on r.run_number = d.run_number where not d.deleted and "
                        + condition + " order by d.run_number, d.name limit " + sql.bind(limit))
                .params(sql.values())
                .query((rs, n) -> new DatasetKey(rs.getInt(1), rs.getString(2)))
                .list();
    }

    /** Numbers of runs that fulfil a filter, the newest first. */
    public List<Integer> runNumbers(JsonNode filter, int limit) {
        var sql = new Sql();
        String condition = condition(Kind.RUNS, filter, sql);
        return jdbc.sql("select r.run_number from " + source(Kind.RUNS, Sources.NOW, true, condition.contains("d."))
                        + condition + " order by r.run_number desc limit " + sql.bind(limit))
                .params(sql.values())
                .query((rs, n) -> rs.getInt(1))
                .list();
    }

    private <T> Page<T> page(Kind kind, Query query, long asOf, String template, RowMapper<T> mapper) {
        var sql = new Sql();
        if (asOf != States.NOW) {
            Sources past = Sources.asOf(asOf, states, sql);
            return search(kind, query, past, template, mapper, sql, this::count);
        }
        String select = template.formatted(Sources.NOW.runs(), Sources.NOW.datasets());
        String condition = condition(kind, query.filter(), sql);
        String ordered = order(kind, query.sortings(), sql, false);
        String list = "select " + (kind == Kind.RUNS ? "r.run_number, 'online'" : "d.run_number, d.name") + " from "
                + source(kind, Sources.NOW, uses(condition, ordered, "r."), uses(condition, ordered, "d.")) + condition
                + " order by " + ordered;
        long version = version();
        Orders.Order known = orders.find(
                new Orders.Asked(list, Map.copyOf(sql.values())),
                version,
                () -> jdbc.sql(list)
                        .params(sql.values())
                        .query((rs, n) -> new DatasetKey(rs.getInt(1), rs.getString(2)))
                        .list());
        return known == null
                ? search(kind, query, Sources.NOW, template, mapper, new Sql(), (text, of) -> count(text, of, version))
                : slice(kind, query, select, mapper, known);
    }

    private static boolean uses(String condition, String order, String table) {
        return condition.contains(table) || order.contains(table);
    }

    /** A page of a list whose order is known. */
    private <T> Page<T> slice(Kind kind, Query query, String select, RowMapper<T> mapper, Orders.Order order) {
        int count = order.keys().length;
        int from = (int) Math.min((long) query.page() * query.size(), count);
        int to = Math.min(count, from + query.size());
        var runs = new Integer[to - from];
        var names = new String[to - from];
        for (int i = from; i < to; i++) {
            DatasetKey key = order.key(i);
            runs[i - from] = key.run();
            names[i - from] = key.name();
        }
        String whole = select
                + " join unnest(cast(:runs as integer[]), cast(:names as text[])) with ordinality page (run, name, place)"
                + " on page.run = " + (kind == Kind.RUNS ? "r.run_number" : "d.run_number and page.name = d.name")
                + " order by page.place";
        List<T> rows = runs.length == 0
                ? List.of()
                : jdbc.sql(whole)
                        .param("runs", runs)
                        .param("names", names)
                        .query(mapper)
                        .list();
        return new Page<>(rows, count, query.size());
    }

    private interface Count {
        long of(String text, Sql sql);
    }

    /** A page of a list that is asked for the first time. */
    private <T> Page<T> search(
            Kind kind, Query query, Sources tables, String template, RowMapper<T> mapper, Sql sql, Count counting) {
        String select = template.formatted(tables.runs(), tables.datasets());
        String condition = condition(kind, query.filter(), sql);
        boolean usesRun = condition.contains("r.");
        boolean usesDataset = condition.contains("d.");
        long count = counting.of("select count(*) from " + source(kind, tables, usesRun, usesDataset) + condition, sql);
        long offset = (long) query.page() * query.size();
        if (offset >= count) {
            return new Page<>(List.of(), count, query.size());
        }
        long rows = Math.min(query.size(), count - offset);
        boolean fromEnd = offset > count / 2;
        String order = order(kind, query.sortings(), sql, fromEnd);
        String keys = "select " + (kind == Kind.RUNS ? "r.run_number" : "d.run_number, d.name") + " from "
                + source(kind, tables, usesRun || order.contains("r."), usesDataset || order.contains("d.")) + condition
                + " order by " + order + " limit " + sql.bind(rows) + " offset "
                + sql.bind(fromEnd ? count - offset - rows : offset);
        String whole = "with page as materialized (" + keys + ") " + select + " join page on page.run_number = "
                + (kind == Kind.RUNS ? "r.run_number" : "d.run_number and page.name = d.name") + " order by " + order;
        var list = new ArrayList<>(
                jdbc.sql(whole).params(sql.values()).query(mapper).list());
        if (fromEnd) {
            Collections.reverse(list);
        }
        return new Page<>(list, count, query.size());
    }

    private record Counted(long version, long count) {}

    private long version() {
        return jdbc.sql("select coalesce(max(version), 0) from certification.version")
                .query(Long.class)
                .single();
    }

    /** Counted once per version of the registry, because nothing else changes it. */
    private long count(String text, Sql sql, long version) {
        var asked = new Orders.Asked(text, Map.copyOf(sql.values()));
        synchronized (counts) {
            Counted known = counts.get(asked);
            if (known != null && known.version() == version) {
                return known.count();
            }
        }
        long count = count(text, sql);
        synchronized (counts) {
            counts.put(asked, new Counted(version, count));
        }
        return count;
    }

    private long count(String text, Sql sql) {
        return jdbc.sql(text).params(sql.values()).query(Long.class).single();
    }

    private static String condition(Kind kind, JsonNode filter, Sql sql) {
        return filter.isMissingNode() || filter.isNull() ? "true" : new Filter(kind, sql).compile(filter);
    }

    /** Joins only what is asked about. */
    private static String source(Kind kind, Sources tables, boolean usesRun, boolean usesDataset) {
        if (kind == Kind.RUNS) {
            return tables.runs() + " r"
                    + (usesDataset
                            ? " join " + tables.datasets() + " d on d.run_number = r.run_number and d.name = 'online'"
                            : "")
                    + " where not r.deleted and ";
        }
        return tables.datasets() + " d"
                + (usesRun ? " join " + tables.runs() + " r on r.run_number = d.run_number" : "")
                + " where not d.deleted and ";
    }

    private static String order(Kind kind, List<Query.Sorting> sortings, Sql sql, boolean reversed) {
        var parts = new ArrayList<String>();
        boolean byRun = false;
        for (Query.Sorting sorting : sortings) {
            boolean falling = sorting.falling() != reversed;
            String expression = expression(kind, sorting.column(), sql);
            byRun |= sorting.column().equals("run_number");
            // What has no value stands last, whichever way the list is sorted.
            parts.add(expression + (falling ? " desc" : " asc") + nulls(kind, sorting.column(), reversed));
        }
        String last = kind == Kind.RUNS ? RUN_ORDER : byRun ? "d.name asc" : DATASET_ORDER;
        if (kind == Kind.DATASETS || !byRun) {
            parts.add(reversed ? inverse(last) : last);
        }
        return String.join(", ", parts);
    }

    private static String nulls(Kind kind, String column, boolean reversed) {
        boolean never = column.equals("run_number") || kind == Kind.DATASETS && column.equals("name");
        return never ? "" : reversed ? " nulls first" : " nulls last";
    }

    private static String expression(Kind kind, String column, Sql sql) {
        if (column.indexOf('-') >= 0 && column.indexOf('.') < 0) {
            return "(d.triplet_summary ->> " + sql.bind(column) + "::text)";
        }
        return switch (Field.of(column, kind, sql)) {
            case Field.Number number -> number.column();
            case Field.Text text -> text.column();
            case Field.Names names -> names.column();
            case Field.Json json -> json.text() == null ? json.value() : json.text();
        };
    }

    private static String inverse(String order) {
        return order.replace(" desc", " #").replace(" asc", " desc").replace(" #", " asc");
    }
}
