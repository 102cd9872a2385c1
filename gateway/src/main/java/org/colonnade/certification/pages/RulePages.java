package org.colonnade.certification.pages;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.colonnade.certification.certify.Lumisections;
import org.colonnade.certification.certify.Rights;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.configuration.Configuration.AppearanceRule;
import org.colonnade.certification.configuration.Configuration.ClassRule;
import org.colonnade.certification.configuration.Configuration.ComponentRule;
import org.colonnade.certification.configuration.Configuration.SignificanceRule;
import org.colonnade.certification.configuration.Configuration.StoredRule;
import org.colonnade.certification.configuration.Configurations;
import org.colonnade.certification.configuration.RuleBook;
import org.colonnade.certification.ledger.Author;
import org.colonnade.certification.ledger.Dataset;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.Run;
import org.colonnade.certification.ledger.States;
import org.colonnade.certification.rule.RuleException;
import org.colonnade.identity.Visitor;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rules by which runs and lumisections are judged: looked at, tried on runs, and changed. */
@Controller
class RulePages {

    private static final int DRY_RUNS = 100;
    private static final String RIGHT = "configuration.rules";

    private final Configurations configurations;
    private final States states;
    private final DryRun dryRun;
    private final Rights rights;

    RulePages(Configurations configurations, States states, DryRun dryRun, Rights rights) {
        this.configurations = configurations;
        this.states = states;
        this.dryRun = dryRun;
        this.rights = rights;
    }

