package org.colonnade.certification.pages;

import jakarta.servlet.http.HttpServletResponse;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.colonnade.certification.certify.Rights;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.configuration.Configurations;
import org.colonnade.certification.cycle.Cycle;
import org.colonnade.certification.cycle.Cycles;
import org.colonnade.certification.ledger.Author;
import org.colonnade.certification.ledger.Dataset;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.Run;
import org.colonnade.certification.ledger.States;
import org.colonnade.certification.listing.FilterException;
import org.colonnade.certification.listing.Listing;
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
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Batches of datasets with a deadline: made, filled, certified workspace by workspace, and signed off. */
@Controller
class CyclePages {

    private static final int MOST = 1000;
    private static final String MANAGE = "cycle.manage";
    private static final String COMPLETED = "COMPLETED";

    private final Cycles cycles;
    private final States states;
    private final Configurations configurations;
    private final Listing listing;
    private final Rights rights;
    private final Changes changes;

    CyclePages(
            Cycles cycles,
            States states,
            Configurations configurations,
            Listing listing,
            Rights rights,
            Changes changes) {
        this.cycles = cycles;
        this.states = states;
        this.configurations = configurations;
        this.listing = listing;
        this.rights = rights;
        this.changes = changes;
    }

    /** A cycle with how much of it is done. */
    record Line(Cycle cycle, String state, int datasets, int completed, int concerned, boolean late) {

        public int percent() {
            return concerned == 0 ? 0 : 100 * completed / concerned;
        }
    }

    /** A dataset of a cycle with its states by workspace. */
    record Member(DatasetKey key, Map<String, String> states, boolean there, long seen) {}

    @GetMapping("/certification/cycles")
    String first() {
        return "redirect:/certification/cycles/" + Workspaces.GLOBAL;
    }

    @GetMapping("/certification/cycles/{workspace}")
    String list(@PathVariable String workspace, Visitor visitor, Model model) {
        return list(workspace, Map.of(), null, visitor, model);
    }

    private String list(
            String workspace, Map<String, String> typed, @Nullable String refusal, Visitor visitor, Model model) {
        Configuration document = configurations.current().document();
        Workspaces.components(document, Configuration.OFFLINE, workspace);
        model.addAttribute("workspace", workspace);
        model.addAttribute("workspaces", Workspaces.names(document, Configuration.OFFLINE));
        model.addAttribute(
                "lines",
                cycles.all(workspace).stream().map(c -> line(c, workspace)).toList());
        model.addAttribute("mayManage", rights.may(visitor, MANAGE, Workspaces.GLOBAL));
        model.addAttribute("typed", typed);
        model.addAttribute("refusal", refusal);
        return "certification/cycles";
    }

    private Line line(Cycle cycle, String workspace) {
        int completed = 0;
        int concerned = 0;
        for (DatasetKey key : cycle.datasets()) {
            String state = state(key, workspace);
            concerned += state.isEmpty() || state.startsWith("not significant") ? 0 : 1;
            completed += state.equals(COMPLETED) ? 1 : 0;
        }
        return new Line(
                cycle,
                cycle.state(workspace),
                cycle.datasets().size(),
                completed,
                concerned,
                !cycle.isCompletedIn(workspace) && cycle.deadline().isBefore(Instant.now()));
    }

    private String state(DatasetKey key, String workspace) {
        return states.dataset(key, States.NOW)
                .map(d -> d.attributes().path(workspace + "_state").asString(""))
                .orElse("");
    }

    @PostMapping("/certification/cycles/{workspace}")
    String create(
            @PathVariable String workspace,
            @RequestParam Map<String, String> sent,
            Visitor visitor,
            HttpServletResponse response,
            Model model) {
        rights.require(visitor, MANAGE, Workspaces.GLOBAL);
        try {
            Cycle cycle = cycles.create(
                    Author.person(visitor.name()),
                    sent.getOrDefault("name", "").strip(),
                    deadline(sent.getOrDefault("deadline", "")),
                    datasets(sent));
            return "redirect:/certification/cycles/" + workspace + "/" + cycle.id() + "?done=created";
        } catch (ProblemException e) {
            response.setStatus(ProblemType.UNPROCESSABLE.status());
            return list(workspace, sent, e.detail(), visitor, model);
        }
    }

    private static Instant deadline(String text) {
        try {
            String time = text.strip().replace(' ', 'T');
            return time.endsWith("Z")
                    ? Instant.parse(time)
                    : LocalDateTime.parse(time.length() == 10 ? time + "T12:00:00" : time)
                            .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw ProblemException.of(
                    ProblemType.UNPROCESSABLE, "The deadline is a time in UTC such as 2026-05-20 12:00");
        }
    }

    /** Datasets whose runs and names fulfil what was typed, in the grammar of the tables. */
    private List<DatasetKey> datasets(Map<String, String> sent) {
        ObjectNode filter = JsonNodeFactory.instance.objectNode();
        ArrayNode parts = filter.putArray("and");
        parts.add(Listing.withoutOnline());
        try {
            String runs = sent.getOrDefault("runs", "").strip();
            if (!runs.isEmpty()) {
                parts.add(FilterText.parse("run_number", FilterText.Kind.NUMBER, runs));
            }
            String names = sent.getOrDefault("names", "").strip();
            if (!names.isEmpty()) {
                parts.add(FilterText.parse("name", FilterText.Kind.TEXT, names));
            }
            return listing.datasetKeys(filter, MOST + 1);
        } catch (FilterException e) {
            throw ProblemException.of(ProblemType.UNPROCESSABLE, "The choice of datasets " + e.getMessage());
        }
    }

