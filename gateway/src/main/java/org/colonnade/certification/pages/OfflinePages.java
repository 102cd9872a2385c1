package org.colonnade.certification.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.colonnade.certification.certify.Choice;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.configuration.Configurations;
import org.colonnade.certification.ledger.DatasetKey;
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

/** The tables of datasets, one per offline workspace. */
@Controller
class OfflinePages {

    private final Listing listing;
    private final Configurations configurations;
    private final DatasetActs acts;
    private final Changes changes;
    private final Moments moments;

    OfflinePages(Listing listing, Configurations configurations, DatasetActs acts, Changes changes, Moments moments) {
        this.listing = listing;
        this.configurations = configurations;
        this.acts = acts;
        this.changes = changes;
        this.moments = moments;
    }

    @GetMapping("/certification/offline")
    String first() {
        return "redirect:/certification/offline/" + Workspaces.GLOBAL;
    }

    @GetMapping("/certification/offline/{workspace}")
    String table(@PathVariable String workspace, Visitor visitor, HttpServletRequest request, Model model) {
        return show(workspace, table(workspace, request), visitor, model);
    }

    private TableRequest table(String workspace, HttpServletRequest request) {
        Configuration configuration = configurations.current().document();
        List<String> components = Workspaces.components(configuration, Configuration.OFFLINE, workspace);
        return new TableRequest(
                "/certification/offline/" + workspace,
                TableColumn.ofDatasets(workspace, configuration, components),
                request,
                Listing.withoutOnline(),
                moments.read(request.getParameter("asOf")));
    }

    private String show(String workspace, TableRequest table, Visitor visitor, Model model) {
        model.addAttribute("latest", changes.latest());
        boolean understood = Tables.show(table, listing::datasets, r -> TableRow.of(r, table), "dataset", model);
        model.addAttribute("workspace", workspace);
        model.addAttribute(
                "workspaces", Workspaces.names(configurations.current().document(), Configuration.OFFLINE));
        model.addAttribute("call", understood ? ApiCall.datasets(table) : null);
        model.addAttribute("csv", table.beside("/certification/offline/" + workspace + "/datasets.csv"));
        acts.offer(workspace, visitor, model);
        if (!table.getMoment().isNow()) {
            model.addAttribute("mayAct", false);
        }
        model.addAttribute("most", Choice.MOST);
        return "certification/offline";
    }

    @GetMapping("/certification/offline/{workspace}/datasets.csv")
    void csv(@PathVariable String workspace, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        TableRequest table = table(workspace, request);
        Csv.send(
                response,
                "datasets-" + workspace + ".csv",
                table,
                number -> listing.datasets(
                        table.query(number, Csv.PAGE), table.getMoment().version()),
                row -> TableRow.of(row, table).cells());
    }

    /** One act on the datasets that were chosen, or on all that the filters let through. */
    @PostMapping("/certification/offline/{workspace}")
    String act(
            @PathVariable String workspace,
            @RequestParam(defaultValue = "") String act,
            @RequestParam(defaultValue = "chosen") String scope,
            @RequestParam(name = "dataset", required = false) @Nullable List<String> chosen,
            @RequestParam(name = "into", required = false) @Nullable List<String> into,
            @RequestParam(required = false) @Nullable List<String> seen,
            @RequestParam Map<String, String> sent,
            Visitor visitor,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        TableRequest table = table(workspace, request);
        Set<DatasetKey> keys = new LinkedHashSet<>();
        (chosen == null ? List.<String>of() : chosen).forEach(text -> keys.add(key(text)));
        if (scope.equals("all")) {
            List<DatasetKey> all = listing.datasetKeys(table.filter(), Choice.MOST + 1);
            if (all.size() > Choice.MOST) {
                throw ProblemException.of(
                        ProblemType.UNPROCESSABLE,
                        "More than " + Choice.MOST
                                + " datasets match, which is the most at once. Narrow the filters first; nothing was"
                                + " changed");
            }
            keys.addAll(all);
        }
        List<Acts.Outcome> outcomes = keys.isEmpty()
                ? List.of(new Acts.Outcome("No dataset", "Choose at least one dataset first."))
                : acts.act(
                        new DatasetActs.Asked(
                                act, workspace, choice(keys, Tables.seen(seen)), sent, into == null ? List.of() : into),
                        visitor);
        Acts.show(outcomes, model, response);
        model.addAttribute("chosen", keys.stream().map(DatasetKey::text).toList());
        return show(workspace, table, visitor, model);
    }

    private static Choice choice(Set<DatasetKey> keys, Map<String, Long> looked) {
        var seen = new HashMap<DatasetKey, Long>();
        keys.stream()
                .filter(key -> looked.containsKey(key.text()))
                .forEach(key -> seen.put(key, looked.get(key.text())));
        return new Choice(List.copyOf(keys), seen);
    }

    static DatasetKey key(String text) {
        int dash = text.indexOf('-');
        if (dash < 1 || !text.substring(0, dash).matches("\\d{1,9}")) {
            throw ProblemException.invalid("dataset", "is not one of the list");
        }
        return new DatasetKey(Integer.parseInt(text.substring(0, dash)), text.substring(dash + 1));
    }
}
