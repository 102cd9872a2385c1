package org.colonnade.certification.configuration;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.colonnade.certification.ledger.States;
import org.colonnade.certification.ledger.Version;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who brought the entries of the configuration that holds now, and when. */
@Component
public class Origins {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final Configurations configurations;
    private final States states;
    private final JdbcClient jdbc;
    private @Nullable Known known;

    Origins(Configurations configurations, States states, JdbcClient jdbc) {
        this.configurations = configurations;
        this.states = states;
        this.jdbc = jdbc;
    }

    /**
     * @param created the version that brought the entry; null if it is shipped
     * @param updated the one that last changed it; null if none did
     */
    public record Origin(
            @Nullable Version created, @Nullable Version updated) {}

    private record Entry(Part part, int id) {}

    private record Found(JsonNode item, Origin origin) {}

    private record Known(long version, Map<Entry, Found> entries) {}

    /** @param id of an entry that there is now */
    public Origin of(Part part, int id) {
        Found found = entries().get(new Entry(part, id));
        return found == null ? new Origin(null, null) : found.origin();
    }

    private synchronized Map<Entry, Found> entries() {
        long version = configurations.current().version();
        Known before = known;
        if (before == null || before.version() != version) {
            before = new Known(version, read(version));
            known = before;
        }
        return before.entries();
    }

    /** Goes through all configurations that count, the oldest first. */
    private Map<Entry, Found> read(long version) {
        var entries = new HashMap<Entry, Found>();
        add(entries, MAPPER.valueToTree(configurations.asOf(0).document()), null);
        jdbc.sql("""
            select v.version, v.author, v.comment, v.at, c.document
            from certification.configuration c
            join certification.version v using (version)
            where c.version <= :version and c.version <> all (cast(:revoked as bigint[]))
            order by c.version
            """)
                .param("version", version)
                .param("revoked", states.revoked(States.NOW).toArray(Long[]::new))
                .query(rs -> {
                    add(
                            entries,
                            MAPPER.readTree(rs.getString("document")),
                            new Version(
                                    rs.getLong("version"),
                                    rs.getString("author"),
                                    rs.getString("comment"),
                                    rs.getTimestamp("at").toInstant()));
                });
        return entries;
    }

    private static void add(Map<Entry, Found> entries, JsonNode document, @Nullable Version by) {
        for (Part part : List.of(Part.values())) {
            for (JsonNode item : document.path(part.key())) {
                var entry = new Entry(part, item.path("id").asInt(0));
                Found before = entries.get(entry);
                if (before == null) {
                    entries.put(entry, new Found(item, new Origin(by, by)));
                } else if (!before.item().equals(item)) {
                    entries.put(
                            entry, new Found(item, new Origin(before.origin().created(), by)));
                }
            }
        }
    }
}
