package org.colonnade.certification.takeover;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.configuration.Configurations;
import org.colonnade.certification.cycle.Cycle;
import org.colonnade.certification.cycle.Cycles;
import org.colonnade.certification.golden.GoldenRecords;
import org.colonnade.certification.ledger.Author;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.Draft;
import org.colonnade.certification.ledger.Family;
import org.colonnade.certification.ledger.History;
import org.colonnade.certification.ledger.Ledger;
import org.colonnade.certification.ledger.Run;
import org.colonnade.certification.ledger.States;
import org.colonnade.certification.lumisection.Lane;
import org.colonnade.certification.lumisection.Lanes;
import org.colonnade.certification.lumisection.Ranges;
import org.colonnade.certification.rule.RuleException;
import org.colonnade.certification.takeover.OldRegistry.OldEvent;
import org.colonnade.certification.takeover.OldRegistry.OldVersion;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes over a Run Registry's database into an empty registry: every version with its author, time and number, the current
 * configuration, cycles and golden JSON files. All of it is written, or nothing.
 */
@Service
public class Takeover {

    private static final String STATE = "_state";

    private final TakeoverProperties properties;
    private final Ledger ledger;
    private final History history;
    private final States states;
    private final Configurations configurations;
    private final Cycles cycles;
    private final GoldenRecords golden;

    Takeover(
            TakeoverProperties properties,
            Ledger ledger,
            History history,
            States states,
            Configurations configurations,
            Cycles cycles,
            GoldenRecords golden) {
        this.properties = properties;
        this.ledger = ledger;
        this.history = history;
        this.states = states;
        this.configurations = configurations;
        this.cycles = cycles;
        this.golden = golden;
    }

    /** Something that was not taken over as it stood, with some examples. */
    public record Repair(String kind, int count, List<String> examples) {}

    public record Report(long versions, int runs, int datasets, int cycles, int goldenFiles, List<Repair> repairs) {}

