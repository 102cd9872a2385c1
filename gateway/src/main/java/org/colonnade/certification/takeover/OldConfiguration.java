package org.colonnade.certification.takeover;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.rule.Rule;
import org.colonnade.certification.rule.RuleException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes one document of the current settings of a Run Registry. */
final class OldConfiguration {

    private static final JsonNode NEVER = JsonNodeFactory.instance.booleanNode(false);

    /** An address that stands for each right, because the old rights are expressions over addresses. */
    private static final Map<String, String> ADDRESSES = new TreeMap<>(Map.ofEntries(
            Map.entry("run.class", "/manual_run_edit/1/class"),
            Map.entry("run.stop_reason", "/manual_run_edit/1/stop_reason"),
            Map.entry("run.short_run", "/manual_run_edit/1/short_run"),
            Map.entry("run.significant", "/runs/mark_significant"),
            Map.entry("run.move", "/runs/move_run/OPEN/SIGNOFF"),
            Map.entry("run.refresh", "/runs/refresh_run/1"),
            Map.entry("run.reset", "/runs/reset_and_refresh_run/1"),
            Map.entry("lumisection.edit", "/lumisections/edit_rr_lumisections"),
            Map.entry("lumisection.edit-oms", "/lumisections/edit_oms_lumisections"),
            Map.entry("dataset.move", "/datasets/{workspace}/move_dataset/OPEN/SIGNOFF"),
            Map.entry("dataset.duplicate", "/dc_tools/duplicate_datasets"),
            Map.entry("dataset.batch", "/dc_tools/dataset_column_batch_update"),
            Map.entry("dataset.hide", "/dc_tools/hide_datasets"),
            Map.entry("cycle.manage", "/cycles"),
            Map.entry("cycle.move", "/cycles/move_dataset/{workspace}/OPEN/SIGNOFF"),
            Map.entry("cycle.complete", "/cycles/mark_cycle_complete/{workspace}"),
            Map.entry("configuration.classes", "/classifiers/class"),
            Map.entry("configuration.components", "/classifiers/component"),
            Map.entry("configuration.acceptedDatasets", "/datasets_accepted/1")));

    private final OldRegistry old;
    private final Repairs repairs;

    OldConfiguration(OldRegistry old, Repairs repairs) {
        this.old = old;
        this.repairs = repairs;
    }

    Configuration read() throws SQLException {
        ObjectNode settings = settings();
        List<Configuration.Workspace> workspaces = workspaces();
        Map<Integer, String> components = new HashMap<>();
        Map<Integer, String> areas = new HashMap<>();
        workspaces.forEach(w -> w.columns().forEach(c -> {
            components.put(c.id(), w.name() + "-" + c.name());
            areas.put(c.id(), w.area());
        }));
        var componentRules = new ArrayList<Configuration.ComponentRule>();
        for (ObjectNode row : items(settings, "ComponentClassifier", "CPCL_id")) {
            int column = row.path("component").asInt(0);
            String name = components.get(column);
            if (name == null) {
                repairs.note(
                        "classifier of a component that is not there",
                        row.path("id").toString());
                continue;
            }
            componentRules.add(new Configuration.ComponentRule(
                    row.path("id").asInt(0),
                    areas.getOrDefault(column, Configuration.ONLINE),
                    name,
                    row.path("status").asString(""),
                    row.path("priority").asInt(0),
                    enabled(row),
                    rule(row)));
        }
        return new Configuration(
                workspaces,
                items(settings, "ClassClassifier", "CCL_id").stream()
                        .map(row -> new Configuration.ClassRule(
                                row.path("id").asInt(0),
                                row.path("class").asString(""),
                                row.path("priority").asInt(0),
                                enabled(row),
                                rule(row)))
                        .toList(),
                items(settings, "DatasetClassifier", "DCL_id").stream()
                        .map(row -> new Configuration.SignificanceRule(
                                row.path("id").asInt(0), row.path("class").asString(""), enabled(row), rule(row)))
                        .toList(),
                componentRules,
                appearance(items(settings, "OfflineDatasetClassifier", "ODCL_id"), workspaces),
                items(settings, "DatasetsAccepted", "DAL_id").stream()
                        .map(this::accepted)
                        .toList(),
                items(settings, "JsonClassifier", "JCL_id").stream()
                        .map(row -> new Configuration.StoredRule(
                                row.path("id").asInt(0),
                                row.path("name").asString(""),
                                row.path("created_by").asString(""),
                                rule(row)))
                        .toList(),
                rights(items(settings, "Permission", "PL_id"), workspaces));
    }

    private List<Configuration.AppearanceRule> appearance(
            List<ObjectNode> rows, List<Configuration.Workspace> workspaces) {
        Set<String> known = new HashSet<>(Set.of("global"));
        workspaces.stream().filter(w -> w.area().equals(Configuration.OFFLINE)).forEach(w -> known.add(w.name()));
        var result = new ArrayList<Configuration.AppearanceRule>();
        for (ObjectNode row : rows) {
            String workspace = row.path("workspace").asString("");
            if (known.contains(workspace)) {
                result.add(
                        new Configuration.AppearanceRule(row.path("id").asInt(0), workspace, enabled(row), rule(row)));
            } else {
                repairs.note("classifier of a workspace that is not there", workspace);
            }
        }
        return result;
    }

