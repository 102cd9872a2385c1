package org.colonnade.certification.pages;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.colonnade.certification.certify.Editing;
import org.colonnade.certification.certify.Lumisections;
import org.colonnade.certification.certify.Rights;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.configuration.Configurations;
import org.colonnade.certification.ledger.Author;
import org.colonnade.certification.ledger.Dataset;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.Family;
import org.colonnade.certification.ledger.History;
import org.colonnade.certification.ledger.Run;
import org.colonnade.certification.ledger.States;
import org.colonnade.certification.ledger.Summary;
import org.colonnade.certification.lumisection.Lane;
import org.colonnade.certification.lumisection.Lanes;
import org.colonnade.certification.pages.Moments.Moment;
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
import org.springframework.web.bind.annotation.ResponseBody;
import tools.jackson.databind.JsonNode;

/** Every component and every bit of a run over its lumisections: bars to look at, and a table that says the same. */
@Controller
class LumisectionPages {

    private static final String EVERYWHERE = "global";
    private static final int MOST_MERGED = 400;

    private final States states;
    private final History history;
    private final Configurations configurations;
    private final Rights rights;
    private final Editing editing;
    private final Moments moments;
    private final Changes changes;

    LumisectionPages(
            States states,
            History history,
            Configurations configurations,
            Rights rights,
            Editing editing,
            Moments moments,
            Changes changes) {
        this.states = states;
        this.history = history;
        this.configurations = configurations;
        this.rights = rights;
        this.editing = editing;
        this.moments = moments;
        this.changes = changes;
    }

    /** A stretch of a bar, as the browser draws it. */
    record Bar(int first, int last, String value, String look, String comment, String cause) {}

    /** One row of bars. */
    record Row(String name, String kind, boolean may, List<Bar> bars) {}

    /** All rows. */
    record Drawing(int length, List<Row> rows) {}

    /** A stretch over which no verdict changes, with those that are not good. */
    record Merged(String where, List<Named> values) {}

    record Named(String name, String value) {}

    /** One act on one component, as a bar over lumisections. */
    record Past(
            long version,
            Instant at,
            String author,
            String comment,
            boolean manual,
            String where,
            String value,
            double from,
            double width,
            String look) {}

    @GetMapping("/certification/runs/{number}/lumisections")
    String window(
            @PathVariable int number,
            @RequestParam(defaultValue = DatasetKey.ONLINE) String name,
            @RequestParam(required = false) @Nullable String asOf,
            @RequestParam(defaultValue = "") String component,
            Visitor visitor,
            Model model) {
        return show(
                new DatasetKey(number, name),
                moments.read(asOf),
                component,
                RunView.Typed.NOTHING,
                BitTyped.NOTHING,
                visitor,
                model);
    }

    /** What was typed into the form of bits. */
    record BitTyped(String bit, String ranges, String value, String comment) {

        static final BitTyped NOTHING = new BitTyped("", "", "", "");
    }

    private String show(
            DatasetKey key,
            Moment moment,
            String component,
            RunView.Typed typed,
            BitTyped bitTyped,
            Visitor visitor,
            Model model) {
        model.addAttribute("latest", changes.latest());
        Run run = run(key, moment);
        Dataset dataset = dataset(key, moment);
        Drawing drawing = drawing(run, dataset, moment, visitor);
        model.addAttribute("run", run);
        model.addAttribute("dataset", dataset);
        model.addAttribute("online", key.isOnline());
        model.addAttribute("names", history.datasetNames(key.run()));
        model.addAttribute("moment", moment);
        model.addAttribute("drawing", drawing);
        model.addAttribute("component", component);
        model.addAttribute("typed", typed);
        model.addAttribute("bitTyped", bitTyped);
        model.addAttribute("statuses", Lumisections.STATUSES);
        model.addAttribute(
                "judged",
                drawing.rows().stream()
                        .filter(r -> r.kind().equals("verdict") && r.may())
                        .toList());
        model.addAttribute(
                "bits",
                drawing.rows().stream().filter(r -> r.kind().equals("bit")).toList());
        model.addAttribute(
                "mayBits",
                moment.isNow() && editable(run, key) && rights.may(visitor, "lumisection.edit-oms", EVERYWHERE));
        List<Merged> merged = merged(dataset.verdicts());
        model.addAttribute("merged", merged.subList(0, Math.min(MOST_MERGED, merged.size())));
        model.addAttribute("mergedLeft", Math.max(0, merged.size() - MOST_MERGED));
        model.addAttribute("past", component.isEmpty() ? List.of() : past(key, component, drawing.length()));
        return "certification/lumisections";
    }

