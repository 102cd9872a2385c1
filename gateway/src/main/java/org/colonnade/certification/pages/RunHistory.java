package org.colonnade.certification.pages;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.Family;
import org.colonnade.certification.ledger.History;
import org.colonnade.certification.ledger.Version;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What was done to one run and its datasets, in words. */
@Repository
class RunHistory {

    private static final int MOST_LINES = 12;

    private final JdbcClient jdbc;
    private final History history;

    RunHistory(JdbcClient jdbc, History history) {
        this.jdbc = jdbc;
        this.history = history;
    }

    /**
     * One version.
     *
     * @param event the highest number of its events, to which an editor's own last look is compared
     * @param what in words, one line each
     * @param more lines that were left out
     * @param undone whether a later version took it back, and still does
     */
    record Act(Version version, long event, boolean manual, List<String> what, int more, boolean undone) {}

    private static final class Gathered {

        private final Version version;
        private final List<String> lines = new ArrayList<>();
        private long event;
        private boolean manual;

        Gathered(Version version) {
            this.version = version;
        }

        void add(long number, boolean byHand, String line) {
            event = Math.max(event, number);
            manual |= byHand;
            lines.add(line);
        }
    }

    /** Newest first. */
    List<Act> of(int run) {
        var acts = new TreeMap<Long, Gathered>();
        for (History.RunEntry entry : history.ofRun(run)) {
            Gathered act = act(acts, entry.version());
            entry.rr()
                    .properties()
                    .forEach(p -> act.add(entry.event(), entry.manual(), p.getKey() + ": " + value(p.getValue())));
            if (!entry.oms().isEmpty()) {
                act.add(entry.event(), entry.manual(), oms(entry.oms()));
            }
            act.event = Math.max(act.event, entry.event());
        }
        datasets(run, acts);
        for (String name : history.datasetNames(run)) {
            var key = new DatasetKey(run, name);
            history.ofLumisections(key, Family.RR).forEach(e -> add(acts, e, key));
            history.ofLumisections(key, Family.OMS).stream()
                    .filter(e -> e.dataset().equals(key))
                    .forEach(e -> add(acts, e, key));
        }
        Map<Long, Long> revoked = revocations();
        revoked.forEach((by, what) -> {
            Gathered undoing = acts.get(by);
            if (undoing != null) {
                undoing.lines.clear();
                undoing.add(undoing.event, true, "takes back version " + what);
            }
        });
        Set<Long> counting = new HashSet<>(revoked.keySet());
        counting.removeAll(revoked.values());
        Set<Long> undone = new HashSet<>();
        counting.forEach(by -> undone.add(revoked.get(by)));
        return acts.values().stream()
                .map(g -> new Act(
                        g.version,
                        g.event,
                        g.manual,
                        List.copyOf(g.lines.subList(0, Math.min(MOST_LINES, g.lines.size()))),
                        Math.max(0, g.lines.size() - MOST_LINES),
                        undone.contains(g.version.version())))
                .toList()
                .reversed();
    }

    /** What others did after somebody's last look, newest first. */
    List<Act> since(int run, long seen) {
        return of(run).stream().filter(a -> a.event() > seen).toList();
    }

    private static Gathered act(Map<Long, Gathered> acts, Version version) {
        return acts.computeIfAbsent(version.version(), key -> new Gathered(version));
    }

    private static void add(Map<Long, Gathered> acts, History.LumisectionEntry entry, DatasetKey key) {
        String where = (key.isOnline() ? "" : key.name() + ": ")
                + (entry.first() == entry.last()
                        ? "lumisection " + entry.first()
                        : "lumisections " + entry.first() + "–" + entry.last());
        List<String> values = entry.values().entrySet().stream()
                .map(e -> e.getKey() + " " + value(e.getValue()))
                .toList();
        String what = values.size() <= 4
                ? String.join(", ", values)
                : String.join(", ", values.subList(0, 3)) + " and " + (values.size() - 3) + " more";
        act(acts, entry.version()).add(entry.event(), entry.manual(), where + ": " + what);
    }

    private void datasets(int run, Map<Long, Gathered> acts) {
        jdbc.sql("""
                        select e.event, e.name, e.attributes, e.in_gui, e.deleted, v.version, v.author, v.comment, v.at
                        from certification.dataset_event e
                        join certification.version v using (version)
                        where e.run_number = :run
                        order by e.event
                        """).param("run", run).query(rs -> {
            var version = new Version(
                    rs.getLong("version"),
                    rs.getString("author"),
                    rs.getString("comment"),
                    rs.getTimestamp("at").toInstant());
            long event = rs.getLong("event");
            String name = rs.getString("name");
            boolean manual = !version.author().startsWith("auto@auto");
            JsonNode attributes = JsonMapper.shared().readTree(rs.getString("attributes"));
            JsonNode shown = JsonMapper.shared().readTree(rs.getString("in_gui"));
            Gathered act = act(acts, version);
            act.event = Math.max(act.event, event);
            attributes
                    .properties()
                    .forEach(p -> act.add(event, manual, name + ": " + p.getKey() + " " + value(p.getValue())));
            if (!shown.isEmpty()) {
                act.add(event, manual, name + ": shown by the quality monitor as " + value(shown));
            }
            if (rs.getBoolean("deleted")) {
                act.add(event, manual, name + ": taken off every list");
            }
        });
    }

    private Map<Long, Long> revocations() {
        var result = new HashMap<Long, Long>();
        jdbc.sql("select version, revoked from certification.revocation order by version")
                .query(rs -> {
                    result.put(rs.getLong(1), rs.getLong(2));
                });
        return result;
    }

    private static String oms(JsonNode facts) {
        List<String> names = List.copyOf(facts.propertyNames());
        return "facts of the machine: "
                + (names.size() <= 5
                        ? String.join(", ", names)
                        : String.join(", ", names.subList(0, 4)) + " and " + (names.size() - 4) + " more");
    }

    static String value(JsonNode value) {
        if (value.isObject()) {
            String comment = value.path("comment").asString("");
            String cause = value.path("cause").asString("");
            return value.path("status").asString("")
                    + (comment.isEmpty() ? "" : " “" + comment + "”")
                    + (cause.isEmpty() ? "" : " (" + cause + ")");
        }
        if (value.isArray()) {
            var parts = new ArrayList<String>();
            value.forEach(v -> parts.add(v.asString("")));
            return parts.isEmpty() ? "none" : String.join(", ", parts);
        }
        return value.isNull()
                ? "unknown"
                : value.isBoolean() ? value.booleanValue() ? "yes" : "no" : value.asString("");
    }
}
