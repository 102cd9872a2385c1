package org.colonnade.calculators.supcrt;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.colonnade.geochemistry.Unit;
import org.colonnade.geochemistry.supcrt.CuratedDatabase;
import org.colonnade.geochemistry.supcrt.Database;
import org.colonnade.geochemistry.supcrt.Grid;
import org.colonnade.geochemistry.supcrt.Range;
import org.colonnade.geochemistry.supcrt.Reaction;
import org.colonnade.geochemistry.supcrt.ReactionTable;
import org.colonnade.geochemistry.supcrt.files.ConditionsFile;
import org.colonnade.geochemistry.supcrt.files.ReactionsFile;
import org.colonnade.geochemistry.supcrt.files.Run;
import org.colonnade.geochemistry.supcrt.files.TableFile;
import org.colonnade.geochemistry.supcrt.files.Tabulation;
import org.colonnade.identity.Visitor;
import org.colonnade.web.Form;
import org.colonnade.web.Numbers;
import org.colonnade.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.json.JsonMapper;

/** The page of reactions: an editor with live balance beside curves, contours or a phase diagram. */
@Controller
@RequestMapping("/calculators/supcrt")
class SupcrtPage {

    private static final int MOST_CONTOURS = 4;
    private static final int MOST_FOUND = 30;

    private final SupcrtService service;
    private final SupcrtDatabases databases;
    private final JsonMapper mapper;

    SupcrtPage(SupcrtService service, SupcrtDatabases databases, JsonMapper mapper) {
        this.service = service;
        this.databases = databases;
        this.mapper = mapper;
    }

    /** One of the views, with the address that opens it on the same input. */
    record Tab(String title, String href, boolean current) {}

    /** How far two databases are apart in one reaction. */
    record Difference(String equation, String largest, String where) {}

    /** What was computed along a line of states: the tables of one database. */
    private record Line(Database database, Run run) {}

    @GetMapping
    String page(Visitor visitor, HttpServletRequest request, Model model) {
        var typed = new SupcrtForm(request.getParameterMap(), databases.list(visitor.owner()));
        var form = typed.form();
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        model.addAttribute("form", form);
        model.addAttribute("layout", typed.layout());
        model.addAttribute("tabs", tabs(request, typed.view()));
        model.addAttribute("query", query);
        model.addAttribute("saved", Objects.requireNonNullElse(request.getQueryString(), ""));
        model.addAttribute("options", Map.of("database", form.value("database"), "profile", form.value("profile")));
        model.addAttribute("export", "/calculators/supcrt/export" + (query.isEmpty() ? "?" : query + "&") + "format=");
        if (form.isValid()) {
            var database = service.database(visitor.owner(), form.value("database"));
            var cards = read(typed, database);
            model.addAttribute("cards", cards);
            var citations = SupcrtCitations.of(cards.balanced());
            model.addAttribute("citation", String.join(" ", citations.lines()));
            model.addAttribute("citations", citations.lines());
            if (form.isValid() && !cards.balanced().isEmpty() && typed.rangesAscend()) {
                draw(visitor, typed, database, cards.balanced(), citations, model);
            }
        }
        return "calculators/supcrt";
    }