    private ObjectNode settings() throws SQLException {
        return old.rows("select * from \"Settings\" order by id desc limit 1").stream()
                .findFirst()
                .orElseGet(JsonNodeFactory.instance::objectNode);
    }

    /** The entries of the current list of a kind; the columns of the joining table are told by their names. */
    private List<ObjectNode> items(ObjectNode settings, String kind, String listColumn) throws SQLException {
        String entries = kind + "Entries";
        JsonNode list = settings.path(listColumn);
        if (!list.isNumber() || !old.has(entries)) {
            return List.of();
        }
        String itemColumn = old
                .rows("select column_name from information_schema.columns where table_name = '" + entries
                        + "' and table_schema = any (current_schemas(false)) order by ordinal_position")
                .stream()
                .map(row -> row.path("column_name").asString(""))
                .filter(name -> name.endsWith("_id") && !name.equals(listColumn))
                .findFirst()
                .orElse("");
        if (itemColumn.isEmpty()) {
            repairs.note("list whose entries cannot be told", entries);
            return List.of();
        }
        return old.rows("select k.* from \"" + kind + "\" k join \"" + entries + "\" e on e.\"" + itemColumn
                + "\" = k.id where e.\"" + listColumn + "\" = " + list.intValue() + " order by k.id");
    }

    private List<Configuration.Workspace> workspaces() throws SQLException {
        var columns = new HashMap<Integer, List<Configuration.Column>>();
        for (ObjectNode row : old.rows("select * from \"WorkspaceColumn\" order by id")) {
            columns.computeIfAbsent(row.path("id_workspace").asInt(0), id -> new ArrayList<>())
                    .add(new Configuration.Column(
                            row.path("id").asInt(0), row.path("name").asString(""), true));
        }
        return old.rows("select * from \"Workspace\" order by id").stream()
                .map(row -> new Configuration.Workspace(
                        row.path("id").asInt(0),
                        row.path("online_or_offline").asString(""),
                        row.path("workspace").asString(""),
                        columns.getOrDefault(row.path("id").asInt(0), List.of())))
                .toList();
    }

    private Configuration.AcceptedDataset accepted(ObjectNode row) {
        return new Configuration.AcceptedDataset(
                row.path("id").asInt(0),
                row.path("name").asString(""),
                row.path("class").asString(""),
                number(row.path("run_from")),
                number(row.path("run_to")),
                enabled(row),
                row.path("regexp")
                        .asString("")
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList());
    }

    private static @Nullable Integer number(JsonNode value) {
        return value.isNumber() ? Integer.valueOf(value.intValue()) : null;
    }

    private static boolean enabled(ObjectNode row) {
        return row.path("enabled").asBoolean(true);
    }

    /** A rule that cannot be compiled is kept out of use: it never holds. */
    private JsonNode rule(ObjectNode row) {
        JsonNode stored = row.path("classifier");
        try {
            JsonNode rule = stored.isString() ? JsonMapper.shared().readTree(stored.stringValue()) : stored;
            Rule.compile(rule);
            return rule;
        } catch (RuleException | JacksonException e) {
            repairs.note(
                    "rule that cannot be compiled, replaced by one that never holds", stored + ": " + e.getMessage());
            return NEVER;
        }
    }

    /** Expressions over addresses become actions; what they mean beyond is for an administrator to decide. */
    private List<Configuration.Right> rights(List<ObjectNode> rows, List<Configuration.Workspace> workspaces) {
        var names = new TreeSet<String>(Set.of("global"));
        workspaces.forEach(w -> names.add(w.name()));
        var result = new ArrayList<Configuration.Right>();
        for (ObjectNode row : rows) {
            String group = row.path("egroup").asString("");
            List<Pattern> routes = routes(group, row.path("routes"));
            var byWorkspaces = new TreeMap<String, List<String>>();
            ADDRESSES.forEach((action, address) -> {
                var granted = new TreeSet<String>();
                for (String workspace : names) {
                    String concrete = address.replace("{workspace}", workspace);
                    if (routes.stream().anyMatch(r -> r.matcher(concrete).find())) {
                        granted.add(workspace);
                    }
                }
                if (!granted.isEmpty()) {
                    String key = granted.size() == names.size() ? "*" : String.join(" ", granted);
                    byWorkspaces.computeIfAbsent(key, k -> new ArrayList<>()).add(action);
                }
            });
            byWorkspaces.forEach(
                    (key, actions) -> result.add(new Configuration.Right(group, actions, List.of(key.split(" ")))));
            repairs.note("rights translated from addresses to actions: please look at them", group);
        }
        return result;
    }

    private List<Pattern> routes(String group, JsonNode routes) {
        var result = new ArrayList<Pattern>();
        for (JsonNode route : routes) {
            try {
                result.add(Pattern.compile(route.asString("")));
            } catch (PatternSyntaxException e) {
                repairs.note("right that is not a regular expression, left out", group + " " + route);
            }
        }
        return result;
    }
}
