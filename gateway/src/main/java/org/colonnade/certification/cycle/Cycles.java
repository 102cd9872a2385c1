package org.colonnade.certification.cycle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.colonnade.certification.certify.DatasetGuard;
import org.colonnade.certification.certify.Datasets;
import org.colonnade.certification.certify.Seen;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.configuration.Configurations;
import org.colonnade.certification.ledger.Author;
import org.colonnade.certification.ledger.Dataset;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.Draft;
import org.colonnade.certification.ledger.Ledger;
import org.colonnade.certification.ledger.States;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Everything that is done to cycles. They are few, so their state is folded from events whenever it is asked for. */
@Service
public class Cycles implements DatasetGuard {

    private static final int MAX_DATASETS = 1000;
    private static final String STATE = "_state";

    private final JdbcClient jdbc;
    private final Ledger ledger;
    private final States states;
    private final Datasets datasets;
    private final Configurations configurations;

    Cycles(JdbcClient jdbc, Ledger ledger, States states, Datasets datasets, Configurations configurations) {
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.states = states;
        this.datasets = datasets;
        this.configurations = configurations;
    }

    /** Pending ones of the workspace first, then by deadline. */
    public List<Cycle> all(String workspace) {
        return all(workspace, States.NOW);
    }

    /** The same, as it was at a version. */
    public List<Cycle> all(String workspace, long asOf) {
        return fold(asOf).values().stream()
                .filter(c -> !c.deleted())
                .sorted((a, b) -> {
                    int byState = b.state(workspace).compareTo(a.state(workspace));
                    return byState != 0 ? byState : a.deadline().compareTo(b.deadline());
                })
                .toList();
    }

    public Cycle get(int id) {
        Cycle found = fold().get(id);
        if (found == null || found.deleted()) {
            throw ProblemException.notFound("There is no cycle " + id);
        }
        return found;
    }

    /** Pending in every offline workspace there is. */
    public Cycle create(Author author, String name, Instant deadline, Collection<DatasetKey> keys) {
        var pending = new TreeMap<String, String>(Map.of(Cycle.GLOBAL, Cycle.PENDING));
        configurations
                .current()
                .document()
                .workspaces(Configuration.OFFLINE)
                .forEach(workspace -> pending.put(workspace.name(), Cycle.PENDING));
        return create(author, name, deadline, pending, keys);
    }

    public Cycle create(
            Author author, String name, Instant deadline, Map<String, String> states, Collection<DatasetKey> keys) {
        if (!states.containsKey(Cycle.GLOBAL)) {
            throw refused("The cycle needs a global_state");
        }
        int id = ledger.write(author, "cycle " + name + " created", draft -> {
            requireFree(name, 0);
            int next = fold().keySet().stream().mapToInt(i -> i).max().orElse(0) + 1;
            ObjectNode content = states(states).put("name", name).put("deadline", deadline.toString());
            put(content, "add", checked(keys));
            append(draft, next, content);
            return next;
        });
        return get(id);
    }

    /**
     * @param name null to keep it; {@code deadline} likewise
     * @param states of the workspaces in which it changes
     * @param seen the version of the cycle that the author looked at, as in all acts on one; null to write in any case
     */
    public Cycle edit(
            Author author,
            int id,
            @Nullable String name,
            @Nullable Instant deadline,
            Map<String, String> states,
            @Nullable Long seen) {
        Cycle before = get(id);
        ledger.record(author, "cycle " + (name == null ? before.name() : name) + " edited", draft -> {
            unchanged(id, seen);
            ObjectNode content = states(states);
            if (name != null) {
                requireFree(name, id);
                content.put("name", name);
            }
            if (deadline != null) {
                content.put("deadline", deadline.toString());
            }
            append(draft, id, content);
        });
        return get(id);
    }

    public Cycle add(Author author, int id, Collection<DatasetKey> keys, @Nullable Long seen) {
        ledger.record(author, "datasets added to cycle " + id, draft -> {
            var all = new TreeSet<>(unchanged(id, seen).datasets());
            all.addAll(keys);
            checked(all);
            append(draft, id, put(object(), "add", checked(keys)));
        });
        return get(id);
    }