    /** A kind of rule in words. */
    record Kind(String key, String title, String sentence) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("class", "Classes", "A run has the class whose rule holds; of several the lowest priority wins."),
            new Kind("significance", "Significance", "A run of the class is worth certifying if a rule holds."),
            new Kind(
                    "component",
                    "Components",
                    "A lumisection has the status whose rule holds; of several the lowest priority wins."),
            new Kind(
                    "appearance",
                    "Opening",
                    "Whether a dataset that the quality monitor shows is opened in the workspace."),
            new Kind("golden", "Golden JSON", "Rules that people may choose for golden JSON."));

    /** A rule of any kind. Texts are empty, and the priority 0, where the kind has none. */
    record Line(int id, String subject, String area, String status, int priority, boolean enabled, JsonNode rule) {}

    @GetMapping("/certification/rules")
    String list(@RequestParam(defaultValue = "component") String kind, Visitor visitor, Model model) {
        Configurations.Current current = configurations.current();
        model.addAttribute("kinds", KINDS);
        model.addAttribute("kind", kind(kind));
        model.addAttribute("lines", lines(current.document(), kind));
        model.addAttribute("version", current.version());
        model.addAttribute("mayEdit", rights.may(visitor, RIGHT, Workspaces.GLOBAL));
        return "certification/rules";
    }

    private static Kind kind(String key) {
        return KINDS.stream()
                .filter(k -> k.key().equals(key))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("There is no kind of rule " + key));
    }

    private static List<Line> lines(Configuration document, String kind) {
        var lines = new ArrayList<Line>();
        switch (kind) {
            case "class" ->
                document.classes()
                        .forEach(r ->
                                lines.add(new Line(r.id(), r.runClass(), "", "", r.priority(), r.enabled(), r.rule())));
            case "significance" ->
                document.significance()
                        .forEach(r -> lines.add(new Line(r.id(), r.runClass(), "", "", 0, r.enabled(), r.rule())));
            case "component" ->
                document.components()
                        .forEach(r -> lines.add(new Line(
                                r.id(), r.component(), r.area(), r.status(), r.priority(), r.enabled(), r.rule())));
            case "appearance" ->
                document.appearance()
                        .forEach(r -> lines.add(new Line(r.id(), r.workspace(), "", "", 0, r.enabled(), r.rule())));
            default ->
                document.goldenRules().forEach(r -> lines.add(new Line(r.id(), r.name(), "", "", 0, true, r.rule())));
        }
        lines.sort(Comparator.comparing(Line::area, Comparator.reverseOrder())
                .thenComparing(Line::subject)
                .thenComparingInt(Line::priority));
        return lines;
    }

    /** What was typed. */
    record Typed(
            String subject, String area, String status, String priority, boolean enabled, String rule, String run) {}

    @GetMapping("/certification/rules/{kind}/{id}")
    String rule(@PathVariable String kind, @PathVariable int id, Visitor visitor, Model model) {
        Configurations.Current current = configurations.current();
        Typed typed = id == 0
                ? new Typed(
                        "",
                        Configuration.ONLINE,
                        "GOOD",
                        "4",
                        true,
                        "{\"if\": [\n  {\"==\": [{\"var\": \"\"}, true]},\n  true, false]}",
                        "")
                : lines(current.document(), kind).stream()
                        .filter(l -> l.id() == id)
                        .findFirst()
                        .map(l -> new Typed(
                                l.subject(),
                                l.area(),
                                l.status(),
                                Integer.toString(l.priority()),
                                l.enabled(),
                                JsonMapper.shared()
                                        .writerWithDefaultPrettyPrinter()
                                        .writeValueAsString(l.rule()),
                                ""))
                        .orElseThrow(() -> ProblemException.notFound("There is no such rule"));
        return show(kind, id, typed, current.version(), visitor, model);
    }

    private String show(String kind, int id, Typed typed, long seen, Visitor visitor, Model model) {
        Configuration document = configurations.current().document();
        model.addAttribute("kind", kind(kind));
        model.addAttribute("id", id);
        model.addAttribute("typed", typed);
        model.addAttribute("seen", seen);
        model.addAttribute("mayEdit", rights.may(visitor, RIGHT, Workspaces.GLOBAL));
        model.addAttribute("statuses", Lumisections.STATUSES);
        var subjects = new TreeSet<String>();
        switch (kind) {
            case "component" -> {
                subjects.addAll(document.componentNames(Configuration.ONLINE));
                subjects.addAll(document.componentNames(Configuration.OFFLINE));
            }
            case "appearance" -> subjects.addAll(Workspaces.names(document, Configuration.OFFLINE));
            case "class", "significance" -> document.classes().forEach(c -> subjects.add(c.runClass()));
            default -> {}
        }
        model.addAttribute("subjects", subjects);
        return "certification/rule";
    }

    @PostMapping("/certification/rules/{kind}/{id}")
    String act(
            @PathVariable String kind,
            @PathVariable int id,
            @RequestParam Map<String, String> sent,
            @RequestParam(defaultValue = "test") String act,
            @RequestParam(defaultValue = "0") long seen,
            Visitor visitor,
            HttpServletResponse response,
            Model model) {
        kind(kind);
        var typed = new Typed(
                sent.getOrDefault("subject", "").strip(),
                sent.getOrDefault("area", Configuration.ONLINE),
                sent.getOrDefault("status", "GOOD"),
                sent.getOrDefault("priority", "0").strip(),
                sent.containsKey("enabled"),
                sent.getOrDefault("rule", ""),
                sent.getOrDefault("run", "").strip());
        try {
            boolean delete = act.equals("delete");
            if (act.equals("save") || delete) {
                rights.require(visitor, RIGHT, Workspaces.GLOBAL);
                configurations.change(
                        Author.person(visitor.name()),
                        (delete ? "rule deleted: " : id == 0 ? "rule added: " : "rule changed: ") + kind + " "
                                + typed.subject(),
                        before -> {
                            requireSeen(seen);
                            return changed(before, kind, id, delete ? null : typed);
                        });
                return "redirect:/certification/rules?kind=" + kind + "&done=" + act;
            }
            Configuration before = configurations.current().document();
            var after = new RuleBook(changed(before, kind, id, typed));
            var now = new RuleBook(before);
            if (act.equals("dry")) {
                model.addAttribute("dry", dryRun.compare(now, after, DRY_RUNS));
            } else {
                test(typed, after, model);
            }
            return show(kind, id, typed, seen, visitor, model);
        } catch (RuleException e) {
            return refused(kind, id, typed, seen, String.valueOf(e.getMessage()), visitor, response, model);
        } catch (ProblemException e) {
            if (e.type() == ProblemType.FORBIDDEN || e.type() == ProblemType.SIGN_IN_REQUIRED) {
                throw e;
            }
            return refused(
                    kind,
                    id,
                    typed,
                    e.type() == ProblemType.CONFLICT ? configurations.current().version() : seen,
                    e.detail(),
                    visitor,
                    response,
                    model);
        }
    }

    private String refused(
            String kind,
            int id,
            Typed typed,
            long seen,
            String sentence,
            Visitor visitor,
            HttpServletResponse response,
            Model model) {
        response.setStatus(ProblemType.UNPROCESSABLE.status());
        model.addAttribute("refusal", sentence);
        return show(kind, id, typed, seen, visitor, model);
    }

    private void requireSeen(long seen) {
        if (configurations.current().version() != seen) {
            throw ProblemException.of(
                    ProblemType.CONFLICT,
                    "The configuration was changed by somebody else meanwhile (version "
                            + configurations.current().version()
                            + " in the log). Look at it; sending this again changes only this rule");
        }
    }

    /** What the rules would now say about one run. */
    private void test(Typed typed, RuleBook rules, Model model) {
        if (!typed.run().matches("\\d{1,9}")) {
            throw ProblemException.of(ProblemType.UNPROCESSABLE, "Name a run by its number to test the rule on it");
        }
        int number = Integer.parseInt(typed.run());
        Run run = states.run(number, States.NOW)
                .orElseThrow(() -> ProblemException.of(ProblemType.UNPROCESSABLE, "There is no run " + number));
        Dataset dataset = states.dataset(DatasetKey.online(number), States.NOW)
                .orElseThrow(() -> ProblemException.of(ProblemType.UNPROCESSABLE, "There is no run " + number));
        DryRun.Said said = dryRun.judge(run, dataset, rules);
        model.addAttribute("tested", number);
        model.addAttribute("testedClass", said.online().rr().path("class").asString(""));
        model.addAttribute(
                "testedSignificant", said.online().rr().path("significant").asBoolean(false));
        boolean offline = typed.area().equals(Configuration.OFFLINE);
        model.addAttribute(
                "testedStretches",
                RunPages.stretches((offline ? said.offline() : said.online().verdicts()).lane(typed.subject())));
    }

    private static Configuration changed(Configuration c, String kind, int id, @Nullable Typed typed) {
        JsonNode rule = typed == null ? null : parsed(typed.rule());
        if (typed != null && (typed.subject().isEmpty() || typed.subject().length() > 200)) {
            throw ProblemException.of(ProblemType.UNPROCESSABLE, "Say in 1 to 200 characters what the rule is for");
        }
        int priority = typed == null ? 0 : priority(typed.priority());
        var classes = new ArrayList<>(c.classes());
        var significance = new ArrayList<>(c.significance());
        var components = new ArrayList<>(c.components());
        var appearance = new ArrayList<>(c.appearance());
        var golden = new ArrayList<>(c.goldenRules());
        switch (kind) {
            case "class" -> {
                int at = place(classes.stream().map(ClassRule::id).toList(), id);
                replace(
                        classes,
                        at,
                        typed == null || rule == null
                                ? null
                                : new ClassRule(
                                        at < 0
                                                ? next(classes.stream()
                                                        .map(ClassRule::id)
                                                        .toList())
                                                : id,
                                        typed.subject(),
                                        priority,
                                        typed.enabled(),
                                        rule));
            }
            case "significance" -> {
                int at = place(significance.stream().map(SignificanceRule::id).toList(), id);
                replace(
                        significance,
                        at,
                        typed == null || rule == null
                                ? null
                                : new SignificanceRule(
                                        at < 0
                                                ? next(significance.stream()
                                                        .map(SignificanceRule::id)
                                                        .toList())
                                                : id,
                                        typed.subject(),
                                        typed.enabled(),
                                        rule));
            }
            case "component" -> {
                int at = place(components.stream().map(ComponentRule::id).toList(), id);
                replace(
                        components,
                        at,
                        typed == null || rule == null
                                ? null
                                : new ComponentRule(
                                        at < 0
                                                ? next(components.stream()
                                                        .map(ComponentRule::id)
                                                        .toList())
                                                : id,
                                        typed.area(),
                                        typed.subject(),
                                        typed.status(),
                                        priority,
                                        typed.enabled(),
                                        rule));
            }
            case "appearance" -> {
                int at = place(appearance.stream().map(AppearanceRule::id).toList(), id);
                replace(
                        appearance,
                        at,
                        typed == null || rule == null
                                ? null
                                : new AppearanceRule(
                                        at < 0
                                                ? next(appearance.stream()
                                                        .map(AppearanceRule::id)
                                                        .toList())
                                                : id,
                                        typed.subject(),
                                        typed.enabled(),
                                        rule));
            }
            default -> {
                int at = place(golden.stream().map(StoredRule::id).toList(), id);
                replace(
                        golden,
                        at,
                        typed == null || rule == null
                                ? null
                                : new StoredRule(
                                        at < 0
                                                ? next(golden.stream()
                                                        .map(StoredRule::id)
                                                        .toList())
                                                : id,
                                        typed.subject(),
                                        at < 0 ? "" : golden.get(at).createdBy(),
                                        rule));
            }
        }
        return new Configuration(
                c.workspaces(),
                classes,
                significance,
                components,
                appearance,
                c.acceptedDatasets(),
                golden,
                c.rights());
    }

    private static JsonNode parsed(String text) {
        try {
            JsonNode rule = JsonMapper.shared().readTree(text);
            if (rule.isMissingNode()) {
                throw new RuleException("The rule is empty");
            }
            return rule;
        } catch (JacksonException e) {
            throw new RuleException("The rule is not JSON: " + e.getOriginalMessage());
        }
    }

    private static int priority(String text) {
        if (!text.matches("-?\\d{1,6}")) {
            throw ProblemException.of(ProblemType.UNPROCESSABLE, "The priority is a whole number; the lowest wins");
        }
        return Integer.parseInt(text);
    }

    /** @return -1 for a new one */
    private static int place(List<Integer> ids, int id) {
        int at = ids.indexOf(id);
        if (id != 0 && at < 0) {
            throw ProblemException.of(
                    ProblemType.CONFLICT, "The rule is no longer there: somebody else deleted it meanwhile");
        }
        return at;
    }

    private static int next(List<Integer> ids) {
        return ids.stream().mapToInt(i -> i).max().orElse(0) + 1;
    }

    private static <T> void replace(List<T> list, int at, @Nullable T now) {
        if (at < 0 && now != null) {
            list.add(now);
        } else if (at >= 0 && now == null) {
            list.remove(at);
        } else if (at >= 0 && now != null) {
            list.set(at, now);
        }
    }
}