    private static boolean editable(Run run, DatasetKey key) {
        return !key.isOnline() || run.isOpen();
    }

    private Run run(DatasetKey key, Moment moment) {
        return states.run(key.run(), moment.version())
                .filter(r -> !r.deleted())
                .orElseThrow(() -> ProblemException.notFound("There is no run " + key.run()));
    }

    private Dataset dataset(DatasetKey key, Moment moment) {
        return states.dataset(key, moment.version())
                .filter(d -> !d.deleted())
                .orElseThrow(
                        () -> ProblemException.notFound("There is no dataset " + key.name() + " of run " + key.run()));
    }

    /** What the bars are drawn from. */
    @Hidden
    @GetMapping("/certification/runs/{number}/lumisections.json")
    @ResponseBody
    Drawing json(
            @PathVariable int number,
            @RequestParam(defaultValue = DatasetKey.ONLINE) String name,
            @RequestParam(required = false) @Nullable String asOf,
            Visitor visitor) {
        var key = new DatasetKey(number, name);
        Moment moment = moments.read(asOf);
        return drawing(run(key, moment), dataset(key, moment), moment, visitor);
    }

    private Drawing drawing(Run run, Dataset dataset, Moment moment, Visitor visitor) {
        var rows = new ArrayList<Row>();
        var components = new TreeSet<>(dataset.verdicts().keys());
        if (!components.isEmpty()) {
            components.addAll(configurations
                    .current()
                    .document()
                    .componentNames(dataset.key().isOnline() ? Configuration.ONLINE : Configuration.OFFLINE));
        }
        boolean editable = moment.isNow() && editable(run, dataset.key());
        for (String component : components) {
            var bars = new ArrayList<Bar>();
            for (Lane.Span span : dataset.verdicts().lane(component).spans()) {
                String status = Summary.status(span.value());
                bars.add(new Bar(
                        span.first(),
                        span.last(),
                        status,
                        Verdicts.look(status),
                        span.value().path("comment").asString(""),
                        span.value().path("cause").asString("")));
            }
            boolean may = editable && rights.may(visitor, "lumisection.edit", Configuration.workspaceOf(component));
            rows.add(new Row(component, "verdict", may, bars));
        }
        dataset.bits().byKey().forEach((bit, lane) -> {
            if (lane.spans().stream()
                    .allMatch(s -> s.value().isBoolean() || s.value().isNull())) {
                var bars = new ArrayList<Bar>();
                for (Lane.Span span : lane.spans()) {
                    String value =
                            span.value().isNull() ? "unknown" : span.value().booleanValue() ? "on" : "off";
                    String look = span.value().isNull() ? "null" : span.value().toString();
                    bars.add(new Bar(span.first(), span.last(), value, look, "", ""));
                }
                rows.add(new Row(bit, "bit", false, bars));
            }
        });
        return new Drawing(Math.max(dataset.bits().last(), dataset.length()), rows);
    }

