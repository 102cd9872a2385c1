package org.colonnade.certification.pages;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.colonnade.certification.certify.Datasets;
import org.colonnade.certification.certify.Lumisections;
import org.colonnade.certification.certify.Rights;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.configuration.Configurations;
import org.colonnade.certification.ledger.Dataset;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.History;
import org.colonnade.certification.ledger.Run;
import org.colonnade.certification.ledger.States;
import org.colonnade.certification.ledger.Summary;
import org.colonnade.certification.lumisection.Lane;
import org.colonnade.certification.lumisection.Ranges;
import org.colonnade.certification.pages.Moments.Moment;
import org.colonnade.identity.Visitor;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Everything that the page of a run or one of its datasets shows, also when something that was asked there is refused. */
@Component
class RunView {

    /** Attributes that people set. */
    static final List<String> ATTRIBUTES = List.of("class", "stop_reason", "short_run");

    private static final String EVERYWHERE = "global";

    private final States states;
    private final History history;
    private final RunHistory acts;
    private final Configurations configurations;
    private final Rights rights;
    private final Moments moments;
    private final Changes changes;

    RunView(
            States states,
            History history,
            RunHistory acts,
            Configurations configurations,
            Rights rights,
            Moments moments,
            Changes changes) {
        this.states = states;
        this.history = history;
        this.acts = acts;
        this.configurations = configurations;
        this.rights = rights;
        this.moments = moments;
        this.changes = changes;
    }

    /** One component over all lumisections. */
    record Judged(String name, Verdicts verdicts, List<Stretch> stretches, boolean may) {}

    /** Lumisections with one verdict. */
    record Stretch(String status, String ranges, String comment, String cause) {}

    /** A dataset of the run with its states by workspace. */
    record Sibling(String name, boolean online, Map<String, String> states) {}

    /** What was typed into the form of verdicts. */
    record Typed(
            List<String> components,
            String ranges,
            String status,
            String comment,
            String cause,
            @Nullable String error) {

        static final Typed NOTHING = new Typed(List.of(), "", "", "", "", null);
    }

    String show(DatasetKey key, Moment moment, Typed typed, Visitor visitor, Model model) {
        model.addAttribute("latest", changes.latest());
        Run run = states.run(key.run(), moment.version())
                .filter(r -> !r.deleted())
                .orElseThrow(() -> ProblemException.notFound(
                        "There is no run " + key.run() + (moment.isNow() ? "" : " as of then")));
        Dataset dataset = states.dataset(key, moment.version())
                .filter(d -> !d.deleted())
                .orElseThrow(() -> ProblemException.notFound("There is no dataset " + key.name() + " of run "
                        + key.run() + (moment.isNow() ? "" : " as of then")));
        Configuration configuration = configurations.current().document();
        String area = key.isOnline() ? Configuration.ONLINE : Configuration.OFFLINE;
        boolean editable = moment.isNow() && (!key.isOnline() || run.isOpen());
        List<Judged> components = components(dataset, configuration.componentNames(area), visitor, editable);
        model.addAttribute("run", run);
        model.addAttribute("dataset", dataset);
        model.addAttribute("online", key.isOnline());
        model.addAttribute("seen", Math.max(run.version(), dataset.version()));
        model.addAttribute("moment", moment);
        model.addAttribute("components", components);
        model.addAttribute("length", Math.max(dataset.bits().last(), dataset.length()));
        model.addAttribute("recorded", Summary.luminosity(dataset.bits(), "recorded"));
        model.addAttribute("delivered", Summary.luminosity(dataset.bits(), "delivered"));
        model.addAttribute("started", Cell.time(run.oms().path("start_time").asString("")));
        model.addAttribute("ended", Cell.time(run.oms().path("end_time").asString("")));
        model.addAttribute("siblings", siblings(key.run(), moment.version()));
        model.addAttribute("acts", acts.of(key.run()));
        model.addAttribute("typed", typed);
        model.addAttribute("statuses", Lumisections.STATUSES);
        model.addAttribute(
                "classes",
                new TreeSet<>(configuration.classes().stream()
                        .map(Configuration.ClassRule::runClass)
                        .toList()));
        model.addAttribute("facts", facts(run.oms()));
        model.addAttribute("workspaceStates", key.isOnline() ? Map.of() : workspaceStates(dataset, visitor, moment));
        model.addAttribute(
                "datasetStates", List.of(Datasets.WAITING, "OPEN", "SIGNOFF", "COMPLETED", Datasets.NOT_SIGNIFICANT));
        rights(visitor, moment, components, model);
        if (!model.containsAttribute("attributes")) {
            var values = new LinkedHashMap<String, String>();
            ATTRIBUTES.forEach(a -> values.put(a, run.rr().path(a).asString("")));
            model.addAttribute("attributes", values);
        }
        return "certification/run";
    }

