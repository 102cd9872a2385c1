package org.colonnade.certification.pages;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.colonnade.certification.classifier.Playground;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.configuration.Part;
import org.colonnade.web.ProblemException;
import tools.jackson.databind.JsonNode;

/** The kinds of rules in words, and what a rule of each kind has beside its logic. */
enum RuleKind {
    CLASS(Part.CLASSES, "Classes", "A run has the class whose rule holds; of several the lowest priority wins."),
    SIGNIFICANCE(Part.SIGNIFICANCE, "Significance", "A run of the class is worth certifying if a rule holds."),
    COMPONENT(
            Part.COMPONENTS,
            "Components",
            "A lumisection has the status whose rule holds; of several the lowest priority wins."),
    APPEARANCE(
            Part.APPEARANCE, "Opening", "Whether a dataset that the quality monitor shows is opened in the workspace."),
    GOLDEN(Part.GOLDEN_RULES, "Golden JSON", "Rules that people may choose for golden JSON.");

    private final Part part;
    private final String title;
    private final String sentence;

    RuleKind(Part part, String title, String sentence) {
        this.part = part;
        this.title = title;
        this.sentence = sentence;
    }

    static RuleKind of(String key) {
        for (RuleKind kind : values()) {
            if (kind.key().equals(key)) {
                return kind;
            }
        }
        throw ProblemException.notFound("There is no kind of rule " + key);
    }

    /** As in addresses. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String title() {
        return title;
    }

    public String sentence() {
        return sentence;
    }

    Part part() {
        return part;
    }

    /** Whose rights decide about a rule. */
    String workspace(String subject) {
        return switch (this) {
            case COMPONENT -> Configuration.workspaceOf(subject);
            case APPEARANCE -> subject;
            default -> Workspaces.GLOBAL;
        };
    }

    /** What a rule of the kind may ask about; opening asks about whole datasets, of which a run is an example. */
    Playground.Kind facts(String area) {
        return switch (this) {
            case CLASS, SIGNIFICANCE, APPEARANCE -> Playground.Kind.RUN;
            case COMPONENT -> area.equals(Configuration.OFFLINE) ? Playground.Kind.OFFLINE : Playground.Kind.ONLINE;
            case GOLDEN -> Playground.Kind.GOLDEN;
        };
    }

    /** What a rule may be for. */
    Set<String> subjects(Configuration document) {
        var subjects = new TreeSet<String>();
        switch (this) {
            case COMPONENT -> {
                subjects.addAll(document.componentNames(Configuration.ONLINE));
                subjects.addAll(document.componentNames(Configuration.OFFLINE));
            }
            case APPEARANCE -> subjects.addAll(Workspaces.names(document, Configuration.OFFLINE));
            case CLASS, SIGNIFICANCE -> document.classes().forEach(c -> subjects.add(c.runClass()));
            case GOLDEN -> {}
        }
        return subjects;
    }

    /** A rule of any kind. Texts are empty, and the priority 0, where the kind has none. */
    record Line(int id, String subject, String area, String status, int priority, boolean enabled, JsonNode rule) {}

    List<Line> lines(Configuration document) {
        var lines = new ArrayList<Line>();
        switch (this) {
            case CLASS ->
                document.classes()
                        .forEach(r ->
                                lines.add(new Line(r.id(), r.runClass(), "", "", r.priority(), r.enabled(), r.rule())));
            case SIGNIFICANCE ->
                document.significance()
                        .forEach(r -> lines.add(new Line(r.id(), r.runClass(), "", "", 0, r.enabled(), r.rule())));
            case COMPONENT ->
                document.components()
                        .forEach(r -> lines.add(new Line(
                                r.id(), r.component(), r.area(), r.status(), r.priority(), r.enabled(), r.rule())));
            case APPEARANCE ->
                document.appearance()
                        .forEach(r -> lines.add(new Line(r.id(), r.workspace(), "", "", 0, r.enabled(), r.rule())));
            case GOLDEN ->
                document.goldenRules().forEach(r -> lines.add(new Line(r.id(), r.name(), "", "", 0, true, r.rule())));
        }
        lines.sort(Comparator.comparing(Line::area, Comparator.reverseOrder())
                .thenComparing(Line::subject)
                .thenComparingInt(Line::priority));
        return lines;
    }
}
