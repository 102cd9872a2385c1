package org.colonnade.certification.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.colonnade.certification.ledger.Author;
import org.colonnade.certification.rule.RuleException;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Single entries of the configuration: rules, workspaces, accepted datasets. An entry that is edited gets a new id, so that
 * whoever edits what somebody else has just edited is told so instead of overwriting it.
 */
@Service
public class ConfigurationItems {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final Configurations configurations;
    private final JdbcClient jdbc;

    ConfigurationItems(Configurations configurations, JdbcClient jdbc) {
        this.configurations = configurations;
        this.jdbc = jdbc;
    }

    public List<ObjectNode> all(Part part) {
        return list(configurations.current().document(), part);
    }

    /** As they were at a version of the registry. */
    public List<ObjectNode> asOf(Part part, long version) {
        return list(configurations.asOf(version).document(), part);
    }

    public Optional<ObjectNode> find(Part part, int id) {
        return all(part).stream().filter(i -> i.path("id").asInt(0) == id).findFirst();
    }

    /** @param item without an id, fields as in the configuration's file */
    public ObjectNode add(Author author, Part part, ObjectNode item) {
        return change(author, "adds to " + part.key(), part, (items, id) -> {
            ObjectNode added = withId(item, id);
            items.add(added);
            return added;
        });
    }

    /** @param item the fields to change; the others stay */
    public ObjectNode edit(Author author, Part part, int id, ObjectNode item) {
        return change(author, "edits " + part.key() + " " + id, part, (items, next) -> {
            int at = indexOf(items, id);
            ObjectNode edited = items.get(at).deepCopy();
            edited.setAll(item);
            edited.put("id", next);
            items.set(at, edited);
            return edited;
        });
    }

    public ObjectNode remove(Author author, Part part, int id) {
        return change(
                author, "deletes " + part.key() + " " + id, part, (items, next) -> items.remove(indexOf(items, id)));
    }

    /** Replaces a whole list, such as that of the rights, whose entries have no ids. */
    public void replace(Author author, Part part, ArrayNode list) {
        change(author, "replaces " + part.key(), part, (items, id) -> {
            items.clear();
            list.forEach(item -> items.add(object(item)));
            return JsonNodeFactory.instance.objectNode();
        });
    }

    /** What the configuration would be with one list replaced; nothing is written. */
    public static Configuration with(Configuration configuration, Part part, List<ObjectNode> items) {
        ObjectNode tree = MAPPER.valueToTree(configuration);
        ArrayNode list = tree.putArray(part.key());
        items.forEach(list::add);
        try {
            Configuration result = MAPPER.treeToValue(tree, Configuration.class);
            ConfigurationCheck.check(result);
            return result;
        } catch (JacksonException | NullPointerException e) {
            throw new RuleException("An entry of " + part.key() + " lacks a field, or one has the wrong type");
        }
    }

    /**
     * What the configuration would be with one entry added, changed or removed.
     *
     * @param id null to add
     * @param item null to remove
     */
    public static Configuration tried(
            Configuration configuration, Part part, @Nullable Integer id, @Nullable ObjectNode item) {
        List<ObjectNode> items = list(configuration, part);
        if (id == null) {
            if (item == null) {
                throw new RuleException("Name an entry to remove, or the fields of a new one");
            }
            int next = items.stream().mapToInt(i -> i.path("id").asInt(0)).max().orElse(0) + 1;
            items.add(withId(item, next));
        } else if (item == null) {
            items.remove(indexOf(items, id));
        } else {
            ObjectNode edited = items.get(indexOf(items, id)).deepCopy();
            edited.setAll(withId(item, id));
            items.set(indexOf(items, id), edited);
        }
        return with(configuration, part, items);
    }

    /** How two configurations differ in one list: {@code "components 7 changed"}. */
    public static List<String> changes(Configuration before, Configuration after, Part part) {
        if (part == Part.RIGHTS) {
            return List.of("rights changed");
        }
        var old = byId(list(before, part));
        var now = byId(list(after, part));
        var result = new ArrayList<String>();
        old.forEach((id, item) -> {
            if (!now.containsKey(id)) {
                result.add(part.key() + " " + id + " removed");
            } else if (!item.equals(now.get(id))) {
                result.add(part.key() + " " + id + " changed");
            }
        });
        now.keySet().stream()
                .filter(id -> !old.containsKey(id))
                .forEach(id -> result.add(part.key() + " " + id + " added"));
        return result;
    }

    private static SortedMap<Integer, ObjectNode> byId(List<ObjectNode> items) {
        var result = new TreeMap<Integer, ObjectNode>();
        items.forEach(item -> result.put(item.path("id").asInt(0), item));
        return result;
    }

    static List<ObjectNode> list(Configuration configuration, Part part) {
        var result = new ArrayList<ObjectNode>();
        JsonNode tree = MAPPER.valueToTree(configuration);
        tree.path(part.key()).forEach(item -> result.add(object(item)));
        return result;
    }

    private interface Change {
        ObjectNode apply(List<ObjectNode> items, int nextId);
    }

    private ObjectNode change(Author author, String comment, Part part, Change change) {
        var result = new ArrayList<ObjectNode>();
        configurations.change(author, "configuration: " + comment, before -> {
            List<ObjectNode> items = list(before, part);
            result.add(change.apply(items, nextId(part, items)));
            return with(before, part, items);
        });
        return result.getFirst();
    }

    /** Never one that an entry had before, also not a deleted one. */
    private int nextId(Part part, List<ObjectNode> items) {
        var highest = new AtomicInteger();
        Consumer<Integer> seen = id -> highest.accumulateAndGet(id, Math::max);
        items.forEach(i -> seen.accept(i.path("id").asInt(0)));
        seen.accept(jdbc.sql("""
                        select coalesce(max((item ->> 'id')::integer), 0)
                        from certification.configuration c, json_array_elements(c.document -> cast(:part as text)) item
                        """).param("part", part.key()).query(Integer.class).single());
        return highest.get() + 1;
    }

    private static int indexOf(List<ObjectNode> items, int id) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).path("id").asInt(0) == id) {
                return i;
            }
        }
        throw ProblemException.of(
                ProblemType.CONFLICT,
                "You are trying to edit an item multiple times, please refresh the page and try again");
    }

    private static ObjectNode withId(ObjectNode item, int id) {
        ObjectNode result = JsonNodeFactory.instance.objectNode().put("id", id);
        item.properties().stream()
                .filter(p -> !p.getKey().equals("id"))
                .forEach(p -> result.set(p.getKey(), p.getValue()));
        return result;
    }

    private static ObjectNode object(JsonNode item) {
        if (item instanceof ObjectNode object) {
            return object;
        }
        throw new RuleException("Each entry must be an object");
    }
}