    private void rights(Visitor visitor, Moment moment, List<Judged> components, Model model) {
        boolean now = moment.isNow();
        model.addAttribute("mayMove", now && rights.may(visitor, "run.move", EVERYWHERE));
        model.addAttribute("mayMark", now && rights.may(visitor, "run.significant", EVERYWHERE));
        model.addAttribute("mayRefresh", now && rights.may(visitor, "run.refresh", EVERYWHERE));
        model.addAttribute("mayReset", now && rights.may(visitor, "run.reset", EVERYWHERE));
        model.addAttribute("mayUndo", now && rights.may(visitor, "version.undo", EVERYWHERE));
        model.addAttribute("mayDelete", now && rights.may(visitor, "registry.delete-run", EVERYWHERE));
        model.addAttribute("mayJudge", components.stream().anyMatch(Judged::may));
        model.addAttribute(
                "mayEdit",
                ATTRIBUTES.stream()
                        .filter(a -> now && rights.may(visitor, "run." + a, EVERYWHERE))
                        .toList());
    }

    private List<Judged> components(Dataset dataset, List<String> configured, Visitor visitor, boolean editable) {
        var names = new TreeSet<>(dataset.verdicts().keys());
        if (!dataset.verdicts().isEmpty()) {
            names.addAll(configured);
        }
        JsonNode summary = Summary.ofVerdicts(dataset.verdicts());
        var result = new ArrayList<Judged>();
        for (String name : names) {
            result.add(new Judged(
                    name,
                    Verdicts.of(summary.path(name)),
                    stretches(dataset.verdicts().lane(name)),
                    editable && rights.may(visitor, "lumisection.edit", Configuration.workspaceOf(name))));
        }
        return result;
    }

    /** By verdict, the most important first. */
    static List<Stretch> stretches(Lane lane) {
        var byVerdict = new LinkedHashMap<JsonNode, Ranges.Builder>();
        for (Lane.Span span : lane.spans()) {
            byVerdict.computeIfAbsent(span.value(), key -> new Ranges.Builder()).add(span.first(), span.last());
        }
        var result = new ArrayList<Stretch>();
        byVerdict.forEach((verdict, ranges) -> result.add(new Stretch(
                Summary.status(verdict),
                RangeText.write(ranges.build()),
                verdict.path("comment").asString(""),
                verdict.path("cause").asString(""))));
        result.sort((a, b) ->
                Integer.compare(Verdicts.IMPORTANCE.indexOf(a.status()), Verdicts.IMPORTANCE.indexOf(b.status())));
        return result;
    }

    private List<Sibling> siblings(int run, long version) {
        var result = new ArrayList<Sibling>();
        for (String name : history.datasetNames(run)) {
            states.dataset(new DatasetKey(run, name), version)
                    .filter(d -> !d.deleted())
                    .ifPresent(d -> result.add(new Sibling(name, d.key().isOnline(), statesOf(d))));
        }
        return result;
    }

    private static Map<String, String> statesOf(Dataset dataset) {
        var result = new TreeMap<String, String>();
        dataset.attributes().properties().forEach(p -> {
            if (p.getKey().endsWith("_state")) {
                result.put(
                        p.getKey().substring(0, p.getKey().length() - "_state".length()),
                        p.getValue().asString(""));
            }
        });
        return result;
    }

    /** A workspace's state, and whether the visitor may change it. */
    record WorkspaceState(String state, boolean may) {}

    private Map<String, WorkspaceState> workspaceStates(Dataset dataset, Visitor visitor, Moment moment) {
        var result = new LinkedHashMap<String, WorkspaceState>();
        statesOf(dataset)
                .forEach((workspace, state) -> result.put(
                        workspace,
                        new WorkspaceState(state, moment.isNow() && rights.may(visitor, "dataset.move", workspace))));
        return result;
    }

    private static Map<String, String> facts(ObjectNode oms) {
        var result = new TreeMap<String, String>();
        oms.properties().forEach(p -> {
            String text = RunHistory.value(p.getValue());
            result.put(p.getKey(), p.getValue().isObject() ? p.getValue().toString() : text);
        });
        return result;
    }

    /** The page again, with why nothing was changed; what was typed is still there. */
    String refused(
            DatasetKey key, String sentence, Typed typed, Visitor visitor, HttpServletResponse response, Model model) {
        response.setStatus(ProblemType.UNPROCESSABLE.status());
        model.addAttribute("refusal", sentence);
        return show(key, moments.read(null), typed, visitor, model);
    }

    /** Says what others did since; nothing typed is lost, and sending it again writes it on top of theirs. */
    String conflict(
            DatasetKey key,
            ProblemException problem,
            long seen,
            Typed typed,
            Visitor visitor,
            HttpServletResponse response,
            Model model) {
        if (problem.type() == ProblemType.NOT_FOUND) {
            throw problem;
        }
        String page = refused(key, problem.detail(), typed, visitor, response, model);
        if (problem.type() == ProblemType.CONFLICT) {
            response.setStatus(ProblemType.CONFLICT.status());
            model.addAttribute("meanwhile", acts.since(key.run(), seen));
        }
        return page;
    }
}
