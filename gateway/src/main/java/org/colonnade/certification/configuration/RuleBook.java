package org.colonnade.certification.configuration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.colonnade.certification.configuration.Configuration.AcceptedDataset;
import org.colonnade.certification.lumisection.Lane;
import org.colonnade.certification.lumisection.Lanes;
import org.colonnade.certification.rule.Facts;
import org.colonnade.certification.rule.Rule;
import org.colonnade.certification.rule.RuleException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The rules of a configuration, compiled. Immutable. */
public final class RuleBook {

    /** What a component is where no rule matches. */
    public static final String NO_VALUE = "NO VALUE FOUND";

    private record Named(String name, Rule rule) {}

    private record Verdict(String status, int priority, Rule rule) {}

    private final List<Named> classes;
    private final List<Named> significance;
    private final Map<String, Rule> appearance = new HashMap<>();
    private final Map<String, Map<String, List<Verdict>>> components = new HashMap<>();
    private final List<AcceptedDataset> accepted;

    /** @throws RuleException if a rule or a regular expression cannot be compiled */
    public RuleBook(Configuration configuration) {
        classes = configuration.classes().stream()
                .filter(Configuration.ClassRule::enabled)
                .sorted(Comparator.comparingInt(Configuration.ClassRule::priority))
                .map(r -> new Named(r.runClass(), Rule.compile(r.rule())))
                .toList();
        significance = configuration.significance().stream()
                .filter(Configuration.SignificanceRule::enabled)
                .map(r -> new Named(r.runClass(), Rule.compile(r.rule())))
                .toList();
        configuration.appearance().stream()
                .filter(Configuration.AppearanceRule::enabled)
                .forEach(r -> appearance.putIfAbsent(r.workspace(), Rule.compile(r.rule())));
        for (String area : List.of(Configuration.ONLINE, Configuration.OFFLINE)) {
            components.put(area, verdicts(configuration, area));
        }
        accepted = configuration.acceptedDatasets();
        accepted.forEach(RuleBook::patterns);
    }

    /** @throws RuleException if a rule or a regular expression cannot be compiled */
    static void check(Configuration configuration) {
        var unused = new RuleBook(configuration);
    }

    private static Map<String, List<Verdict>> verdicts(Configuration configuration, String area) {
        var byComponent = new TreeMap<String, List<Verdict>>();
        configuration.componentNames(area).forEach(name -> byComponent.put(name, new ArrayList<>()));
        configuration.components().stream()
                .filter(r -> r.enabled() && r.area().equals(area))
                .forEach(r -> byComponent
                        .computeIfAbsent(r.component(), name -> new ArrayList<>())
                        .add(new Verdict(r.status(), r.priority(), Rule.compile(r.rule()))));
        byComponent.values().forEach(list -> list.sort(Comparator.comparingInt(Verdict::priority)));
        return byComponent;
    }

    /** @return the empty text if no rule matches, or there is no trigger menu yet */
    public String runClass(ObjectNode document) {
        if (document.path("hlt_key").isNull() || document.path("hlt_key").isMissingNode()) {
            return "";
        }
        Facts facts = Facts.of(document);
        return classes.stream()
                .filter(c -> c.rule().holds(facts))
                .map(Named::name)
                .findFirst()
                .orElse("");
    }

    public boolean isSignificant(String runClass, ObjectNode document) {
        Facts facts = Facts.of(document);
        return significance.stream()
                .anyMatch(s -> s.name().equals(runClass) && s.rule().holds(facts));
    }

    /** What the rule of the workspace says; empty if it has none. */
    public Optional<Boolean> opens(String workspace, ObjectNode dataset) {
        return Optional.ofNullable(appearance.get(workspace)).map(rule -> rule.holds(Facts.of(dataset)));
    }

    /** The datasets that are created when a run of the class is signed off. */
    public List<AcceptedDataset> accepted(String runClass, int run) {
        return accepted.stream()
                .filter(a -> a.runClass().equals(runClass) && a.accepts(run))
                .toList();
    }

    /** Whether a name in the quality monitor belongs to the dataset. */
    public boolean isShown(String dataset, int run, String monitorName) {
        return accepted.stream()
                .filter(a -> a.name().equals(dataset) && a.accepts(run))
                .flatMap(a -> patterns(a).stream())
                .anyMatch(p -> p.matcher(monitorName).find());
    }

    /**
     * A verdict for every component in every lumisection.
     *
     * @param length how many lumisections there are
     */
    public Lanes verdicts(String area, LumisectionFacts facts, int length) {
        var result = new TreeMap<String, Lane>();
        components.getOrDefault(area, Map.of()).forEach((component, verdicts) -> {
            List<Rule> rules = verdicts.stream().map(Verdict::rule).toList();
            var lane = new Lane.Builder();
            for (int[] stretch : facts.stretches(rules, length)) {
                Facts here = facts.at(stretch[0]);
                String status = verdicts.stream()
                        .filter(v -> v.rule().holds(here))
                        .map(Verdict::status)
                        .findFirst()
                        .orElse(NO_VALUE);
                lane.add(stretch[0], stretch[1], triplet(status, "", ""));
            }
            result.put(component, lane.build());
        });
        return Lanes.of(result);
    }

    public static JsonNode triplet(String status, String comment, String cause) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("status", status)
                .put("comment", comment)
                .put("cause", cause);
    }

    private static List<Pattern> patterns(AcceptedDataset accepted) {
        try {
            return accepted.monitorNames().stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .map(SafePattern::compile)
                    .toList();
        } catch (PatternSyntaxException e) {
            throw new RuleException("Not a regular expression: " + e.getDescription() + " in " + e.getPattern());
        }
    }
}
