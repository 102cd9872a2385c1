package org.colonnade.certification.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.colonnade.certification.lumisection.LanesJson;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads and appends events. Nothing here changes or removes a row. */
@Component
class EventStore {

    /** As of now. */
    static final long NOW = Long.MAX_VALUE;

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final JdbcClient jdbc;

    EventStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Versions whose events do not count as of the given version. */
    Set<Long> revoked(long asOf) {
        var revoked = new HashSet<Long>();
        jdbc.sql("""
                        select version, revoked
                        from certification.revocation
                        where version <= :asOf
                        order by version desc
                        """)
                .param("asOf", asOf)
                .query((rs, n) -> new long[] {rs.getLong(1), rs.getLong(2)})
                .list()
                // A later revocation decides about an earlier one, never the other way round.
                .forEach(pair -> {
                    if (!revoked.contains(pair[0])) {
                        revoked.add(pair[1]);
                    }
                });
        return revoked;
    }

    List<Event.OfRun> ofRun(int run, long asOf) {
        return jdbc.sql("""
                        select event, version, run_number, oms, rr, manual, reset, deleted
                        from certification.run_event
                        where run_number = :run and version <= :asOf
                        order by event
                        """)
                .param("run", run)
                .param("asOf", asOf)
                .query(EventStore::run)
                .list();
    }

    List<Event.OfDataset> ofDataset(DatasetKey key, long asOf) {
        return jdbc.sql("""
                        select event, version, run_number, name, attributes, in_gui, deleted
                        from certification.dataset_event
                        where run_number = :run and name = :name and version <= :asOf
                        order by event
                        """)
                .param("run", key.run())
                .param("name", key.name())
                .param("asOf", asOf)
                .query(EventStore::dataset)
                .list();
    }

    /** What was said about the lumisections of the dataset, and what the machine reported about its run. */
    List<Event.OfLumisections> ofLumisections(DatasetKey key, long asOf) {
        return jdbc.sql("""
                        select event, version, run_number, name, family, lanes, manual
                        from certification.lumisection_event
                        where run_number = :run and version <= :asOf
                          and (name = :name or name = 'online' and family = 'oms')
                        order by event
                        """)
                .param("run", key.run())
                .param("name", key.name())
                .param("asOf", asOf)
                .query(EventStore::lumisections)
                .list();
    }

    /** What was said about whole runs with their datasets, a few hundred runs at a time. */
    List<Told> of(Collection<Integer> runs, long asOf) {
        Set<Long> revoked = revoked(asOf);
        Integer[] numbers = runs.toArray(Integer[]::new);
        Map<Integer, List<Event.OfRun>> ofRuns =
                jdbc.sql("""
                        select event, version, run_number, oms, rr, manual, reset, deleted
                        from certification.run_event
                        where run_number = any (:runs) and version <= :asOf
                        order by event
                        """).param("runs", numbers).param("asOf", asOf).query(EventStore::run).list().stream()
                        .collect(Collectors.groupingBy(Event.OfRun::run));
        Map<Integer, List<Event.OfDataset>> ofDatasets =
                jdbc.sql("""
                        select event, version, run_number, name, attributes, in_gui, deleted
                        from certification.dataset_event
                        where run_number = any (:runs) and version <= :asOf
                        order by event
                        """).param("runs", numbers).param("asOf", asOf).query(EventStore::dataset).list().stream()
                        .collect(Collectors.groupingBy(e -> e.dataset().run()));
        Map<Integer, List<Unread>> ofLumisections =
                jdbc.sql("""
                        select event, version, run_number, name, family, lanes, manual
                        from certification.lumisection_event
                        where run_number = any (:runs) and version <= :asOf
                        order by event
                        """).param("runs", numbers).param("asOf", asOf).query(Unread::of).list().stream()
                        .collect(Collectors.groupingBy(e -> e.dataset().run()));
        return runs.parallelStream()
                .map(run -> new Told(
                        ofRuns.getOrDefault(run, List.of()),
                        ofDatasets.getOrDefault(run, List.of()),
                        ofLumisections.getOrDefault(run, List.of()).stream()
                                .map(Unread::read)
                                .toList(),
                        revoked))
                .toList();
    }

    /** A row whose long text is read where there is time for it. */
    private record Unread(long event, long version, DatasetKey dataset, Family family, String lanes, boolean manual) {

        static Unread of(ResultSet rs, int n) throws SQLException {
            return new Unread(
                    rs.getLong("event"),
                    rs.getLong("version"),
                    new DatasetKey(rs.getInt("run_number"), rs.getString("name")),
                    Family.of(rs.getString("family")),
                    rs.getString("lanes"),
                    rs.getBoolean("manual"));
        }

        Event.OfLumisections read() {
            return new Event.OfLumisections(event, version, dataset, family, LanesJson.read(lanes), manual);
        }
    }

    /** Everything that one version says, in order. */
    List<Event> ofVersion(long version) {
        var events = new ArrayList<Event>();
        events.addAll(
                jdbc.sql("""
                        select event, version, run_number, oms, rr, manual, reset, deleted
                        from certification.run_event
                        where version = :version
                        """).param("version", version).query(EventStore::run).list());
        events.addAll(jdbc.sql("""
                        select event, version, run_number, name, attributes, in_gui, deleted
                        from certification.dataset_event
                        where version = :version
                        """)
                .param("version", version)
                .query(EventStore::dataset)
                .list());
        events.addAll(jdbc.sql("""
                        select event, version, run_number, name, family, lanes, manual
                        from certification.lumisection_event
                        where version = :version
                        """)
                .param("version", version)
                .query(EventStore::lumisections)
                .list());
        events.sort((a, b) -> Long.compare(a.event(), b.event()));
        return events;
    }