    public Cycle remove(Author author, int id, Collection<DatasetKey> keys, @Nullable Long seen) {
        ledger.record(author, "datasets deleted from cycle " + id, draft -> {
            unchanged(id, seen);
            append(draft, id, put(object(), "remove", keys));
        });
        return get(id);
    }

    public Cycle delete(Author author, int id, @Nullable Long seen) {
        Cycle before = get(id);
        ledger.record(author, "cycle " + before.name() + " deleted", draft -> {
            unchanged(id, seen);
            append(draft, id, object().put("deleted", true));
        });
        return before;
    }

    /** A workspace is done when all its datasets are; the whole, when every workspace is. */
    public Cycle complete(Author author, int id, String workspace, @Nullable Long seen) {
        ledger.record(author, "cycle " + id + " completed in workspace " + workspace, draft -> {
            Cycle cycle = unchanged(id, seen);
            if (workspace.equals(Cycle.GLOBAL)) {
                cycle.states().forEach((other, state) -> {
                    if (!other.equals(Cycle.GLOBAL) && !state.equals(Cycle.COMPLETED)) {
                        throw refused("The cycle is not completed in workspace " + other);
                    }
                });
            }
            for (DatasetKey key : cycle.datasets()) {
                String state = state(draft, key, workspace);
                if (!state.isEmpty() && !state.equals("COMPLETED")) {
                    throw refused("Dataset " + key.name() + " of run " + key.run() + " is in state " + state
                            + " in workspace " + workspace);
                }
            }
            append(draft, id, states(Map.of(workspace, Cycle.COMPLETED)));
        });
        return get(id);
    }

    public Cycle reopen(Author author, int id, String workspace, @Nullable Long seen) {
        ledger.record(author, "cycle " + id + " pending in workspace " + workspace, draft -> {
            Cycle cycle = unchanged(id, seen);
            if (!workspace.equals(Cycle.GLOBAL) && cycle.isCompletedIn(Cycle.GLOBAL)) {
                throw refused("The cycle is completed; make it pending as a whole first");
            }
            append(draft, id, states(Map.of(workspace, Cycle.PENDING)));
        });
        return get(id);
    }

    /** @param seen the number of the latest event of the dataset or its run that the author looked at; null for any */
    public Dataset move(Author author, int id, DatasetKey key, String workspace, String to, @Nullable Long seen) {
        Cycle cycle = get(id);
        if (cycle.isCompletedIn(workspace)) {
            throw refused("The cycle is already completed in workspace " + workspace);
        }
        if (!cycle.datasets().contains(key)) {
            throw refused("Dataset " + key.name() + " of run " + key.run() + " is not in the cycle");
        }
        return datasets.move(author, key, workspace, to, seen);
    }

    /** Moves those that have a state in the workspace, except what is done already. */
    public List<DatasetKey> moveAll(Author author, int id, String workspace, String to) {
        Cycle cycle = get(id);
        return ledger.write(author, "move the datasets of cycle " + id + " in workspace " + workspace, draft -> {
            var moved = new ArrayList<DatasetKey>();
            for (DatasetKey key : cycle.datasets()) {
                String state = state(draft, key, workspace);
                if (!state.isEmpty() && !state.equals("COMPLETED") && !state.equals(to)) {
                    datasets.move(draft, key, workspace, to);
                    moved.add(key);
                }
            }
            return moved;
        });
    }

    /** What a cycle has completed stays as it is until the cycle is pending again. */
    @Override
    public void requireMovable(Draft draft, DatasetKey key, String workspace) {
        for (Cycle cycle : fold().values()) {
            if (!cycle.deleted()
                    && cycle.isCompletedIn(workspace)
                    && cycle.datasets().contains(key)) {
                throw refused("Dataset " + key.name() + " of run " + key.run() + " belongs to cycle " + cycle.name()
                        + ", which is already completed in workspace " + workspace);
            }
        }
    }

    private Cycle unchanged(int id, @Nullable Long seen) {
        Cycle cycle = get(id);
        Seen.require(seen, cycle.version(), "Cycle " + cycle.name());
        return cycle;
    }

