package org.colonnade.certification.takeover;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.colonnade.certification.lumisection.Ranges;
import org.colonnade.certification.lumisection.Values;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads the tables of a Run Registry. Only reads, in one snapshot. */
final class OldRegistry {

    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final int FETCH = 1000;

    private final Connection connection;

    OldRegistry(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
    }

    record OldVersion(long number, String by, String comment, Instant at, List<OldEvent> events) {

        boolean automatic() {
            return by.startsWith("auto@auto");
        }
    }

    sealed interface OldEvent {

        record OfRun(int run, ObjectNode oms, ObjectNode rr, boolean deleted) implements OldEvent {}

        record OfDataset(int run, String name, ObjectNode attributes, List<String> inGui, boolean deleted)
                implements OldEvent {}

        record OfLumisections(int run, String name, boolean verdicts, ObjectNode values, Ranges where)
                implements OldEvent {}
    }

    /** Every version with its events, in the order in which they were written. */
    void versions(Consumer<OldVersion> each) throws SQLException {
        Map<Long, Ranges> verdictRanges = ranges("LumisectionEventAssignation");
        Map<Long, Ranges> bitRanges = ranges("OMSLumisectionEventAssignation");
        String sql = """
                select v.atomic_version, v.by, v.comment, v."createdAt" as at, e.version as event,
                       r.run_number as run_run, r.oms_metadata, r.rr_metadata, r.deleted as run_deleted,
                       d.run_number as dataset_run, d.name as dataset_name, d.dataset_metadata, d.datasets_in_gui,
                       d.deleted as dataset_deleted,
                       l.run_number as rr_run, l.name as rr_name, lj.jsonb as rr_values,
                       o.run_number as oms_run, o.name as oms_name, oj.jsonb as oms_values
                from "Version" v
                left join "Event" e on e.atomic_version = v.atomic_version
                left join "RunEvent" r on r.version = e.version
                left join "DatasetEvent" d on d.version = e.version
                left join "LumisectionEvent" l on l.version = e.version
                left join "JSONBDeduplication" lj on lj.id = l.lumisection_metadata_id
                left join "OMSLumisectionEvent" o on o.version = e.version
                left join "JSONBDeduplication" oj on oj.id = o.lumisection_metadata_id
                order by v.atomic_version, e.version
                """;
        try (var statement = connection.createStatement()) {
            statement.setFetchSize(FETCH);
            try (ResultSet rs = statement.executeQuery(sql)) {
                OldVersion open = null;
                while (rs.next()) {
                    if (open == null || open.number() != rs.getLong("atomic_version")) {
                        if (open != null) {
                            each.accept(open);
                        }
                        open = new OldVersion(
                                rs.getLong("atomic_version"),
                                text(rs.getString("by")),
                                text(rs.getString("comment")),
                                rs.getTimestamp("at").toInstant(),
                                new ArrayList<>());
                    }
                    event(rs, verdictRanges, bitRanges, open.events());
                }
                if (open != null) {
                    each.accept(open);
                }
            }
        }
    }

    private static void event(
            ResultSet rs, Map<Long, Ranges> verdictRanges, Map<Long, Ranges> bitRanges, List<OldEvent> into)
            throws SQLException {
        long event = rs.getLong("event");
        if (rs.getObject("run_run") != null) {
            into.add(new OldEvent.OfRun(
                    rs.getInt("run_run"),
                    object(rs.getString("oms_metadata")),
                    object(rs.getString("rr_metadata")),
                    rs.getBoolean("run_deleted")));
        }
        if (rs.getObject("dataset_run") != null) {
            into.add(new OldEvent.OfDataset(
                    rs.getInt("dataset_run"),
                    rs.getString("dataset_name"),
                    object(rs.getString("dataset_metadata")),
                    texts(rs.getString("datasets_in_gui")),
                    rs.getBoolean("dataset_deleted")));
        }
        if (rs.getObject("rr_run") != null) {
            into.add(new OldEvent.OfLumisections(
                    rs.getInt("rr_run"),
                    rs.getString("rr_name"),
                    true,
                    object(rs.getString("rr_values")),
                    verdictRanges.getOrDefault(event, Ranges.NONE)));
        }
        if (rs.getObject("oms_run") != null) {
            into.add(new OldEvent.OfLumisections(
                    rs.getInt("oms_run"),
                    rs.getString("oms_name"),
                    false,
                    object(rs.getString("oms_values")),
                    bitRanges.getOrDefault(event, Ranges.NONE)));
        }
    }

    /** The old tables have one row per lumisection and event; here they become ranges. */
    private Map<Long, Ranges> ranges(String table) throws SQLException {
        var result = new HashMap<Long, Ranges>();
        String sql = """
                select version, min(lumisection_number) as first, max(lumisection_number) as last
                from (
                    select version, lumisection_number,
                           lumisection_number - dense_rank() over (partition by version order by lumisection_number)
                               as island
                    from "%s") numbered
                group by version, island
                order by version, first
                """.formatted(table);
        try (var statement = connection.createStatement()) {
            statement.setFetchSize(FETCH);
            try (ResultSet rs = statement.executeQuery(sql)) {
                while (rs.next()) {
                    int first = Math.max(1, rs.getInt("first"));
                    int last = rs.getInt("last");
                    if (last >= first) {
                        result.merge(rs.getLong("version"), Ranges.of(first, last), Ranges::union);
                    }
                }
            }
        }
        return result;
    }

    /** How many lumisections the machine reported, by run. */
    Map<Integer, Integer> lengths() throws SQLException {
        var result = new HashMap<Integer, Integer>();
        rows("""
                select e.run_number, max(a.lumisection_number) as length
                from "OMSLumisectionEvent" e
                join "OMSLumisectionEventAssignation" a on a.version = e.version
                where e.name = 'online'
                group by e.run_number
                """)
                .forEach(row -> result.put(
                        row.path("run_number").asInt(0), row.path("length").asInt(0)));
        return result;
    }

    /** Rows of any query as JSON objects. */
    List<ObjectNode> rows(String sql) throws SQLException {
        var result = new ArrayList<ObjectNode>();
        try (var statement = connection.createStatement();
                ResultSet rs = statement.executeQuery("select to_jsonb(x) from (" + sql + ") x")) {
            while (rs.next()) {
                result.add(object(rs.getString(1)));
            }
        }
        return result;
    }

    boolean has(String table) throws SQLException {
        try (var statement = connection.prepareStatement("select to_regclass(?) is not null")) {
            statement.setString(1, "\"" + table + "\"");
            try (ResultSet rs = statement.executeQuery()) {
                return rs.next() && rs.getBoolean(1);
            }
        }
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    static ObjectNode object(@Nullable String json) {
        return json != null && MAPPER.readTree(json) instanceof ObjectNode object
                ? Values.canonicalObject(object)
                : JsonNodeFactory.instance.objectNode();
    }

    private static List<String> texts(@Nullable String json) {
        var result = new ArrayList<String>();
        if (json != null && MAPPER.readTree(json) instanceof ArrayNode array) {
            for (JsonNode element : array) {
                result.add(element.asString(""));
            }
        }
        return result;
    }
}
