package org.colonnade.certification.pages;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.web.ProblemException;

/** The workspaces of an area as pages offer them: the whole first, under the name global. */
final class Workspaces {

    static final String GLOBAL = "global";

    private Workspaces() {}

    static List<String> names(Configuration configuration, String area) {
        Set<String> names = new LinkedHashSet<>();
        names.add(GLOBAL);
        configuration
                .workspaces(area)
                .map(Configuration.Workspace::name)
                .sorted()
                .forEach(names::add);
        return List.copyOf(names);
    }

    /** The components that a workspace judges; of the whole those that sign-off waits for. */
    static List<String> components(Configuration configuration, String area, String workspace) {
        if (!names(configuration, area).contains(workspace)) {
            throw ProblemException.notFound("There is no " + area + " workspace " + workspace);
        }
        Set<String> components = new LinkedHashSet<>();
        configuration
                .workspace(area, workspace)
                .ifPresent(w -> w.columns().forEach(c -> components.add(w.name() + "-" + c.name())));
        if (workspace.equals(GLOBAL)) {
            configuration.certifiedComponents(area).stream().sorted().forEach(components::add);
        }
        return List.copyOf(components);
    }
}