    /** Every run about which, or about whose datasets, anything was ever said. */
    List<Integer> runs() {
        return jdbc.sql("""
                        select run_number from certification.run_event
                        union
                        select run_number from certification.dataset_event
                        order by run_number
                        """).query((rs, n) -> rs.getInt(1)).list();
    }

    List<Integer> runsSince(long version) {
        return jdbc.sql("""
                        select run_number from certification.run_event where version > :version
                        union
                        select run_number from certification.dataset_event where version > :version
                        union
                        select run_number from certification.lumisection_event where version > :version
                        order by run_number
                        """)
                .param("version", version)
                .query((rs, n) -> rs.getInt(1))
                .list();
    }

    /** The number of the first event of the dataset. */
    long firstEvent(DatasetKey key) {
        return jdbc.sql("select min(event) from certification.dataset_event where run_number = :run and name = :name")
                .param("run", key.run())
                .param("name", key.name())
                .query(Long.class)
                .single();
    }

    List<String> datasetNames(int run) {
        return jdbc.sql("""
                        select distinct name
                        from certification.dataset_event
                        where run_number = :run
                        order by name
                        """).param("run", run).query((rs, n) -> rs.getString(1)).list();
    }

    /** The first number of a block of {@code size}; only called under the ledger's lock. */
    long nextEvents(int size) {
        return jdbc.sql("""
                        select setval('certification.event_number', nextval('certification.event_number') + :more) - :more
                        """).param("more", size - 1).query(Long.class).single();
    }

    /** @param at null for the present */
    Version append(Author author, String comment, @Nullable Instant at) {
        return jdbc.sql("""
                        insert into certification.version (version, author, comment, at)
                        values (
                            nextval('certification.version_number'),
                            :author,
                            :comment,
                            -- Time never runs back from one version to the next, whatever the clock does.
                            greatest(
                                coalesce(cast(:at as timestamptz), clock_timestamp()),
                                (select max(at) from certification.version)))
                        returning version, author, comment, at
                        """)
                .param("author", author.name())
                .param("comment", comment)
                .param("at", at == null ? null : at.toString())
                .query(EventStore::version)
                .single();
    }

    void append(Event event) {
        switch (event) {
            case Event.OfRun e ->
                jdbc.sql("""
                            insert into certification.run_event
                                (event, version, run_number, oms, rr, manual, reset, deleted)
                            values (:event, :version, :run, :oms::json, :rr::json, :manual, :reset, :deleted)
                            """)
                        .param("event", e.event())
                        .param("version", e.version())
                        .param("run", e.run())
                        .param("oms", e.oms().toString())
                        .param("rr", e.rr().toString())
                        .param("manual", e.manual())
                        .param("reset", e.reset())
                        .param("deleted", e.deleted())
                        .update();
            case Event.OfDataset e ->
                jdbc.sql("""
                            insert into certification.dataset_event
                                (event, version, run_number, name, attributes, in_gui, deleted)
                            values (:event, :version, :run, :name, :attributes::json, :inGui::json, :deleted)
                            """)
                        .param("event", e.event())
                        .param("version", e.version())
                        .param("run", e.dataset().run())
                        .param("name", e.dataset().name())
                        .param("attributes", e.attributes().toString())
                        .param("inGui", MAPPER.writeValueAsString(e.inGui()))
                        .param("deleted", e.deleted())
                        .update();
            case Event.OfLumisections e ->
                jdbc.sql("""
                            insert into certification.lumisection_event
                                (event, version, run_number, name, family, lanes, manual)
                            values (:event, :version, :run, :name, :family, :lanes::json, :manual)
                            """)
                        .param("event", e.event())
                        .param("version", e.version())
                        .param("run", e.dataset().run())
                        .param("name", e.dataset().name())
                        .param("family", e.family().column())
                        .param("lanes", LanesJson.write(e.lanes()))
                        .param("manual", e.manual())
                        .update();
        }
    }

    void appendRevocation(long version, long revoked) {
        jdbc.sql("""
                        insert into certification.revocation (version, revoked)
                        values (:version, :revoked)
                        """).param("version", version).param("revoked", revoked).update();
    }

    static Version version(ResultSet rs, int n) throws SQLException {
        Timestamp at = rs.getTimestamp("at");
        return new Version(rs.getLong("version"), rs.getString("author"), rs.getString("comment"), at.toInstant());
    }

    private static Event.OfRun run(ResultSet rs, int n) throws SQLException {
        return new Event.OfRun(
                rs.getLong("event"),
                rs.getLong("version"),
                rs.getInt("run_number"),
                object(rs.getString("oms")),
                object(rs.getString("rr")),
                rs.getBoolean("manual"),
                rs.getBoolean("reset"),
                rs.getBoolean("deleted"));
    }

    private static Event.OfDataset dataset(ResultSet rs, int n) throws SQLException {
        return new Event.OfDataset(
                rs.getLong("event"),
                rs.getLong("version"),
                new DatasetKey(rs.getInt("run_number"), rs.getString("name")),
                object(rs.getString("attributes")),
                texts(rs.getString("in_gui")),
                rs.getBoolean("deleted"));
    }

    private static Event.OfLumisections lumisections(ResultSet rs, int n) throws SQLException {
        return Unread.of(rs, n).read();
    }

    static ObjectNode object(String json) {
        return MAPPER.readTree(json) instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    }

    static List<String> texts(String json) {
        var list = new ArrayList<String>();
        for (JsonNode text : MAPPER.readTree(json)) {
            list.add(text.asString());
        }
        return list;
    }
}
