package org.colonnade.certification.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.colonnade.certification.configuration.Configuration;

/**
 * A column of a table of runs or datasets.
 *
 * @param key short, as in addresses
 * @param path as filters name it
 * @param shown whether it is there unless somebody chooses
 */
record TableColumn(String key, String title, String path, FilterText.Kind kind, boolean shown) {

    private static final FilterText.Kind NUMBER = FilterText.Kind.NUMBER;
    private static final FilterText.Kind TEXT = FilterText.Kind.TEXT;
    private static final FilterText.Kind TIME = FilterText.Kind.TIME;
    private static final FilterText.Kind YES_NO = FilterText.Kind.YES_NO;

    private static final List<TableColumn> OF_RUN = List.of(
            rr("class", "Class", TEXT, true),
            rr("state", "State", TEXT, true),
            rr("significant", "Significant", YES_NO, true),
            new TableColumn("flagged", "Flagged", "rr_attributes.run_needs_to_be_updated_manually", YES_NO, false),
            rr("stop_reason", "Stop reason", TEXT, false),
            rr("short_run", "Short run", YES_NO, false),
            oms("start_time", "Started", TIME, true),
            oms("end_time", "Ended", TIME, false),
            oms("hlt_key", "HLT key", TEXT, true),
            oms("ls_duration", "Lumisections", NUMBER, true),
            oms("duration", "Duration / s", NUMBER, false),
            oms("b_field", "B field / T", NUMBER, true),
            oms("energy", "Energy / GeV", NUMBER, false),
            oms("fill_number", "Fill", NUMBER, false),
            oms("clock_type", "Clock", TEXT, false),
            oms("sequence", "Sequence", TEXT, false),
            oms("stable_beam", "Stable beam", YES_NO, false),
            oms("beams_present_and_stable", "Beams stable", YES_NO, false),
            oms("recorded_lumi", "Recorded / pb⁻¹", NUMBER, false),
            oms("delivered_lumi", "Delivered / pb⁻¹", NUMBER, false),
            oms("injection_scheme", "Injection scheme", TEXT, false),
            oms("l1_key", "L1 key", TEXT, false),
            oms("l1_menu", "L1 menu", TEXT, false),
            oms("l1_rate", "L1 rate / Hz", NUMBER, false),
            oms("trigger_mode", "Trigger mode", TEXT, false),
            oms("hlt_physics_rate", "HLT physics rate / Hz", NUMBER, false),
            oms("cmssw_version", "Software", TEXT, false),
            oms("tier0_transfer", "To Tier-0", YES_NO, false),
            oms("last_update", "Last update", TIME, false));

    /** What a program that judges quality must know of a run. */
    private static final Set<String> CONDITIONS = Set.of(
            "significant", "start_time", "fill_number", "energy", "b_field", "recorded_lumi", "injection_scheme");

    /** The run's number comes first; the workspace's components come last. */
    static List<TableColumn> ofRuns(List<String> components) {
        var columns = new ArrayList<TableColumn>();
        columns.add(new TableColumn("run_number", "Run", "run_number", NUMBER, true));
        columns.addAll(OF_RUN);
        columns.add(created(false));
        components.forEach(c -> columns.add(component(c)));
        return columns;
    }

    static List<TableColumn> ofDatasets(String workspace, Configuration configuration, List<String> components) {
        var columns = new ArrayList<TableColumn>();
        columns.add(new TableColumn("run_number", "Run", "run_number", NUMBER, true));
        columns.add(new TableColumn("name", "Dataset", "name", TEXT, true));
        columns.add(state(workspace, true));
        configuration
                .workspaces(Configuration.OFFLINE)
                .map(Configuration.Workspace::name)
                .filter(name -> !name.equals(workspace))
                .forEach(name -> columns.add(state(name, false)));
        columns.add(created(true));
        columns.add(new TableColumn("datasets_in_gui", "In the quality monitor", "datasets_in_gui", TEXT, false));
        OF_RUN.forEach(c -> columns.add(new TableColumn(
                c.key(),
                c.title(),
                c.path(),
                c.kind(),
                c.key().equals("class") || c.key().equals("ls_duration"))));
        components.forEach(c -> columns.add(component(c)));
        return columns;
    }

    /** The same with the conditions under which data were taken. */
    static List<TableColumn> forLearning(String workspace, Configuration configuration, List<String> components) {
        return ofDatasets(workspace, configuration, components).stream()
                .map(c -> CONDITIONS.contains(c.key())
                        ? new TableColumn(c.key(), c.title(), c.path(), c.kind(), true)
                        : c)
                .toList();
    }

    private static TableColumn created(boolean shown) {
        return new TableColumn("created", "Dataset created", "created", TIME, shown);
    }

    private static TableColumn state(String workspace, boolean shown) {
        return new TableColumn(
                workspace + "_state",
                workspace.equals("global") ? "State" : "State in " + workspace,
                "dataset_attributes." + workspace + "_state",
                TEXT,
                shown);
    }

    private static TableColumn rr(String key, String title, FilterText.Kind kind, boolean shown) {
        return new TableColumn(key, title, "rr_attributes." + key, kind, shown);
    }

    private static TableColumn oms(String key, String title, FilterText.Kind kind, boolean shown) {
        return new TableColumn(key, title, "oms_attributes." + key, kind, shown);
    }

    private static TableColumn component(String name) {
        return new TableColumn(name, name, "triplet_summary." + name, FilterText.Kind.STATUS, true);
    }

    public boolean isComponent() {
        return kind == FilterText.Kind.STATUS;
    }

    /** Components are ordered by how much of them is bad. */
    String sortPath() {
        return isComponent() ? path + ".BAD" : path;
    }

    public String hint() {
        return switch (kind) {
            case NUMBER -> "> 400000, or 1, 2, 3";
            case TEXT -> "part of it, not this, \"exactly\"";
            case TIME -> "2026-05, or >= 2026-05-03";
            case YES_NO -> "yes or no";
            case STATUS -> "BAD, BAD > 10, only GOOD";
        };
    }
}
