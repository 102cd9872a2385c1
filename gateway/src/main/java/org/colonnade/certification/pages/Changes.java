package org.colonnade.certification.pages;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.colonnade.certification.ledger.History;
import org.colonnade.certification.ledger.Version;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which runs were touched by which versions: what pages are told while people look at them. */
@Repository
class Changes {

    private static final int MOST = 200;

    private final JdbcClient jdbc;
    private final History history;

    Changes(JdbcClient jdbc, History history) {
        this.jdbc = jdbc;
        this.history = history;
    }

    /** @param runs those whose verdicts, attributes or datasets changed; nothing for cycles and configuration */
    record Change(long version, String author, String comment, List<Integer> runs) {}

    long latest() {
        return history.latest();
    }

    /** Oldest first; of many only the last ones. */
    List<Change> since(long version) {
        List<Version> versions = jdbc.sql("""
                        select version, author, comment, at
                        from certification.version
                        where version > :version
                        order by version desc
                        limit :most
                        """)
                .param("version", version)
                .param("most", MOST)
                .query((rs, n) -> new Version(
                        rs.getLong("version"),
                        rs.getString("author"),
                        rs.getString("comment"),
                        rs.getTimestamp("at").toInstant()))
                .list()
                .reversed();
        if (versions.isEmpty()) {
            return List.of();
        }
        Map<Long, TreeSet<Integer>> runs =
                runsOf(versions.stream().map(Version::version).toList());
        return versions.stream()
                .map(v -> new Change(
                        v.version(),
                        v.author(),
                        v.comment(),
                        List.copyOf(runs.getOrDefault(v.version(), new TreeSet<>()))))
                .toList();
    }

    /** The runs that each version touched, also by taking another version back. */
    Map<Long, TreeSet<Integer>> runsOf(List<Long> versions) {
        Map<Long, TreeSet<Integer>> runs = new TreeMap<>();
        jdbc.sql("""
                        select version, run_number from certification.run_event where version in (:versions)
                        union
                        select version, run_number from certification.dataset_event where version in (:versions)
                        union
                        select version, run_number from certification.lumisection_event where version in (:versions)
                        """)
                .param("versions", versions)
                .query((rs, n) -> runs.computeIfAbsent(rs.getLong(1), key -> new TreeSet<>())
                        .add(rs.getInt(2)))
                .list();
        return runs;
    }
}
