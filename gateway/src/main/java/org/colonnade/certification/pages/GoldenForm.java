package org.colonnade.certification.pages;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.colonnade.certification.certify.Rights;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.configuration.Configurations;
import org.colonnade.certification.cycle.Cycle;
import org.colonnade.certification.cycle.Cycles;
import org.colonnade.certification.golden.Golden;
import org.colonnade.certification.golden.GoldenRecords;
import org.colonnade.certification.golden.GoldenRecords.Asked;
import org.colonnade.certification.golden.GoldenRecords.Stored;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.rule.Rule;
import org.colonnade.certification.rule.RuleException;
import org.colonnade.identity.Visitor;
import org.colonnade.web.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Asking for a golden JSON file: a rule, typed, stored or composed, and the datasets. */
@Controller
class GoldenForm {

    private static final int MOST_RULE = 200_000;

    private final GoldenRecords records;
    private final Golden golden;
    private final GoldenView view;
    private final Cycles cycles;
    private final Configurations configurations;
    private final JdbcClient jdbc;
    private final Rights rights;

    GoldenForm(
            GoldenRecords records,
            Golden golden,
            GoldenView view,
            Cycles cycles,
            Configurations configurations,
            JdbcClient jdbc,
            Rights rights) {
        this.records = records;
        this.golden = golden;
        this.view = view;
        this.cycles = cycles;
        this.configurations = configurations;
        this.jdbc = jdbc;
        this.rights = rights;
    }

    /** What was typed. */
    record Typed(String rule, String names, String cycle, String tags, boolean official) {}

    @GetMapping("/certification/json/new")
    String form(
            @RequestParam(defaultValue = "") String rule,
            @RequestParam(defaultValue = "") String names,
            @RequestParam(defaultValue = "") String cycle,
            @RequestParam(defaultValue = "") String tags,
            @RequestParam(defaultValue = "0") int stored,
            @RequestParam(defaultValue = "0") int from,
            @RequestParam(name = "good", required = false) @Nullable List<String> good,
            @RequestParam(name = "on", required = false) @Nullable List<String> on,
            Visitor visitor,
            Model model) {
        String text = rule;
        String pattern = names;
        List<String> known = names();
        Configuration document = configurations.current().document();
        if (good != null || on != null) {
            text = GoldenView.pretty(composed(good == null ? List.of() : good, on == null ? List.of() : on));
        } else if (stored > 0) {
            text = document.goldenRules().stream()
                    .filter(r -> r.id() == stored)
                    .findFirst()
                    .map(r -> GoldenView.pretty(r.rule()))
                    .orElse(rule);
        } else if (from > 0) {
            Stored earlier = view.find(from);
            text = GoldenView.pretty(earlier.asked().rule());
            pattern = earlier.asked().names();
        } else if (rule.isEmpty()) {
            text = usual(document);
        }
        if (pattern.isEmpty() && cycle.isEmpty()) {
            pattern = known.stream()
                    .filter(name -> !name.equals(DatasetKey.ONLINE))
                    .findFirst()
                    .map(GoldenForm::escaped)
                    .orElse("");
        }
        return form(new Typed(text, pattern, cycle, tags, false), known, null, visitor, model);
    }

    /** The first stored rule, or that every component is good. */
    private static String usual(Configuration document) {
        var components = new TreeSet<>(document.componentNames(Configuration.OFFLINE));
        return document.goldenRules().stream()
                .findFirst()
                .map(stored -> GoldenView.pretty(stored.rule()))
                .orElse(components.isEmpty() ? "" : GoldenView.pretty(composed(components, List.of())));
    }

    /** Of datasets, the most frequent first. */
    private List<String> names() {
        return jdbc.sql("""
                        select name from certification.dataset
                        where not deleted group by name order by name <> 'online' desc, count(*) desc, name limit 100
                        """).query((rs, n) -> rs.getString(1)).list();
    }

    private String form(Typed typed, List<String> known, @Nullable String refusal, Visitor visitor, Model model) {
        Configuration document = configurations.current().document();
        model.addAttribute("typed", typed);
        model.addAttribute("refusal", refusal);
        model.addAttribute("stored", document.goldenRules());
        model.addAttribute("components", new TreeSet<>(document.componentNames(Configuration.OFFLINE)));
        model.addAttribute("bits", bits());
        model.addAttribute("names", known);
        model.addAttribute("cycles", cycles.all(Workspaces.GLOBAL));
        model.addAttribute("mayOfficial", rights.may(visitor, "json.official", Workspaces.GLOBAL));
        model.addAttribute("check", typed.rule().isBlank() ? null : check(typed.rule(), typed.names()));
        return "certification/json-new";
    }

