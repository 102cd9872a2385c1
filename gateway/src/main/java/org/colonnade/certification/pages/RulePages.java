package org.colonnade.certification.pages;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import org.colonnade.certification.certify.Lumisections;
import org.colonnade.certification.certify.Rights;
import org.colonnade.certification.classifier.DryRun;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.configuration.ConfigurationItems;
import org.colonnade.certification.configuration.Configurations;
import org.colonnade.certification.configuration.RuleBook;
import org.colonnade.certification.ledger.Author;
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
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Rules by which runs and lumisections are judged: looked at, tried on runs, and changed. */
@Controller
class RulePages {

    private static final int DRY_RUNS = 100;

    private final Configurations configurations;
    private final Moments moments;
    private final DryRun dryRun;
    private final RuleChecks checks;
    private final Rights rights;

    RulePages(Configurations configurations, Moments moments, DryRun dryRun, RuleChecks checks, Rights rights) {
        this.configurations = configurations;
        this.moments = moments;
        this.dryRun = dryRun;
        this.checks = checks;
        this.rights = rights;
    }

    @GetMapping("/certification/rules")
    String list(
            @RequestParam(defaultValue = "component") String kind,
            @RequestParam(required = false) @Nullable String asOf,
            Visitor visitor,
            Model model) {
        RuleKind of = RuleKind.of(kind);
        Moments.Moment moment = moments.read(asOf);
        Configurations.Current shown =
                moment.isNow() ? configurations.current() : configurations.asOf(moment.version());
        model.addAttribute("kinds", RuleKind.values());
        model.addAttribute("kind", of);
        model.addAttribute("moment", moment);
        model.addAttribute("lines", of.lines(shown.document()));
        model.addAttribute("version", shown.version());
        model.addAttribute(
                "mayEdit",
                of.subjects(shown.document()).stream().anyMatch(s -> may(visitor, of, s)) || may(visitor, of, ""));
        return "certification/rules";
    }

    private boolean may(Visitor visitor, RuleKind kind, String subject) {
        return rights.may(visitor, kind.part().action(), kind.workspace(subject));
    }

    @GetMapping("/certification/rules/{kind}/{id}")
    String rule(@PathVariable String kind, @PathVariable int id, Visitor visitor, Model model) {
        Configurations.Current current = configurations.current();
        RuleKind of = RuleKind.of(kind);
        TypedRule typed = id == 0 ? TypedRule.fresh() : TypedRule.of(find(of, current.document(), id));
        return show(of, id, typed, current.version(), visitor, model);
    }

    private static RuleKind.Line find(RuleKind kind, Configuration document, int id) {
        return kind.lines(document).stream()
                .filter(l -> l.id() == id)
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("There is no such rule"));
    }

    private String show(RuleKind kind, int id, TypedRule typed, long seen, Visitor visitor, Model model) {
        Configuration document = configurations.current().document();
        model.addAttribute("kind", kind);
        model.addAttribute("id", id);
        model.addAttribute("typed", typed);
        model.addAttribute("seen", seen);
        model.addAttribute(
                "mayEdit",
                id == 0
                        ? kind.subjects(document).stream().anyMatch(s -> may(visitor, kind, s))
                                || may(visitor, kind, "")
                        : may(visitor, kind, typed.subject()));
        model.addAttribute("statuses", Lumisections.STATUSES);
        model.addAttribute("subjects", kind.subjects(document));
        return "certification/rule";
    }

    /** What the editor says while somebody types: whether the rule can be used, and what its parts are on a run. */
    @PostMapping("/certification/rules/{kind}/check")
    String check(@PathVariable String kind, @RequestParam Map<String, String> sent, Model model) {
        model.addAttribute("check", checks.check(RuleKind.of(kind), TypedRule.sent(sent)));
        return "certification/rule-parts :: check";
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
        RuleKind of = RuleKind.of(kind);
        TypedRule typed = TypedRule.sent(sent);
        try {
            Configuration before = configurations.current().document();
            ObjectNode item = act.equals("delete") ? null : typed.item(of);
            if (act.equals("save") || act.equals("delete")) {
                change(of, id, item, typed.subject(), before, seen, visitor);
                return "redirect:/certification/rules?kind=" + kind + "&done=" + act;
            }
            Configuration after = ConfigurationItems.tried(before, of.part(), id == 0 ? null : id, item);
            if (act.equals("dry")) {
                model.addAttribute("dry", dryRun.of(after, JsonNodeFactory.instance.objectNode(), DRY_RUNS));
            } else {
                model.addAttribute("tested", checks.test(typed, new RuleBook(after)));
                model.addAttribute("check", checks.check(of, typed));
            }
            return show(of, id, typed, seen, visitor, model);
        } catch (RuleException e) {
            return refused(of, id, typed, seen, String.valueOf(e.getMessage()), visitor, response, model);
        } catch (ProblemException e) {
            if (e.type() == ProblemType.FORBIDDEN || e.type() == ProblemType.SIGN_IN_REQUIRED) {
                throw e;
            }
            long now =
                    e.type() == ProblemType.CONFLICT ? configurations.current().version() : seen;
            return refused(of, id, typed, now, e.detail(), visitor, response, model);
        }
    }

    private void change(
            RuleKind kind,
            int id,
            @Nullable ObjectNode item,
            String subject,
            Configuration before,
            long seen,
            Visitor visitor) {
        var touched = id == 0
                ? List.of(subject)
                : kind.lines(before).stream()
                        .filter(l -> l.id() == id)
                        .map(RuleKind.Line::subject)
                        .toList();
        touched.forEach(s -> rights.require(visitor, kind.part().action(), kind.workspace(s)));
        rights.require(visitor, kind.part().action(), kind.workspace(subject));
        if (kind == RuleKind.GOLDEN && id == 0 && item != null) {
            item.put("createdBy", visitor.name());
        }
        configurations.change(
                Author.person(visitor.name()),
                (item == null ? "rule deleted: " : id == 0 ? "rule added: " : "rule changed: ") + kind.key() + " "
                        + subject,
                seen,
                now -> ConfigurationItems.tried(now, kind.part(), id == 0 ? null : id, item));
    }

    private String refused(
            RuleKind kind,
            int id,
            TypedRule typed,
            long seen,
            String sentence,
            Visitor visitor,
            HttpServletResponse response,
            Model model) {
        response.setStatus(ProblemType.UNPROCESSABLE.status());
        model.addAttribute("refusal", sentence);
        return show(kind, id, typed, seen, visitor, model);
    }
}