    /**
     * @throws ProblemException if no database is configured or can be read, or this registry is not empty
     */
    public Report run() {
        if (properties.url() == null) {
            throw ProblemException.of(
                    ProblemType.CONFLICT,
                    "No database to take over is configured (colonnade.certification.takeover.url)");
        }
        try (Connection connection = DriverManager.getConnection(properties.url(), credentials())) {
            var old = new OldRegistry(connection);
            return ledger.together(() -> {
                if (history.latest() != 0) {
                    throw ProblemException.of(
                            ProblemType.CONFLICT, "A registry is taken over into an empty one, and this one is not");
                }
                try {
                    return take(old);
                } catch (SQLException e) {
                    throw unreadable(e);
                }
            });
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    private Properties credentials() {
        var result = new Properties();
        if (properties.username() != null) {
            result.setProperty("user", properties.username());
        }
        if (properties.password() != null) {
            result.setProperty("password", properties.password());
        }
        return result;
    }

    private static ProblemException unreadable(SQLException e) {
        return ProblemException.of(
                ProblemType.UNPROCESSABLE, "The database to take over cannot be read: " + e.getMessage());
    }

    private Report take(OldRegistry old) throws SQLException {
        var repairs = new Repairs();
        Map<Integer, Integer> lengths = old.lengths();
        var runs = new TreeSet<Integer>();
        var datasets = new TreeSet<DatasetKey>();
        long[] versions = {0};
        old.versions(version -> {
            if (write(version, lengths, repairs, runs, datasets)) {
                versions[0]++;
            }
        });
        compare(old, repairs);
        waitingThoughShown(datasets, repairs);
        Configuration configuration = new OldConfiguration(old, repairs).read();
        configurations.change(Author.AUTOMATIC, "configuration taken over", before -> configuration);
        int cycleCount = old.has("Cycle") ? cycles(old, repairs) : 0;
        int files = old.has("GeneratedJson") ? goldenFiles(old, repairs) : 0;
        return new Report(versions[0], runs.size(), datasets.size(), cycleCount, files, repairs.all());
    }

    private boolean write(
            OldVersion version,
            Map<Integer, Integer> lengths,
            Repairs repairs,
            TreeSet<Integer> runs,
            TreeSet<DatasetKey> datasets) {
        if (version.events().isEmpty()) {
            repairs.note("version without events, left out", Long.toString(version.number()));
            return false;
        }
        ledger.continueFrom(version.number());
        Author author = new Author(version.by(), version.automatic());
        Ledger.asIfAt(
                version.at(),
                () -> ledger.record(
                        author,
                        version.comment(),
                        draft -> version.events()
                                .forEach(e -> write(draft, author, e, lengths, repairs, runs, datasets))));
        return true;
    }

    private static void write(
            Draft draft,
            Author author,
            OldEvent event,
            Map<Integer, Integer> lengths,
            Repairs repairs,
            TreeSet<Integer> runs,
            TreeSet<DatasetKey> datasets) {
        switch (event) {
            case OldEvent.OfRun e -> {
                runs.add(e.run());
                ObjectNode oms = e.oms();
                if (!author.automatic() && !oms.isEmpty()) {
                    repairs.note("manual change of what the machine reported, left out", "run " + e.run() + ": " + oms);
                    oms = JsonNodeFactory.instance.objectNode();
                }
                draft.setRun(e.run(), oms, e.rr());
                if (e.deleted()) {
                    draft.deleteRun(e.run());
                }
            }
            case OldEvent.OfDataset e -> {
                var key = new DatasetKey(e.run(), e.name());
                datasets.add(key);
                draft.setDataset(key, e.attributes(), e.inGui());
                if (e.deleted()) {
                    draft.hide(key);
                }
            }
            case OldEvent.OfLumisections e -> {
                var key = new DatasetKey(e.run(), e.name());
                if (datasets.add(key)) {
                    repairs.note("lumisections of a dataset that was never created", key.text());
                    draft.setDataset(key, JsonNodeFactory.instance.objectNode());
                }
                draft.setLumisections(
                        key,
                        e.verdicts() ? Family.RR : Family.OMS,
                        lanes(e, lengths.getOrDefault(e.run(), 0), repairs));
            }
        }
    }

    private static Lanes lanes(OldEvent.OfLumisections event, int length, Repairs repairs) {
        Ranges where = event.where();
        if (length > 0 && !where.isEmpty() && where.last(where.count() - 1) > length) {
            repairs.note(
                    "lumisections beyond the end of the run, cut off",
                    "run " + event.run() + " " + event.name() + ": " + where + " of " + length);
            where = where.intersect(Ranges.of(1, length));
        }
        if (where.isEmpty()) {
            return Lanes.NONE;
        }
        Ranges kept = where;
        var lanes = new TreeMap<String, Lane>();
        event.values().properties().forEach(p -> {
            var lane = new Lane.Builder();
            JsonNode value = event.verdicts() ? triplet(event, p.getKey(), p.getValue(), repairs) : p.getValue();
            kept.toPairs().forEach(pair -> lane.add(pair[0], pair[1], value));
            lanes.put(p.getKey(), lane.build());
        });
        return Lanes.of(lanes);
    }

    private static JsonNode triplet(OldEvent.OfLumisections event, String component, JsonNode value, Repairs repairs) {
        if (!value.path("status").isString()) {
            repairs.note("verdict without a status, taken as empty", "run " + event.run() + " " + component);
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("status", value.path("status").asString("EMPTY"))
                .put("comment", value.path("comment").asString(""))
                .put("cause", value.path("cause").asString(""));
    }

    /** What the old registry shows of its runs must be what the events amount to. */
    private void compare(OldRegistry old, Repairs repairs) throws SQLException {
        for (ObjectNode row :
                old.rows("select run_number, rr_attributes, oms_attributes from \"Run\" where not deleted")) {
            int number = row.path("run_number").asInt(0);
            Run run = states.run(number, States.NOW).orElse(null);
            if (run == null) {
                repairs.note("run without events, left out", "run " + number);
                continue;
            }
            differences("class, state and the like", number, row.path("rr_attributes"), run.rr(), repairs);
            differences("attributes of the machine", number, row.path("oms_attributes"), run.oms(), repairs);
        }
    }

    private static void differences(String what, int run, JsonNode shown, ObjectNode folded, Repairs repairs) {
        ObjectNode before = OldRegistry.object(shown.toString());
        before.properties().forEach(p -> {
            if (!p.getValue().equals(folded.get(p.getKey()))) {
                repairs.note(
                        "the old table of runs differed from its events (" + what + "), the events hold",
                        "run " + run + " " + p.getKey() + ": " + p.getValue() + " / " + folded.get(p.getKey()));
            }
        });
    }

    /** A second sign-off made datasets wait again for what had come already; an administrator opens them. */
    private void waitingThoughShown(TreeSet<DatasetKey> keys, Repairs repairs) {
        for (DatasetKey key : keys) {
            states.dataset(key, States.NOW)
                    .filter(d -> !d.inGui().isEmpty())
                    .filter(d ->
                            d.attributes().path("global_state").asString("").equals("waiting dqm gui"))
                    .ifPresent(d -> repairs.note("dataset that waits though the quality monitor shows it", key.text()));
        }
    }

    private int cycles(OldRegistry old, Repairs repairs) throws SQLException {
        var members = new HashMap<Integer, TreeSet<DatasetKey>>();
        for (ObjectNode row : old.rows("select * from \"CycleDataset\"")) {
            members.computeIfAbsent(row.path("id_cycle").asInt(0), id -> new TreeSet<>())
                    .add(new DatasetKey(
                            row.path("run_number").asInt(0), row.path("name").asString("")));
        }
        int count = 0;
        for (ObjectNode row : old.rows("select * from \"Cycle\" where not deleted order by id_cycle")) {
            var named = new TreeMap<String, String>();
            row.path("cycle_attributes").properties().forEach(p -> {
                if (p.getKey().endsWith(STATE)) {
                    named.put(
                            p.getKey().substring(0, p.getKey().length() - STATE.length()),
                            p.getValue().asString("").equals(Cycle.COMPLETED) ? Cycle.COMPLETED : Cycle.PENDING);
                }
            });
            named.putIfAbsent(Cycle.GLOBAL, Cycle.PENDING);
            String name = row.path("cycle_name").asString("");
            TreeSet<DatasetKey> keys = members.getOrDefault(row.path("id_cycle").asInt(0), new TreeSet<>());
            if (keys.isEmpty()) {
                repairs.note("cycle without datasets, left out", name);
                continue;
            }
            cycles.create(Author.AUTOMATIC, name, time(row.path("deadline").asString("")), named, keys);
            count++;
        }
        return count;
    }

    private int goldenFiles(OldRegistry old, Repairs repairs) throws SQLException {
        int count = 0;
        for (ObjectNode row : old.rows("select * from \"GeneratedJson\" where not deleted order by id")) {
            try {
                if (golden.takeOver(row)) {
                    repairs.note("golden JSON with ranges that overlapped or touched, united", "id " + row.path("id"));
                }
                count++;
            } catch (RuleException e) {
                repairs.note(
                        "golden JSON that cannot be read, left out", "id " + row.path("id") + ": " + e.getMessage());
            }
        }
        return count;
    }

    private static Instant time(String text) {
        var problems = new ArrayList<String>();
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        try {
            return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new RuleException("Not a time: " + text + " " + problems);
        }
    }
}
