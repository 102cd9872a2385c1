package org.colonnade.certification.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.configuration.Configurations;
import org.colonnade.certification.listing.Listing;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import tools.jackson.databind.node.JsonNodeFactory;

/** The tables for programs that learn to judge: runs' own datasets and reconstructed ones side by side, to read only. */
@Controller
class MlPages {

    private static final String PATH = "/certification/ml/";

    private final Listing listing;
    private final Configurations configurations;
    private final Changes changes;
    private final Moments moments;

    MlPages(Listing listing, Configurations configurations, Changes changes, Moments moments) {
        this.listing = listing;
        this.configurations = configurations;
        this.changes = changes;
        this.moments = moments;
    }

    @GetMapping("/certification/ml")
    String first() {
        return "redirect:" + PATH + Workspaces.GLOBAL;
    }

    @GetMapping("/certification/ml/{workspace}")
    String table(@PathVariable String workspace, HttpServletRequest request, Model model) {
        TableRequest table = table(workspace, request);
        model.addAttribute("latest", changes.latest());
        boolean understood = Tables.show(table, listing::datasets, r -> TableRow.of(r, table), "dataset", model);
        model.addAttribute("workspace", workspace);
        model.addAttribute(
                "workspaces", Workspaces.names(configurations.current().document(), Configuration.OFFLINE));
        model.addAttribute("call", understood ? ApiCall.datasets(table) : null);
        model.addAttribute("csv", table.beside(PATH + workspace + "/datasets.csv"));
        return "certification/ml";
    }

    private TableRequest table(String workspace, HttpServletRequest request) {
        Configuration configuration = configurations.current().document();
        List<String> components = Workspaces.components(configuration, Configuration.OFFLINE, workspace);
        return new TableRequest(
                PATH + workspace,
                TableColumn.forLearning(workspace, configuration, components),
                request,
                JsonNodeFactory.instance.objectNode(),
                moments.read(request.getParameter("asOf")));
    }

    @GetMapping("/certification/ml/{workspace}/datasets.csv")
    void csv(@PathVariable String workspace, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        TableRequest table = table(workspace, request);
        Csv.send(
                response,
                "learning-" + workspace + ".csv",
                table,
                number -> listing.datasets(
                        table.query(number, Csv.PAGE), table.getMoment().version()),
                row -> TableRow.of(row, table).cells());
    }
}