    private static List<Merged> merged(Lanes verdicts) {
        var result = new ArrayList<Merged>();
        for (Lanes.Segment segment : verdicts.segments()) {
            var values = new ArrayList<Named>();
            segment.values().forEach((name, value) -> {
                if (!Summary.status(value).equals("GOOD")) {
                    values.add(new Named(name, RunHistory.value(value)));
                }
            });
            result.add(new Merged(
                    segment.first() == segment.last()
                            ? Integer.toString(segment.first())
                            : segment.first() + "–" + segment.last(),
                    values));
        }
        return result;
    }

    /** What one act says about neighbouring lumisections, though it says different things about other rows there. */
    private record Said(History.LumisectionEntry entry, int first, int last, JsonNode value) {

        boolean goesOn(History.LumisectionEntry next, JsonNode also) {
            return entry.version().version() == next.version().version()
                    && last + 1 == next.first()
                    && value.equals(also);
        }
    }

    /** Newest first. */
    private List<Past> past(DatasetKey key, String lane, int length) {
        var result = new ArrayList<Past>();
        for (Family family : Family.values()) {
            var said = new ArrayList<Said>();
            for (History.LumisectionEntry entry : history.ofLumisections(key, family)) {
                JsonNode value = entry.values().get(lane);
                if (value != null && !said.isEmpty() && said.getLast().goesOn(entry, value)) {
                    Said before = said.removeLast();
                    said.add(new Said(before.entry(), before.first(), entry.last(), value));
                } else if (value != null) {
                    said.add(new Said(entry, entry.first(), entry.last(), value));
                }
            }
            said.forEach(each -> result.add(past(each, family, length)));
        }
        return result.reversed();
    }

    private static Past past(Said said, Family family, int length) {
        JsonNode value = said.value();
        String look = family == Family.RR
                ? Verdicts.look(Summary.status(value))
                : value.isNull() ? "null" : value.asString("null");
        return new Past(
                said.entry().version().version(),
                said.entry().version().at(),
                said.entry().version().author(),
                said.entry().version().comment(),
                said.entry().manual(),
                said.first() == said.last() ? Integer.toString(said.first()) : said.first() + "–" + said.last(),
                RunHistory.value(value),
                100.0 * (said.first() - 1) / Math.max(1, length),
                Math.max(0.5, 100.0 * (said.last() - said.first() + 1) / Math.max(1, length)),
                look);
    }

    @PostMapping("/certification/runs/{number}/bit")
    String correct(
            @PathVariable int number,
            @RequestParam(defaultValue = DatasetKey.ONLINE) String name,
            @RequestParam(defaultValue = "") String bit,
            @RequestParam(name = "bit-ranges", defaultValue = "") String ranges,
            @RequestParam(defaultValue = "") String value,
            @RequestParam(name = "bit-comment", defaultValue = "") String comment,
            @RequestParam long seen,
            Visitor visitor,
            HttpServletResponse response,
            Model model) {
        rights.require(visitor, "lumisection.edit-oms", EVERYWHERE);
        var key = new DatasetKey(number, name);
        var typed = new BitTyped(bit, ranges, value, comment);
        String refusal;
        boolean conflict = false;
        try {
            editing.bits(
                    Author.person(visitor.name()),
                    key,
                    bit,
                    RangeText.parse(ranges),
                    value.equals("true"),
                    comment.strip(),
                    seen);
            return "redirect:" + RunPages.address(key, true, bit, "corrected");
        } catch (IllegalArgumentException e) {
            refusal = "Lumisections " + e.getMessage() + ".";
        } catch (ProblemException e) {
            if (e.type() == ProblemType.NOT_FOUND) {
                throw e;
            }
            refusal = e.detail();
            conflict = e.type() == ProblemType.CONFLICT;
        }
        response.setStatus((conflict ? ProblemType.CONFLICT : ProblemType.UNPROCESSABLE).status());
        model.addAttribute("refusal", refusal);
        model.addAttribute("conflict", conflict);
        return show(key, moments.read(null), bit, RunView.Typed.NOTHING, typed, visitor, model);
    }
}