    private List<String> bits() {
        return jdbc.sql("""
            select dcs_summary::text
            from certification.dataset
            where name = 'online' and not deleted
            order by run_number desc
            limit 1
            """)
                .query((rs, n) -> rs.getString(1))
                .optional()
                .map(text -> JsonMapper.shared().readTree(text).propertyNames().stream()
                        .filter(name -> !name.equals("ls_duration"))
                        .sorted()
                        .toList())
                .orElse(List.of());
    }

    /** All these components good, and all these bits on. */
    private static JsonNode composed(Collection<String> good, Collection<String> on) {
        ObjectNode rule = JsonNodeFactory.instance.objectNode();
        ArrayNode parts = rule.putArray("and");
        good.forEach(c -> equal(parts, "lumisection.rr." + c).add("GOOD"));
        on.forEach(b -> equal(parts, "lumisection.oms." + b).add(true));
        return rule;
    }

    private static ArrayNode equal(ArrayNode parts, String variable) {
        ArrayNode two = parts.addObject().putArray("==");
        two.addObject().put("var", variable);
        return two;
    }

    /** Whether a rule and a choice of datasets can be used. */
    record Check(boolean good, String sentence, List<String> reads) {}

    /** What the editor says while somebody types. A rule can be longer than an address may be. */
    @PostMapping("/certification/json/check")
    String check(
            @RequestParam(defaultValue = "") String rule, @RequestParam(defaultValue = "") String names, Model model) {
        model.addAttribute("check", rule.isBlank() ? null : check(rule, names));
        return "certification/json-parts :: check";
    }

    private Check check(String text, String names) {
        try {
            if (text.length() > MOST_RULE) {
                throw new RuleException("The rule has more than " + MOST_RULE + " characters");
            }
            Rule rule = Rule.parse(text);
            List<String> reads = rule.variables().stream()
                    .map(path -> String.join(".", path))
                    .sorted()
                    .toList();
            if (!names.isBlank() && !golden.matchesAny(names)) {
                return new Check(false, "The rule is fine, but no dataset has such a name.", reads);
            }
            return new Check(true, "The rule can be used" + (names.isBlank() ? "." : ", and datasets match."), reads);
        } catch (RuleException e) {
            return new Check(false, String.valueOf(e.getMessage()), List.of());
        }
    }

    @PostMapping("/certification/json")
    String submit(
            @RequestParam(defaultValue = "") String rule,
            @RequestParam(defaultValue = "") String names,
            @RequestParam(defaultValue = "") String cycle,
            @RequestParam(defaultValue = "") String tags,
            @RequestParam(defaultValue = "false") boolean official,
            Visitor visitor,
            HttpServletResponse response,
            Model model) {
        if (official) {
            rights.require(visitor, "json.official", Workspaces.GLOBAL);
        }
        var typed = new Typed(rule, names, cycle, tags, official);
        try {
            Asked asked = asked(typed);
            if (!golden.matchesAny(asked.names())) {
                throw new RuleException("No datasets matched that dataset name");
            }
            Rule.compile(asked.rule());
            return "redirect:/certification/json/"
                    + records.submit(visitor, asked).id();
        } catch (RuleException e) {
            response.setStatus(ProblemType.UNPROCESSABLE.status());
            return form(typed, names(), e.getMessage(), visitor, model);
        }
    }

    /** A cycle is its datasets' names, and its runs as a part of the rule. */
    private Asked asked(Typed typed) {
        JsonNode rule;
        try {
            rule = JsonMapper.shared().readTree(typed.rule());
        } catch (JacksonException e) {
            throw new RuleException("The rule is not JSON");
        }
        if (rule.isMissingNode() || (rule.isObject() && rule.isEmpty())) {
            throw new RuleException("The rule is empty");
        }
        if (typed.cycle().matches("\\d{1,9}")) {
            Cycle cycle = cycles.get(Integer.parseInt(typed.cycle()));
            var names = new TreeSet<String>();
            var runs = new TreeSet<Integer>();
            cycle.datasets().forEach(k -> {
                names.add(escaped(k.name()));
                runs.add(k.run());
            });
            ObjectNode both = JsonNodeFactory.instance.objectNode();
            ArrayNode parts = both.putArray("and");
            ArrayNode in = parts.addObject().putArray("in");
            in.addObject().put("var", "run.run_number");
            runs.forEach(in.addArray()::add);
            parts.add(rule);
            return new Asked(both, "(" + String.join("|", names) + ")", typed.tags(), typed.official());
        }
        if (typed.names().isBlank()) {
            throw new RuleException("Choose datasets by a name, or a cycle");
        }
        return new Asked(rule, typed.names().strip(), typed.tags(), typed.official());
    }

    private static String escaped(String name) {
        return name.replaceAll("([\\\\%_|*+?{}()\\[\\]])", "\\\\$1");
    }
}
