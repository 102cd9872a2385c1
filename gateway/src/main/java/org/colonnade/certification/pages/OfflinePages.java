package org.colonnade.certification.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.colonnade.certification.certify.Datasets;
import org.colonnade.certification.certify.Rights;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.configuration.Configurations;
import org.colonnade.certification.cycle.Cycles;
import org.colonnade.certification.ledger.Author;
import org.colonnade.certification.ledger.DatasetKey;
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
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The tables of datasets, one per offline workspace. */
@Controller
class OfflinePages {

    static final int MOST_AT_ONCE = 1000;
    private static final List<String> MOVES = List.of("OPEN", "SIGNOFF", "COMPLETED");

    private final Listing listing;
    private final Configurations configurations;
    private final Datasets datasets;
    private final Cycles cycles;
    private final Rights rights;
    private final Changes changes;

    OfflinePages(
            Listing listing,
            Configurations configurations,
            Datasets datasets,
            Cycles cycles,
            Rights rights,
            Changes changes) {
        this.listing = listing;
        this.configurations = configurations;
        this.datasets = datasets;
        this.cycles = cycles;
        this.rights = rights;
        this.changes = changes;
    }

    record Row(int run, String name, long version, List<Cell> cells) {

        public String key() {
            return run + "-" + name;
        }
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
                withoutOnline());
    }

    private static ObjectNode withoutOnline() {
        ObjectNode filter = JsonNodeFactory.instance.objectNode();
        filter.putObject("name").put("<>", DatasetKey.ONLINE);
        return filter;
    }

    private String show(String workspace, TableRequest table, Visitor visitor, Model model) {
        model.addAttribute("latest", changes.latest());
        Listing.@Nullable Page<Listing.DatasetRow> page = read(table);
        model.addAttribute("table", table);
        model.addAttribute("workspace", workspace);
        model.addAttribute(
                "workspaces", Workspaces.names(configurations.current().document(), Configuration.OFFLINE));
        model.addAttribute(
                "rows",
                page == null
                        ? List.of()
                        : page.rows().stream().map(r -> row(r, table)).toList());
        model.addAttribute("count", page == null ? 0 : page.count());
        model.addAttribute("newer", table.getPage() > 0 ? table.page(table.getPage() - 1) : null);
        model.addAttribute(
                "older", page != null && table.getPage() + 1 < page.pages() ? table.page(table.getPage() + 1) : null);
        model.addAttribute(
                "note", page == null ? null : Counts.note(table, page.rows().size(), page.count(), "dataset"));
        model.addAttribute("call", page == null ? null : ApiCall.datasets(table));
        model.addAttribute("csv", table.beside("/certification/offline/" + workspace + "/datasets.csv"));
        model.addAttribute("mayMove", rights.may(visitor, "dataset.move", workspace));
        model.addAttribute("mayHide", rights.may(visitor, "dataset.hide", Workspaces.GLOBAL));
        model.addAttribute("mayCycle", rights.may(visitor, "cycle.manage", Workspaces.GLOBAL));
        model.addAttribute("cycles", cycles.all(workspace));
        model.addAttribute("states", MOVES);
        model.addAttribute("most", MOST_AT_ONCE);
        return "certification/offline";
    }

    private Listing.@Nullable Page<Listing.DatasetRow> read(TableRequest table) {
        try {
            var query = table.query();
            return table.getErrors().isEmpty() ? listing.datasets(query) : null;
        } catch (FilterException e) {
            throw ProblemException.of(ProblemType.UNPROCESSABLE, String.valueOf(e.getMessage()));
        }
    }

    private static Row row(Listing.DatasetRow row, TableRequest table) {
        var values = JsonNodeFactory.instance.objectNode();
        values.put("run_number", row.key().run());
        values.put("name", row.key().name());
        JsonMapper mapper = JsonMapper.shared();
        values.set("dataset_attributes", mapper.readTree(row.attributes()));
        values.set("datasets_in_gui", mapper.readTree(row.inGui()));
        values.set("rr_attributes", mapper.readTree(row.rr()));
        values.set("oms_attributes", mapper.readTree(row.oms()));
        values.set("triplet_summary", mapper.readTree(row.tripletSummary()));
        return new Row(
                row.key().run(),
                row.key().name(),
                row.version(),
                table.getColumns().stream()
                        .map(c -> OnlinePages.cell(c, values))
                        .toList());
    }

    @GetMapping("/certification/offline/{workspace}/datasets.csv")
    void csv(@PathVariable String workspace, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        TableRequest table = table(workspace, request);
        Csv.send(
                response,
                "datasets-" + workspace + ".csv",
                table,
                number -> listing.datasets(table.query(number, Csv.PAGE)),
                row -> row(row, table).cells());
    }

    /** One act on the datasets that were chosen, or on all that the filters let through. */
    @PostMapping("/certification/offline/{workspace}")
    String act(
            @PathVariable String workspace,
            @RequestParam(defaultValue = "") String act,
            @RequestParam(defaultValue = "chosen") String scope,
            @RequestParam(name = "dataset", required = false) @Nullable List<String> chosen,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String cycle,
            Visitor visitor,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        TableRequest table = table(workspace, request);
        Set<DatasetKey> keys = new LinkedHashSet<>();
        (chosen == null ? List.<String>of() : chosen).forEach(text -> keys.add(key(text)));
        if (scope.equals("all")) {
            List<DatasetKey> all = listing.datasetKeys(table.filter(), MOST_AT_ONCE + 1);
            if (all.size() > MOST_AT_ONCE) {
                throw ProblemException.of(
                        ProblemType.UNPROCESSABLE,
                        "More than " + MOST_AT_ONCE
                                + " datasets match, which is the most at once. Narrow the filters first; nothing was changed");
            }
            keys.addAll(all);
        }
        List<Acts.Outcome> outcomes = keys.isEmpty()
                ? List.of(new Acts.Outcome("No dataset", "Choose at least one dataset first."))
                : act(act, workspace, keys, reason.strip(), cycle, visitor);
        Acts.show(outcomes, model, response);
        model.addAttribute("chosen", keys.stream().map(DatasetKey::text).toList());
        return show(workspace, table, visitor, model);
    }

    static DatasetKey key(String text) {
        int dash = text.indexOf('-');
        if (dash < 1 || !text.substring(0, dash).matches("\\d{1,9}")) {
            throw ProblemException.invalid("dataset", "is not one of the list");
        }
        return new DatasetKey(Integer.parseInt(text.substring(0, dash)), text.substring(dash + 1));
    }

    private List<Acts.Outcome> act(
            String act, String workspace, Set<DatasetKey> keys, String reason, String cycle, Visitor visitor) {
        Author author = Author.person(visitor.name());
        if (MOVES.contains(act)) {
            rights.require(visitor, "dataset.move", workspace);
            return Acts.each(
                    keys, k -> "Run " + k.run() + ", " + k.name(), k -> datasets.move(author, k, workspace, act));
        }
        return switch (act) {
            case "hide" -> {
                rights.require(visitor, "dataset.hide", Workspaces.GLOBAL);
                yield Acts.whole(
                        keys.size() + " datasets",
                        keys.size(),
                        reason.length() < 3 ? "Say in at least 3 characters why they are hidden." : null,
                        () -> datasets.hide(author, List.copyOf(keys), reason));
            }
            case "cycle" -> {
                rights.require(visitor, "cycle.manage", Workspaces.GLOBAL);
                yield Acts.whole(
                        keys.size() + " datasets",
                        keys.size(),
                        cycle.matches("\\d{1,9}") ? null : "Choose a cycle first.",
                        () -> cycles.add(author, Integer.parseInt(cycle), keys));
            }
            default -> throw ProblemException.invalid("act", "is not one of the acts on datasets");
        };
    }
}
