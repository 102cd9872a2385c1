package org.colonnade.certification.configuration;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.colonnade.certification.rule.RuleException;

/** What must hold in a configuration beyond its form: names are unique, and what is referred to exists. */
final class ConfigurationCheck {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]{1,60}");
    private static final Set<String> AREAS = Set.of(Configuration.ONLINE, Configuration.OFFLINE);
    private static final Set<String> STATUSES = Set.of("GOOD", "BAD", "STANDBY", "EXCLUDED", "NOTSET");
    private static final int MAX_TEXT = 200;

    private ConfigurationCheck() {}

    /** @throws RuleException naming what is wrong, in words for an administrator */
    static void check(Configuration c) {
        ids("workspaces", c.workspaces(), Configuration.Workspace::id);
        ids("classes", c.classes(), Configuration.ClassRule::id);
        ids("significance", c.significance(), Configuration.SignificanceRule::id);
        ids("components", c.components(), Configuration.ComponentRule::id);
        ids("appearance", c.appearance(), Configuration.AppearanceRule::id);
        ids("acceptedDatasets", c.acceptedDatasets(), Configuration.AcceptedDataset::id);
        ids("goldenRules", c.goldenRules(), Configuration.StoredRule::id);
        ids(
                "columns",
                c.workspaces().stream().flatMap(w -> w.columns().stream()).toList(),
                Configuration.Column::id);
        workspaces(c.workspaces());
        c.classes().forEach(r -> text("a class", r.runClass()));
        c.significance().forEach(r -> text("a class", r.runClass()));
        c.components().forEach(r -> component(c, r));
        c.appearance().forEach(r -> {
            if (c.workspace(Configuration.OFFLINE, r.workspace()).isEmpty()
                    && !r.workspace().equals("global")) {
                throw wrong("There is no offline workspace " + r.workspace());
            }
        });
        c.acceptedDatasets().forEach(ConfigurationCheck::accepted);
        c.goldenRules().forEach(r -> text("a stored rule", r.name()));
        c.rights().forEach(r -> {
            text("a group", r.group());
            r.actions().forEach(a -> text("an action", a));
            r.workspaces().forEach(w -> text("a workspace", w));
        });
        RuleBook.check(c);
    }

    private static void workspaces(List<Configuration.Workspace> workspaces) {
        var seen = new HashSet<String>();
        for (Configuration.Workspace workspace : workspaces) {
            if (!AREAS.contains(workspace.area())) {
                throw wrong("The area of workspace " + workspace.name() + " must be online or offline");
            }
            name("workspace", workspace.name());
            if (!seen.add(workspace.area() + " " + workspace.name())) {
                throw wrong("There are two " + workspace.area() + " workspaces named " + workspace.name());
            }
            var columns = new HashSet<String>();
            workspace.columns().forEach(column -> {
                name("column", column.name());
                if (!columns.add(column.name())) {
                    throw wrong("Workspace " + workspace.name() + " has two columns named " + column.name());
                }
            });
        }
    }

    private static void component(Configuration c, Configuration.ComponentRule rule) {
        if (!AREAS.contains(rule.area())) {
            throw wrong("The area of the rule for " + rule.component() + " must be online or offline");
        }
        if (!c.componentNames(rule.area()).contains(rule.component())) {
            throw wrong("There is no " + rule.area() + " component " + rule.component());
        }
        if (!STATUSES.contains(rule.status())) {
            throw wrong(
                    "The status of a rule must be one of GOOD, BAD, STANDBY, EXCLUDED, NOTSET, not " + rule.status());
        }
    }

    private static void accepted(Configuration.AcceptedDataset dataset) {
        text("a dataset", dataset.name());
        text("a class", dataset.runClass());
        if (!dataset.name().startsWith("/")) {
            throw wrong("The name of a dataset begins with a slash: " + dataset.name());
        }
        if (dataset.firstRun() != null && dataset.lastRun() != null && dataset.firstRun() > dataset.lastRun()) {
            throw wrong("The runs of dataset " + dataset.name() + " end before they begin");
        }
    }

    private static <T> void ids(String list, Collection<T> items, Function<T, Integer> id) {
        var seen = new HashSet<Integer>();
        for (T item : items) {
            if (!seen.add(id.apply(item))) {
                throw wrong("Two entries of " + list + " have the id " + id.apply(item));
            }
        }
    }

    private static void name(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw wrong("The name of a " + what + " consists of letters, digits and underscores: " + name);
        }
    }

    private static void text(String what, String text) {
        if (text.isBlank() || text.length() > MAX_TEXT) {
            throw wrong("The name of " + what + " has 1 to " + MAX_TEXT + " characters");
        }
    }

    private static RuleException wrong(String sentence) {
        return new RuleException(sentence);
    }
}