    static List<Tab> tabs(HttpServletRequest request, SupcrtForm.@Nullable View current) {
        var tabs = new ArrayList<Tab>();
        String rest = request.getParameterMap().entrySet().stream()
                .filter(e -> !e.getKey().equals("show") && e.getValue().length > 0)
                .map(e -> "&" + encoded(e.getKey()) + "=" + encoded(e.getValue()[0]))
                .collect(Collectors.joining());
        for (var view : SupcrtForm.View.values()) {
            String href = "/calculators/supcrt?show=" + view.key() + (current == null ? "" : rest);
            tabs.add(new Tab(view.title(), href, view == current));
        }
        return tabs;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static ReactionCards read(SupcrtForm typed, Database database) {
        var form = typed.form();
        var cards = ReactionCards.of(database, form.value(SupcrtForm.REACTIONS), typed.calories());
        cards.problems().forEach(problem -> form.reject(SupcrtForm.REACTIONS, problem));
        int most = typed.view() == SupcrtForm.View.CONTOUR ? MOST_CONTOURS : ReactionPlots.MOST_CURVES;
        if (cards.balanced().size() > most) {
            form.reject(
                    SupcrtForm.REACTIONS,
                    "are %d; at most %d can be shown at once"
                            .formatted(cards.balanced().size(), most));
        }
        return cards;
    }

    private void draw(
            Visitor visitor,
            SupcrtForm typed,
            Database database,
            List<Reaction> reactions,
            SupcrtCitations citations,
            Model model) {
        var plots = new ReactionPlots(typed);
        var about = about(database, typed.form().value("profile"), citations);
        switch (typed.view()) {
            case CONTOUR ->
                model.addAttribute(
                        "contours",
                        reactions.stream()
                                .map(plots::contour)
                                .map(c -> new ReactionPlots.Contour(c.plot().withAbout(about), c.map()))
                                .toList());
            case PHASES -> model.addAttribute("plot", plots.phases(reactions).withAbout(about));
            case TEMPERATURE, PRESSURE -> curves(visitor, typed, database, reactions, about, plots, model);
        }
    }

    private void curves(
            Visitor visitor,
            SupcrtForm typed,
            Database database,
            List<Reaction> reactions,
            List<String> about,
            ReactionPlots plots,
            Model model) {
        var lines = lines(visitor, typed, database, reactions);
        if (lines.isEmpty()) {
            return;
        }
        boolean two = lines.size() > 1;
        var tables = new ArrayList<ReactionTable>();
        var names = new ArrayList<String>();
        for (int r = 0; r < reactions.size(); r++) {
            for (Line line : lines) {
                var table = line.run().tables().get(r);
                tables.add(table);
                names.add(Equation.of(table.reaction())
                        + (two ? ", " + line.database().name() : ""));
            }
        }
        model.addAttribute("plot", plots.curves(tables, names, where(typed)).withAbout(about));
        model.addAttribute("files", !two && typed.view() == SupcrtForm.View.TEMPERATURE);
        if (two) {
            model.addAttribute("differences", differences(typed, lines, reactions));
        }
    }

    private List<Line> lines(Visitor visitor, SupcrtForm typed, Database database, List<Reaction> reactions) {
        var form = typed.form();
        var run = run(typed, database, reactions);
        if (run == null) {
            return List.of();
        }
        String second = form.value("database2");
        if (second.equals(SupcrtForm.NONE) || second.equals(database.name())) {
            return List.of(new Line(database, run));
        }
        var other = service.database(visitor.owner(), second);
        var cards = ReactionCards.of(other, form.value(SupcrtForm.REACTIONS), typed.calories());
        if (cards.balanced().size() != reactions.size()) {
            form.reject("database2", missing(cards, second));
            return List.of();
        }
        if (2 * reactions.size() > ReactionPlots.MOST_CURVES) {
            form.reject("database2", "compares at most 3 reactions at once");
            return List.of();
        }
        var beside = run(typed, other, cards.balanced());
        return beside == null ? List.of() : List.of(new Line(database, run), new Line(other, beside));
    }

    private static String missing(ReactionCards cards, String database) {
        return cards.problems().isEmpty()
                ? "A reaction is not balanced with the formulas of " + database
                : cards.problems().getFirst();
    }

    private static String where(SupcrtForm typed) {
        var form = typed.form();
        if (typed.view() == SupcrtForm.View.PRESSURE) {
            return "at " + form.value("temperature") + " " + typed.celsiusUnit().symbol();
        }
        return typed.heldBar() == null
                ? "along the saturation line of water"
                : "at " + form.value("pressure") + " " + typed.barUnit().symbol();
    }

    private static List<Difference> differences(SupcrtForm typed, List<Line> lines, List<Reaction> reactions) {
        var property = typed.property();
        var all = new ArrayList<Difference>();
        for (int r = 0; r < reactions.size(); r++) {
            var one = lines.get(0).run().tables().get(r);
            var other = lines.get(1).run().tables().get(r);
            int at = -1;
            double largest = 0;
            for (int i = 0; i < one.size(); i++) {
                double difference =
                        property.value(other, i, typed.calories()) - property.value(one, i, typed.calories());
                if (Double.isFinite(difference) && (at < 0 || Math.abs(difference) > Math.abs(largest))) {
                    largest = difference;
                    at = i;
                }
            }
            if (at >= 0) {
                all.add(new Difference(
                        Equation.of(reactions.get(r)),
                        largest == 0 ? "none" : Numbers.plain(Double.parseDouble("%.4g".formatted(largest))),
                        "%s %s, %s %s"
                                .formatted(
                                        Numbers.plain(typed.shownCelsius(
                                                one.conditions().celsius(at))),
                                        typed.celsiusUnit().symbol(),
                                        Numbers.plain(Math.round(typed.shownBar(
                                                                one.conditions().bar(at))
                                                        * 1e3)
                                                / 1e3),
                                        typed.barUnit().symbol())));
            }
        }
        return all;
    }

    /** The tables along a line of states; null if there are none, with the form saying why. */
    private @Nullable Run run(SupcrtForm typed, Database database, List<Reaction> reactions) {
        var form = typed.form();
        Grid grid;
        if (typed.view() == SupcrtForm.View.PRESSURE) {
            double step = typed.barUnit().convert(typed.number("p_step"), Unit.BAR);
            grid = new Grid.Uniform(
                    Grid.Axes.ISOTHERMS,
                    Range.single(typed.celsius("temperature")),
                    range(typed.bar("p_from"), typed.bar("p_to"), step));
        } else {
            var range = range(typed.celsius("from"), typed.celsius("to"), typed.number("step"));
            var pressure = typed.heldBar();
            grid = pressure == null
                    ? new Grid.Saturation(Grid.SaturationVariable.TEMPERATURE, range)
                    : new Grid.Uniform(Grid.Axes.ISOBARS, Range.single(pressure), range);
        }
        try {
            return service.run(database.name(), new Tabulation.Table(grid), reactions, typed.profile());
        } catch (ProblemException e) {
            form.reject(typed.view() == SupcrtForm.View.PRESSURE ? "p_to" : "to", e.detail());
            return null;
        }
    }

    /** The last step is left out rather than refused: a page is not the place to count. */
    private static Range range(double from, double to, double step) {
        return new Range(from, from + Math.floor((to - from) / step + 1e-9) * step, step);
    }

    private static String profile(ComputedPage computed) {
        return computed.typed().form().value("profile");
    }

    static List<String> about(Database database, String profile, SupcrtCitations citations) {
        String version = SupcrtPage.class.getPackage().getImplementationVersion();
        var lines = new ArrayList<>(List.of(
                "Colonnade " + Objects.requireNonNullElse(version, "development") + ", computed "
                        + Instant.now().truncatedTo(ChronoUnit.SECONDS),
                "database " + database.name()
                        + (database.name().equals(CuratedDatabase.NAME)
                                ? " " + CuratedDatabase.instance().version()
                                : "")
                        + ", profile " + profile));
        citations.lines().forEach(line -> lines.add("cite: " + line));
        return lines;
    }

    /** The balance of what is being typed, as a part of the page. */
    @GetMapping("/balance")
    String balance(Visitor visitor, HttpServletRequest request, Model model) {
        var typed = new SupcrtForm(request.getParameterMap(), databases.list(visitor.owner()));
        var database = service.database(visitor.owner(), typed.form().value("database"));
        model.addAttribute(
                "cards", ReactionCards.of(database, typed.form().value(SupcrtForm.REACTIONS), typed.calories()));
        model.addAttribute("tabs", tabs(request, typed.view()));
        model.addAttribute("layout", typed.layout());
        return "calculators/supcrt-parts :: balance";
    }

    /** Species of a database for a person who looks for a name. */
    record Found(String name, String formula, String kind) {}

    /** Species by name, formula or element, as a part of the page. */
    @GetMapping("/find")
    String find(
            Visitor visitor,
            @RequestParam(defaultValue = "") String find,
            @RequestParam(required = false) @Nullable String database,
            Model model) {
        var wanted = find.strip();
        var found = wanted.isEmpty()
                ? List.<Found>of()
                : SpeciesSearch.find(service.database(visitor.owner(), database), wanted).stream()
                        .limit(MOST_FOUND)
                        .map(s -> new Found(
                                s.name(), s.label().formula(), s.kind().name().toLowerCase(Locale.ROOT)))
                        .toList();
        model.addAttribute("found", found);
        model.addAttribute("wanted", wanted);
        return "calculators/supcrt-parts :: found";
    }

    @GetMapping("/{file:table\\.out|states\\.con|reactions\\.rxn}")
    ResponseEntity<String> file(Visitor visitor, HttpServletRequest request, @PathVariable String file) {
        var computed = computed(visitor, request);
        var run = requireLines(computed).getFirst().run();
        return CitationFile.attachment(
                switch (file) {
                    case "states.con" -> ConditionsFile.write(run.tabulation());
                    case "reactions.rxn" -> ReactionsFile.write(run.reactions());
                    default -> TableFile.write(run, "table", "");
                },
                "text/plain",
                file);
    }

    private record ComputedPage(SupcrtForm typed, List<Line> lines, SupcrtCitations citations) {}

    private ComputedPage computed(Visitor visitor, HttpServletRequest request) {
        var typed = new SupcrtForm(request.getParameterMap(), databases.list(visitor.owner()));
        Form form = typed.form();
        if (form.isValid()) {
            var database = service.database(visitor.owner(), form.value("database"));
            var cards = read(typed, database);
            if (form.isValid() && typed.isCurves() && !cards.balanced().isEmpty() && typed.rangesAscend()) {
                var lines = lines(visitor, typed, database, cards.balanced());
                if (!lines.isEmpty()) {
                    return new ComputedPage(typed, lines, SupcrtCitations.of(cards.balanced()));
                }
            }
            if (form.isValid() && !cards.balanced().isEmpty()) {
                return new ComputedPage(typed, List.of(), SupcrtCitations.of(cards.balanced()));
            }
        }
        throw form.isValid()
                ? ProblemException.notFound("There is no table for this input")
                : ProblemException.invalid(
                        form.getErrors().getFirst().field().name(),
                        form.getErrors().getFirst().message());
    }

    /** The numbers of the page with all digits, or the citations of what was used. */
    @GetMapping("/export")
    ResponseEntity<String> export(Visitor visitor, HttpServletRequest request, @RequestParam String format) {
        var computed = computed(visitor, request);
        return switch (format) {
            case "csv" -> CitationFile.attachment(csv(computed), "text/csv", "supcrt.csv");
            case "json" -> CitationFile.attachment(json(computed), "application/json", "supcrt.json");
            default ->
                CitationFile.of(computed.citations(), format)
                        .orElseThrow(
                                () -> ProblemException.invalid("format", "is none of csv, json, bibtex, ris, text"));
        };
    }

    private static String csv(ComputedPage computed) {
        var out = new StringBuilder();
        for (Line line : requireLines(computed)) {
            about(line.database(), profile(computed), computed.citations())
                    .forEach(words -> out.append("# ").append(words).append('\n'));
        }
        out.append("database,reaction,T_C,P_bar,rho_gcc,logK,dG_kJ,dH_kJ,dS_J_K,dCp_J_K,dV_J_bar,flag\n");
        for (Line line : computed.lines()) {
            for (var table : line.run().tables()) {
                for (int i = 0; i < table.size(); i++) {
                    row(out, line.database().name(), table, i);
                }
            }
        }
        return out.toString();
    }

    private static void row(StringBuilder out, String database, ReactionTable table, int i) {
        out.append(database).append(",\"").append(table.reaction().text()).append("\",");
        out.append(digits(table.conditions().celsius(i))).append(',');
        out.append(digits(table.conditions().bar(i))).append(',');
        out.append(digits(table.conditions().density(i))).append(',');
        for (var property : Property.values()) {
            out.append(digits(property.si(table, i))).append(',');
        }
        out.append(table.flag(i)).append('\n');
    }

    private static String digits(double value) {
        return Double.isFinite(value) ? Double.toString(value) : "";
    }

    private String json(ComputedPage computed) {
        var lines = requireLines(computed);
        return mapper.writeValueAsString(Map.of(
                "about",
                about(lines.getFirst().database(), profile(computed), computed.citations()),
                "data",
                lines.stream()
                        .map(line ->
                                SupcrtAnswers.grid(line.run(), computed.typed().profile()))
                        .toList()));
    }

    private static List<Line> requireLines(ComputedPage computed) {
        if (computed.lines().isEmpty()) {
            throw ProblemException.notFound("The numbers of this view stand in its table; its plot saves them as CSV");
        }
        return computed.lines();
    }
}