    private static String state(Draft draft, DatasetKey key, String workspace) {
        return draft.dataset(key)
                .map(d -> d.attributes().path(workspace + STATE).asString(""))
                .orElse("");
    }

    private SortedMap<Integer, Cycle> fold() {
        return fold(States.NOW);
    }

    private SortedMap<Integer, Cycle> fold(long asOf) {
        var cycles = new TreeMap<Integer, Cycle>();
        jdbc.sql("""
            select e.cycle, e.content, v.at, v.version
            from certification.cycle_event e
            join certification.version v using (version)
            where e.version <= :asOf and e.version <> all (cast(:revoked as bigint[]))
            order by e.event
            """)
                .param("asOf", asOf)
                .param("revoked", states.revoked(asOf).toArray(Long[]::new))
                .query((rs, n) -> {
                    int id = rs.getInt("cycle");
                    Instant at = rs.getTimestamp("at").toInstant();
                    JsonNode content = JsonMapper.shared().readTree(rs.getString("content"));
                    return cycles.put(id, apply(cycles.get(id), id, content, at, rs.getLong("version")));
                })
                .list();
        return cycles;
    }

    private static Cycle apply(@Nullable Cycle before, int id, JsonNode content, Instant at, long version) {
        var states = new TreeMap<String, String>(before == null ? Map.of() : before.states());
        content.path("states")
                .properties()
                .forEach(p -> states.put(p.getKey(), p.getValue().asString("")));
        var members = new TreeMap<DatasetKey, Instant>(before == null ? Map.of() : before.members());
        keys(content.path("add")).forEach(key -> members.putIfAbsent(key, at));
        keys(content.path("remove")).forEach(members::remove);
        return new Cycle(
                id,
                content.path("name").asString(before == null ? "" : before.name()),
                content.has("deadline")
                        ? Instant.parse(content.path("deadline").stringValue())
                        : before == null ? at : before.deadline(),
                states,
                members,
                content.path("deleted").asBoolean(before != null && before.deleted()),
                before == null ? at : before.createdAt(),
                at,
                version);
    }

    private void append(Draft draft, int cycle, ObjectNode content) {
        jdbc.sql("""
            insert into certification.cycle_event (event, version, cycle, content)
            values (nextval('certification.event_number'), :version, :cycle, :content::json)
            """)
                .param("version", draft.version().version())
                .param("cycle", cycle)
                .param("content", content.toString())
                .update();
    }

    private void requireFree(String name, int except) {
        if (name.isBlank() || name.length() > 200) {
            throw refused("A cycle has a name of 1 to 200 characters");
        }
        if (fold().values().stream()
                .anyMatch(c -> !c.deleted() && c.id() != except && c.name().equals(name))) {
            throw refused("There is a cycle named " + name + " already");
        }
    }

    private static Collection<DatasetKey> checked(Collection<DatasetKey> keys) {
        if (keys.isEmpty() || keys.size() > MAX_DATASETS) {
            throw refused("A cycle has 1 to " + MAX_DATASETS + " datasets, not " + keys.size());
        }
        if (keys.stream().anyMatch(DatasetKey::isOnline)) {
            throw refused("The dataset of a run itself cannot be in a cycle");
        }
        return keys;
    }

    private static ObjectNode states(Map<String, String> states) {
        ObjectNode content = object();
        ObjectNode into = content.putObject("states");
        states.forEach(into::put);
        return content;
    }

    private static ObjectNode put(ObjectNode content, String name, Collection<DatasetKey> keys) {
        ArrayNode list = content.putArray(name);
        keys.forEach(k -> list.addArray().add(k.run()).add(k.name()));
        return content;
    }

    private static List<DatasetKey> keys(JsonNode list) {
        var keys = new ArrayList<DatasetKey>();
        list.forEach(pair ->
                keys.add(new DatasetKey(pair.get(0).intValue(), pair.get(1).stringValue())));
        return keys;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ProblemException refused(String sentence) {
        return ProblemException.of(ProblemType.CONFLICT, sentence);
    }
}
