package org.colonnade.certification.pages;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.web.Plot;
import org.colonnade.web.Plot.Axis;
import org.colonnade.web.Plot.Point;
import org.colonnade.web.Plot.Series;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a golden JSON file leaves out, by the parts of the rule that did it and by subsystem. */
final class Losses {

    /** In records made since the registry keeps it. */
    static final String BY_RUN = "runs_luminosity_lost_by_rule";

    private static final int MOST_CURVES = 6;
    private static final Map<String, String> SUBSYSTEMS = subsystems();
    private static final Set<String> SHORT_RUN = Set.of(
            "energy",
            "b_field",
            "recorded_lumi",
            "beam1_present",
            "beam1_stable",
            "beam2_present",
            "beam2_stable",
            "injection_scheme",
            "hlt_key");

    private Losses() {}

    /**
     * @param kind quality, detector or run
     * @param inclusive 1/pb lost where this failed, whatever else did
     * @param exclusive 1/pb lost where nothing else failed
     * @param share of the largest, in percent
     */
    record Loss(String what, String subsystem, String kind, double inclusive, double exclusive, double share) {}

    private static Map<String, String> subsystems() {
        var result = new HashMap<String, String>();
        Map.of(
                        "csc", "cscm cscp",
                        "dt", "dt0 dtm dtp",
                        "ecal", "ebm ebp eem eep",
                        "es", "esm esp",
                        "hcal", "hbhea hbheb hbhec hf ho",
                        "rpc", "rpc",
                        "strip", "tibtid tecm tecp tob",
                        "pixel", "fpix bpix",
                        "castor", "castor",
                        "gem", "gemp gemm")
                .forEach((subsystem, bits) -> {
                    for (String bit : bits.split(" ", -1)) {
                        result.put(bit + "_ready", subsystem);
                    }
                });
        result.put("cms_active", "cms");
        return result;
    }

    static List<Loss> of(JsonNode record) {
        JsonNode inclusive = record.path("rules_flagged_false_quantity_luminosity");
        JsonNode combinations = record.path("rules_flagged_false_combination_luminosity");
        double most =
                inclusive.valueStream().mapToDouble(v -> v.asDouble(0)).max().orElse(0);
        var losses = new ArrayList<Loss>();
        inclusive.properties().forEach(p -> {
            JsonNode leaf = JsonMapper.shared().readTree(p.getKey());
            double exclusive = combinations.path("[" + p.getKey() + "]").asDouble(0);
            double lost = p.getValue().asDouble(0);
            losses.add(new Loss(
                    words(leaf), subsystem(leaf), kind(leaf), lost, exclusive, most == 0 ? 0 : 100 * lost / most));
        });
        losses.sort(Comparator.comparingDouble(Loss::inclusive).reversed());
        return losses;
    }

    /** A part of a rule as people say it: {@code dt-dt == GOOD}. */
    static String words(JsonNode leaf) {
        if (leaf.isObject() && leaf.size() == 1) {
            var operation = leaf.properties().iterator().next();
            JsonNode of = operation.getValue();
            if (operation.getKey().equals("var")) {
                String path = of.isArray() ? of.path(0).asString("") : of.asString("");
                return path.replaceFirst("^(lumisection|run)\\.(rr|oms)\\.", "");
            }
            if (of.isArray() && of.size() == 2) {
                return words(of.get(0)) + " " + operation.getKey() + " " + words(of.get(1));
            }
        }
        return leaf.isString() ? leaf.stringValue() : leaf.toString();
    }

    private static String variable(JsonNode leaf) {
        if (leaf.isObject() && leaf.size() == 1) {
            var operation = leaf.properties().iterator().next();
            JsonNode of = operation.getValue();
            if (operation.getKey().equals("var")) {
                return of.isArray() ? of.path(0).asString("") : of.asString("");
            }
            return of.isArray()
                    ? of.valueStream()
                            .map(Losses::variable)
                            .filter(v -> !v.isEmpty())
                            .findFirst()
                            .orElse("")
                    : variable(of);
        }
        return "";
    }

    private static String kind(JsonNode leaf) {
        String path = variable(leaf);
        return path.startsWith("lumisection.rr.")
                ? "quality"
                : path.startsWith("lumisection.oms.") ? "detector" : "run";
    }

    static String subsystem(JsonNode leaf) {
        String path = variable(leaf);
        String name = path.substring(path.lastIndexOf('.') + 1);
        if (path.startsWith("lumisection.rr.")) {
            return name.startsWith("tracker-") || name.startsWith("ecal-")
                    ? name.substring(name.indexOf('-') + 1)
                    : Configuration.workspaceOf(name);
        }
        return SHORT_RUN.contains(name) ? "run conditions" : SUBSYSTEMS.getOrDefault(name, "other");
    }

    /** Luminosity lost in each run, by the subsystem that failed; of many subsystems those that lost most. */
    static Plot byRun(JsonNode record) {
        var lost = new TreeMap<String, TreeMap<Integer, Double>>();
        record.path(BY_RUN).properties().forEach(combination -> {
            Set<String> guilty = JsonMapper.shared()
                    .readTree(combination.getKey())
                    .valueStream()
                    .map(Losses::subsystem)
                    .collect(Collectors.toSet());
            combination.getValue().properties().forEach(dataset -> {
                int run = Integer.parseInt(
                        dataset.getKey().substring(0, dataset.getKey().indexOf('-')));
                double luminosity = dataset.getValue().asDouble(0);
                guilty.forEach(
                        g -> lost.computeIfAbsent(g, key -> new TreeMap<>()).merge(run, luminosity, Double::sum));
            });
        });
        List<Series> series = lost.entrySet().stream()
                .sorted(Comparator.comparingDouble(
                        (Map.Entry<String, TreeMap<Integer, Double>> e) -> -total(e.getValue())))
                .limit(MOST_CURVES)
                .map(e -> new Series(
                        e.getKey(),
                        Plot.Style.POINTS,
                        e.getValue().entrySet().stream()
                                .map(p -> new Point(p.getKey(), p.getValue()))
                                .toList()))
                .toList();
        String worst =
                series.isEmpty() ? "Nothing was lost." : series.getFirst().name() + " lost most.";
        return new Plot(
                "Luminosity lost by run",
                "Of each run, how much recorded luminosity failed the rule, by the subsystem that failed. " + worst,
                new Axis("Run", "", false),
                new Axis("Recorded luminosity lost", "pb⁻¹", false),
                series);
    }

    private static double total(Map<Integer, Double> byRun) {
        return byRun.values().stream().mapToDouble(d -> d).sum();
    }
}