    @GetMapping("/certification/cycles/{workspace}/{id}")
    String cycle(@PathVariable String workspace, @PathVariable int id, Visitor visitor, Model model) {
        return show(workspace, id, visitor, model);
    }

    private String show(String workspace, int id, Visitor visitor, Model model) {
        Cycle cycle = cycles.get(id);
        model.addAttribute("latest", changes.latest());
        model.addAttribute("workspace", workspace);
        model.addAttribute("cycle", cycle);
        model.addAttribute("line", line(cycle, workspace));
        var members = new ArrayList<Member>();
        for (DatasetKey key : cycle.datasets()) {
            var found = states.dataset(key, States.NOW);
            var of = new LinkedHashMap<String, String>();
            found.ifPresent(d -> cycle.states()
                    .keySet()
                    .forEach(w -> of.put(w, d.attributes().path(w + "_state").asString(""))));
            long run = states.run(key.run(), States.NOW).map(Run::version).orElse(0L);
            members.add(new Member(
                    key,
                    of,
                    found.filter(d -> !d.deleted()).isPresent(),
                    Math.max(run, found.map(Dataset::version).orElse(0L))));
        }
        model.addAttribute("members", members);
        model.addAttribute("mayManage", rights.may(visitor, MANAGE, Workspaces.GLOBAL));
        model.addAttribute("mayComplete", rights.may(visitor, "cycle.complete", workspace));
        model.addAttribute("mayMove", rights.may(visitor, "cycle.move", workspace));
        return "certification/cycle";
    }

    /**
     * @param version of the cycle that the page showed; {@code seen} is what it showed of each dataset
     */
    @PostMapping("/certification/cycles/{workspace}/{id}")
    String act(
            @PathVariable String workspace,
            @PathVariable int id,
            @RequestParam(defaultValue = "") String act,
            @RequestParam long version,
            @RequestParam(name = "dataset", required = false) @Nullable List<String> chosen,
            @RequestParam(required = false) @Nullable List<String> seen,
            @RequestParam Map<String, String> sent,
            Visitor visitor,
            HttpServletResponse response,
            Model model) {
        Author author = Author.person(visitor.name());
        Cycle cycle = cycles.get(id);
        String name = "Cycle " + cycle.name();
        List<DatasetKey> keys = (chosen == null ? List.<String>of() : chosen)
                .stream().map(OfflinePages::key).toList();
        List<Acts.Outcome> outcomes = switch (act) {
            case "complete" -> {
                rights.require(visitor, "cycle.complete", workspace);
                yield Acts.whole(name, 1, null, () -> cycles.complete(author, id, workspace, version));
            }
            case "reopen" -> {
                rights.require(visitor, "cycle.complete", workspace);
                yield Acts.whole(name, 1, null, () -> cycles.reopen(author, id, workspace, version));
            }
            case "edit" -> {
                rights.require(visitor, MANAGE, Workspaces.GLOBAL);
                yield Acts.whole(
                        name,
                        1,
                        null,
                        () -> cycles.edit(
                                author,
                                id,
                                sent.getOrDefault("name", "").strip(),
                                deadline(sent.getOrDefault("deadline", "")),
                                Map.of(),
                                version));
            }
            case "add" -> {
                rights.require(visitor, MANAGE, Workspaces.GLOBAL);
                yield Acts.whole(name, 1, null, () -> cycles.add(author, id, datasets(sent), version));
            }
            case "remove" -> {
                rights.require(visitor, MANAGE, Workspaces.GLOBAL);
                yield Acts.whole(
                        keys.size() + " datasets",
                        keys.size(),
                        keys.isEmpty() ? "Choose at least one dataset first." : null,
                        () -> cycles.remove(author, id, keys, version));
            }
            case "OPEN", "SIGNOFF", COMPLETED -> {
                rights.require(visitor, "cycle.move", workspace);
                Map<String, Long> looked = Tables.seen(seen);
                yield Acts.each(
                        keys.isEmpty() ? movable(cycle, workspace, act) : keys,
                        k -> "Run " + k.run() + ", " + k.name(),
                        k -> cycles.move(author, id, k, workspace, act, looked.get(k.text())));
            }
            case "delete" -> {
                rights.require(visitor, MANAGE, Workspaces.GLOBAL);
                yield Acts.whole(name, 1, null, () -> cycles.delete(author, id, version));
            }
            default -> throw ProblemException.invalid("act", "is not one of the acts on cycles");
        };
        if (act.equals("delete") && outcomes.getFirst().refusal() == null) {
            return "redirect:/certification/cycles/" + workspace + "?done=deleted";
        }
        Acts.show(outcomes, model, response);
        return show(workspace, id, visitor, model);
    }

    /** Those with a state in the workspace that is neither final nor the wanted one. */
    private List<DatasetKey> movable(Cycle cycle, String workspace, String to) {
        return cycle.datasets().stream()
                .filter(k -> {
                    String state = state(k, workspace);
                    return !state.isEmpty() && !state.equals(COMPLETED) && !state.equals(to);
                })
                .toList();
    }
}
