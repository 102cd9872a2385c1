package org.colonnade.certification.configuration;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One state of the whole configuration. Ids are unique within their list. */
public record Configuration(
        List<Workspace> workspaces,
        List<ClassRule> classes,
        List<SignificanceRule> significance,
        List<ComponentRule> components,
        List<AppearanceRule> appearance,
        List<AcceptedDataset> acceptedDatasets,
        List<StoredRule> goldenRules,
        List<Right> rights) {

    public Configuration {
        workspaces = List.copyOf(workspaces);
        classes = List.copyOf(classes);
        significance = List.copyOf(significance);
        components = List.copyOf(components);
        appearance = List.copyOf(appearance);
        acceptedDatasets = List.copyOf(acceptedDatasets);
        goldenRules = List.copyOf(goldenRules);
        rights = List.copyOf(rights);
    }

    public static final String ONLINE = "online";
    public static final String OFFLINE = "offline";

    /** @param area {@link #ONLINE} or {@link #OFFLINE} */
    public record Workspace(int id, String area, String name, List<Column> columns) {}

    /** @param certified whether sign-off waits for it */
    public record Column(int id, String name, boolean certified) {}

    /** A run whose document fulfils the rule has the class; of several the lowest priority wins. */
    public record ClassRule(int id, String runClass, int priority, boolean enabled, JsonNode rule) {}

    /** A run of the class that fulfils the rule is worth certifying. */
    public record SignificanceRule(int id, String runClass, boolean enabled, JsonNode rule) {}

    /** @param component as {@code workspace-column} */
    public record ComponentRule(
            int id, String area, String component, String status, int priority, boolean enabled, JsonNode rule) {}

    /** Whether a dataset that appeared in the quality monitor is opened in the workspace. */
    public record AppearanceRule(int id, String workspace, boolean enabled, JsonNode rule) {}

    /** @param monitorNames regular expressions of names in the quality monitor */
    public record AcceptedDataset(
            int id,
            String name,
            String runClass,
            @Nullable Integer firstRun,
            @Nullable Integer lastRun,
            boolean enabled,
            List<String> monitorNames) {

        public boolean accepts(int run) {
            return enabled && (firstRun == null || firstRun <= run) && (lastRun == null || run <= lastRun);
        }
    }

    /** A rule for golden JSON files that people may choose. */
    public record StoredRule(int id, String name, String createdBy, JsonNode rule) {}

    /** @param group a role of the gateway's accounts
     *  @param actions names such as {@code run.move}, or {@code run.*}
     *  @param workspaces names, or {@code *} */
    public record Right(String group, List<String> actions, List<String> workspaces) {}

    public Stream<Workspace> workspaces(String area) {
        return workspaces.stream().filter(w -> w.area().equals(area));
    }

    public Optional<Workspace> workspace(String area, String name) {
        return workspaces(area).filter(w -> w.name().equals(name)).findFirst();
    }

    /** @param component as {@code workspace-column} */
    public static String workspaceOf(String component) {
        int dash = component.indexOf('-');
        return dash < 0 ? component : component.substring(0, dash);
    }

    /** Names as {@code workspace-column}. */
    public List<String> componentNames(String area) {
        return workspaces(area)
                .flatMap(w -> w.columns().stream().map(c -> w.name() + "-" + c.name()))
                .toList();
    }

    /** Components without whose verdict nothing is signed off. */
    public List<String> certifiedComponents(String area) {
        return workspaces(area)
                .flatMap(w -> w.columns().stream().filter(Column::certified).map(c -> w.name() + "-" + c.name()))
                .toList();
    }
}
