package org.colonnade.certification.pages;

import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.colonnade.certification.certify.Datasets;
import org.colonnade.certification.certify.Editing;
import org.colonnade.certification.certify.OmsUnavailableException;
import org.colonnade.certification.certify.Rights;
import org.colonnade.certification.certify.Runs;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.ledger.Author;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.Run;
import org.colonnade.certification.pages.RunView.Typed;
import org.colonnade.identity.AuditLog;
import org.colonnade.identity.Visitor;
import org.colonnade.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** One run, or one of its datasets, and everything that can be done with it. */
@Controller
class RunPages {

    private static final String EVERYWHERE = "global";

    private final Runs runs;
    private final Datasets datasets;
    private final Rights rights;
    private final Editing editing;
    private final Moments moments;
    private final RunView view;
    private final AuditLog audit;

    RunPages(
            Runs runs,
            Datasets datasets,
            Rights rights,
            Editing editing,
            Moments moments,
            RunView view,
            AuditLog audit) {
        this.runs = runs;
        this.datasets = datasets;
        this.rights = rights;
        this.editing = editing;
        this.moments = moments;
        this.view = view;
        this.audit = audit;
    }

    @GetMapping("/certification/runs/{number}")
    String run(
            @PathVariable int number,
            @RequestParam(defaultValue = DatasetKey.ONLINE) String name,
            @RequestParam(required = false) @Nullable String asOf,
            @RequestParam(defaultValue = "") String component,
            @RequestParam(defaultValue = "") String ranges,
            Visitor visitor,
            Model model) {
        Typed typed = new Typed(component.isEmpty() ? List.of() : List.of(component), ranges, "", "", "", null);
        return view.show(new DatasetKey(number, name), moments.read(asOf), typed, visitor, model);
    }

    @PostMapping("/certification/runs/{number}/state")
    String move(
            @PathVariable int number,
            @RequestParam String to,
            @RequestParam long seen,
            Visitor visitor,
            HttpServletResponse response,
            Model model) {
        rights.require(visitor, "run.move", EVERYWHERE);
        return act(number, "moved", seen, visitor, response, model, () -> runs.move(author(visitor), number, to, seen));
    }

    @PostMapping("/certification/runs/{number}/significant")
    String significant(@PathVariable int number, Visitor visitor, HttpServletResponse response, Model model) {
        rights.require(visitor, "run.significant", EVERYWHERE);
        return act(
                number,
                "significant",
                Long.MAX_VALUE,
                visitor,
                response,
                model,
                () -> runs.markSignificant(author(visitor), number));
    }

    @PostMapping("/certification/runs/{number}/refresh")
    String refresh(
            @PathVariable int number,
            @RequestParam(defaultValue = "false") boolean reset,
            Visitor visitor,
            HttpServletResponse response,
            Model model) {
        rights.require(visitor, reset ? "run.reset" : "run.refresh", EVERYWHERE);
        return act(number, reset ? "reset" : "refreshed", Long.MAX_VALUE, visitor, response, model, () -> {
            if (reset) {
                runs.resetAndRefresh(author(visitor), number);
            } else {
                runs.refresh(author(visitor), number);
            }
        });
    }

    @PostMapping("/certification/runs/{number}/delete")
    String delete(
            @PathVariable int number,
            @RequestParam(defaultValue = "") String reason,
            Visitor visitor,
            HttpServletResponse response,
            Model model) {
        rights.require(visitor, "registry.delete-run", EVERYWHERE);
        String why = reason.strip();
        if (why.length() < 3) {
            return view.refused(
                    DatasetKey.online(number),
                    "Say in at least 3 characters why the run is deleted.",
                    Typed.NOTHING,
                    visitor,
                    response,
                    model);
        }
        runs.delete(author(visitor), number, why);
        audit.record(visitor, "certification.delete-run", "run:" + number, AuditLog.Outcome.DONE, why);
        return "redirect:/certification/online/global?done=deleted";
    }

    /** @param seen the event up to which the visitor had looked, so that the page can say what others did since */
    private String act(
            int number,
            String done,
            long seen,
            Visitor visitor,
            HttpServletResponse response,
            Model model,
            Runnable work) {
        DatasetKey online = DatasetKey.online(number);
        try {
            work.run();
            return "redirect:/certification/runs/" + number + "?done=" + done;
        } catch (ProblemException e) {
            return view.conflict(online, e, seen, Typed.NOTHING, visitor, response, model);
        } catch (OmsUnavailableException e) {
            return view.refused(online, String.valueOf(e.getMessage()), Typed.NOTHING, visitor, response, model);
        }
    }

