package org.colonnade.certification.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.colonnade.certification.lumisection.Lanes;
import org.colonnade.certification.lumisection.LanesJson;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What was done, by whom and when. Undone acts stay in it. */
@Component
public class History {

    private final JdbcClient jdbc;

    History(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One stretch of lumisections that one act said something about. */
    public record LumisectionEntry(
            long event,
            Version version,
            DatasetKey dataset,
            boolean manual,
            int first,
            int last,
            Map<String, JsonNode> values) {}

    /** What one act said about a run. */
    public record RunEntry(long event, Version version, ObjectNode oms, ObjectNode rr, boolean manual) {}

    /** The latest version; 0 if there is none. */
    public long latest() {
        return jdbc.sql("select coalesce(max(version), 0) from certification.version")
                .query(Long.class)
                .single();
    }

    /** The last version that was written at or before the time; 0 if there was none. */
    public long at(Instant time) {
        return jdbc.sql("""
            select coalesce(max(version), 0)
            from certification.version
            where at <= cast(:time as timestamptz)
            """).param("time", time.toString()).query(Long.class).single();
    }

    public Optional<Version> version(long version) {
        return jdbc.sql("select version, author, comment, at from certification.version where version = :version")
                .param("version", version)
                .query(EventStore::version)
                .optional();
    }

    /** The oldest version there is. */
    public Optional<Version> first() {
        return jdbc.sql("select version, author, comment, at from certification.version order by version limit 1")
                .query(EventStore::version)
                .optional();
    }

    public long count() {
        return jdbc.sql("select count(*) from certification.version")
                .query(Long.class)
                .single();
    }

    /** Newest first. */
    public List<Version> versions(int limit, long offset) {
        return jdbc.sql("""
            select version, author, comment, at
            from certification.version
            order by version desc
            limit :limit offset :offset
            """)
                .param("limit", limit)
                .param("offset", offset)
                .query(EventStore::version)
                .list();
    }

    /** Those with a smaller number, newest first. */
    public List<Version> versionsBefore(long before, int limit) {
        return jdbc.sql("""
            select version, author, comment, at
            from certification.version
            where version < :before
            order by version desc
            limit :limit
            """)
                .param("before", before)
                .param("limit", limit)
                .query(EventStore::version)
                .list();
    }

    /** Oldest first. */
    public List<RunEntry> ofRun(int run) {
        return jdbc.sql("""
            select e.event, e.oms, e.rr, e.manual, v.version, v.author, v.comment, v.at
            from certification.run_event e
            join certification.version v using (version)
            where e.run_number = :run
            order by e.event
            """)
                .param("run", run)
                .query((rs, n) -> new RunEntry(
                        rs.getLong("event"),
                        EventStore.version(rs, n),
                        EventStore.object(rs.getString("oms")),
                        EventStore.object(rs.getString("rr")),
                        rs.getBoolean("manual")))
                .list();
    }

    /** Oldest first; for bits also what the machine reported about the run itself. */
    public List<LumisectionEntry> ofLumisections(DatasetKey key, Family family) {
        List<String> names = family == Family.OMS ? List.of(key.name(), DatasetKey.ONLINE) : List.of(key.name());
        var entries = new ArrayList<LumisectionEntry>();
        jdbc.sql("""
            select e.event, e.run_number, e.name, e.manual, e.lanes, v.version, v.author, v.comment, v.at
            from certification.lumisection_event e
            join certification.version v using (version)
            where e.run_number = :run and e.name in (:names) and e.family = :family
            order by e.event
            """)
                .param("run", key.run())
                .param("names", names)
                .param("family", family.column())
                .query((ResultSet rs, int n) -> entries.addAll(entries(rs, n)))
                .list();
        return entries;
    }

    private static List<LumisectionEntry> entries(ResultSet rs, int n) throws SQLException {
        var result = new ArrayList<LumisectionEntry>();
        Version version = EventStore.version(rs, n);
        var dataset = new DatasetKey(rs.getInt("run_number"), rs.getString("name"));
        boolean manual = rs.getBoolean("manual");
        long event = rs.getLong("event");
        for (Lanes.Segment segment : LanesJson.read(rs.getString("lanes")).segments()) {
            result.add(new LumisectionEntry(
                    event++, version, dataset, manual, segment.first(), segment.last(), segment.values()));
        }
        return result;
    }

    /** Every dataset of a run that is not hidden, its own first. */
    public List<String> datasetNames(int run) {
        return jdbc.sql("""
            select name
            from certification.dataset
            where run_number = :run and not deleted
            order by name <> 'online', name
            """).param("run", run).query((rs, n) -> rs.getString(1)).list();
    }

    /** The datasets that were made from runs. */
    public List<DatasetKey> reconstructed(Collection<Integer> runs) {
        return jdbc.sql("""
            select run_number, name
            from certification.dataset
            where not deleted and name <> 'online' and run_number = any (cast(:runs as integer[]))
            order by run_number, name
            """)
                .param("runs", runs.toArray(Integer[]::new))
                .query((rs, n) -> new DatasetKey(rs.getInt(1), rs.getString(2)))
                .list();
    }
}
