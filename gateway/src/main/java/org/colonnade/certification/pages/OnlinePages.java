package org.colonnade.certification.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.colonnade.certification.certify.Rights;
import org.colonnade.certification.certify.Runs;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.configuration.Configurations;
import org.colonnade.certification.ledger.Author;
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
import tools.jackson.databind.node.JsonNodeFactory;

/** The tables of runs, one per online workspace. */
@Controller
class OnlinePages {

    private final Listing listing;
    private final Configurations configurations;
    private final Runs runs;
    private final Rights rights;
    private final Changes changes;
    private final Moments moments;

    OnlinePages(
            Listing listing,
            Configurations configurations,
            Runs runs,
            Rights rights,
            Changes changes,
            Moments moments) {
        this.listing = listing;
        this.configurations = configurations;
        this.runs = runs;
        this.rights = rights;
        this.changes = changes;
        this.moments = moments;
    }

    @GetMapping("/certification/online")
    String first() {
        return "redirect:/certification/online/" + Workspaces.GLOBAL;
    }

    @GetMapping("/certification/online/{workspace}")
    String table(@PathVariable String workspace, Visitor visitor, HttpServletRequest request, Model model) {
        return show(workspace, table(workspace, request), visitor, model);
    }

    private TableRequest table(String workspace, HttpServletRequest request) {
        List<String> components =
                Workspaces.components(configurations.current().document(), Configuration.ONLINE, workspace);
        return new TableRequest(
                "/certification/online/" + workspace,
                TableColumn.ofRuns(components),
                request,
                JsonNodeFactory.instance.objectNode(),
                moments.read(request.getParameter("asOf")));
    }

    private String show(String workspace, TableRequest table, Visitor visitor, Model model) {
        model.addAttribute("latest", changes.latest());
        boolean understood = Tables.show(table, listing::runs, r -> TableRow.of(r, table), "run", model);
        model.addAttribute("workspace", workspace);
        model.addAttribute(
                "workspaces", Workspaces.names(configurations.current().document(), Configuration.ONLINE));
        model.addAttribute("call", understood ? ApiCall.runs(table) : null);
        model.addAttribute("csv", table.beside("/certification/online/" + workspace + "/runs.csv"));
        boolean now = table.getMoment().isNow();
        model.addAttribute("mayMove", now && rights.may(visitor, "run.move", Workspaces.GLOBAL));
        model.addAttribute("mayMark", now && rights.may(visitor, "run.significant", Workspaces.GLOBAL));
        model.addAttribute("mayRefresh", now && rights.may(visitor, "run.refresh", Workspaces.GLOBAL));
        model.addAttribute("most", Runs.MOST_AT_ONCE);
        return "certification/online";
    }

    @GetMapping("/certification/online/{workspace}/runs.csv")
    void csv(@PathVariable String workspace, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        TableRequest table = table(workspace, request);
        Csv.send(
                response,
                "runs-" + workspace + ".csv",
                table,
                number -> listing.runs(
                        table.query(number, Csv.PAGE), table.getMoment().version()),
                row -> TableRow.of(row, table).cells());
    }

    /** One act on the runs that were chosen, or on all that the filters let through. */
    @PostMapping("/certification/online/{workspace}")
    String act(
            @PathVariable String workspace,
            @RequestParam(defaultValue = "") String act,
            @RequestParam(defaultValue = "chosen") String scope,
            @RequestParam(name = "run", required = false) @Nullable List<Integer> chosen,
            @RequestParam(required = false) @Nullable List<String> seen,
            Visitor visitor,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        TableRequest table = table(workspace, request);
        Consumer<Integer> each = act(act, Tables.seen(seen), visitor);
        Set<Integer> numbers = new LinkedHashSet<>(chosen == null ? List.of() : chosen);
        if (scope.equals("all")) {
            Listing.Page<Listing.RunRow> all = listing.runs(table.query(0, Runs.MOST_AT_ONCE));
            if (all.count() > Runs.MOST_AT_ONCE) {
                throw ProblemException.of(
                        ProblemType.UNPROCESSABLE,
                        all.count() + " runs match; at most " + Runs.MOST_AT_ONCE
                                + " are changed at once. Narrow the filters first; nothing was changed");
            }
            all.rows().forEach(r -> numbers.add(r.run()));
        }
        List<Acts.Outcome> outcomes = numbers.isEmpty()
                ? new ArrayList<>(List.of(new Acts.Outcome("No run", "Choose at least one run first.")))
                : Acts.each(numbers, n -> "Run " + n, each);
        Acts.show(outcomes, model, response);
        model.addAttribute("chosen", numbers.stream().map(String::valueOf).toList());
        return show(workspace, table, visitor, model);
    }

    private Consumer<Integer> act(String act, Map<String, Long> seen, Visitor visitor) {
        Author author = Author.person(visitor.name());
        return switch (act) {
            case "OPEN", "SIGNOFF", "COMPLETED" -> {
                rights.require(visitor, "run.move", Workspaces.GLOBAL);
                yield run -> runs.move(author, run, act, seen.get(Integer.toString(run)));
            }
            case "significant" -> {
                rights.require(visitor, "run.significant", Workspaces.GLOBAL);
                yield run -> runs.markSignificant(author, run);
            }
            case "refresh" -> {
                rights.require(visitor, "run.refresh", Workspaces.GLOBAL);
                yield run -> runs.refresh(author, run);
            }
            default -> throw ProblemException.invalid("act", "is not one of the acts on runs");
        };
    }
}