    @PostMapping("/certification/runs/{number}/attributes")
    String edit(
            @PathVariable int number,
            @RequestParam Map<String, String> sent,
            @RequestParam long seen,
            Visitor visitor,
            HttpServletResponse response,
            Model model) {
        Run run = runs.get(number);
        var typed = new LinkedHashMap<String, String>();
        var changed = new LinkedHashMap<String, JsonNode>();
        for (String attribute : RunView.ATTRIBUTES) {
            String before = run.rr().path(attribute).asString("");
            String now = sent.getOrDefault(attribute, before).strip();
            typed.put(attribute, now);
            if (!now.equals(before)) {
                rights.require(visitor, "run." + attribute, EVERYWHERE);
                changed.put(
                        attribute,
                        attribute.equals("short_run") && !now.isEmpty()
                                ? JsonNodeFactory.instance.booleanNode(now.equals("true"))
                                : JsonNodeFactory.instance.stringNode(now));
            }
        }
        try {
            editing.attributes(author(visitor), number, changed, seen);
            return "redirect:/certification/runs/" + number + "?done=edited";
        } catch (ProblemException e) {
            model.addAttribute("attributes", typed);
            return view.conflict(DatasetKey.online(number), e, seen, Typed.NOTHING, visitor, response, model);
        }
    }

    @PostMapping("/certification/runs/{number}/verdict")
    String judge(
            @PathVariable int number,
            @RequestParam(defaultValue = DatasetKey.ONLINE) String name,
            @RequestParam(name = "component", required = false) @Nullable List<String> chosen,
            @RequestParam(defaultValue = "") String ranges,
            @RequestParam(defaultValue = "") String status,
            @RequestParam(defaultValue = "") String comment,
            @RequestParam(defaultValue = "") String cause,
            @RequestParam long seen,
            @RequestParam(defaultValue = "") String back,
            Visitor visitor,
            HttpServletResponse response,
            Model model) {
        var key = new DatasetKey(number, name);
        List<String> components = chosen == null ? List.of() : chosen;
        var typed = new Typed(components, ranges, status, comment, cause, null);
        components.forEach(c -> rights.require(visitor, "lumisection.edit", Configuration.workspaceOf(c)));
        if (components.isEmpty()) {
            return view.refused(key, "Choose at least one component.", typed, visitor, response, model);
        }
        try {
            editing.verdicts(
                    author(visitor),
                    key,
                    components,
                    RangeText.parse(ranges),
                    status,
                    comment.strip(),
                    cause.strip(),
                    seen);
            return "redirect:" + address(key, back.equals("window"), components.getFirst(), "judged");
        } catch (IllegalArgumentException e) {
            return view.refused(key, "Lumisections " + e.getMessage() + ".", typed, visitor, response, model);
        } catch (ProblemException e) {
            return view.conflict(key, e, seen, typed, visitor, response, model);
        }
    }

    static String address(DatasetKey key, boolean window, String component, String done) {
        UriComponentsBuilder address =
                UriComponentsBuilder.fromPath("/certification/runs/" + key.run() + (window ? "/lumisections" : ""));
        if (!key.isOnline()) {
            address.queryParam("name", "{name}");
        }
        if (window) {
            address.queryParam("component", "{component}");
        }
        return address.queryParam("done", done)
                .encode()
                .buildAndExpand(Map.of("name", key.name(), "component", component))
                .toUriString();
    }

    @PostMapping("/certification/runs/{number}/dataset-state")
    String moveDataset(
            @PathVariable int number,
            @RequestParam String name,
            @RequestParam String workspace,
            @RequestParam String to,
            @RequestParam long seen,
            Visitor visitor,
            HttpServletResponse response,
            Model model) {
        rights.require(visitor, "dataset.move", workspace);
        var key = new DatasetKey(number, name);
        try {
            datasets.move(author(visitor), key, workspace, to, seen);
            return "redirect:" + address(key, false, "", "moved");
        } catch (ProblemException e) {
            return view.conflict(key, e, seen, Typed.NOTHING, visitor, response, model);
        }
    }

    private static Author author(Visitor visitor) {
        return Author.person(visitor.name());
    }
}
