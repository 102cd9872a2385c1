package org.colonnade.certification.pages;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.colonnade.certification.certify.Rights;
import org.colonnade.certification.golden.GoldenDifference;
import org.colonnade.certification.golden.GoldenRecords;
import org.colonnade.certification.golden.GoldenRecords.Stored;
import org.colonnade.certification.lumisection.Ranges;
import org.colonnade.certification.rule.Rule;
import org.colonnade.identity.Visitor;
import org.colonnade.jobs.Job;
import org.colonnade.jobs.Jobs;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Everything that the page of one golden JSON file shows. */
@Component
class GoldenView {

    private final GoldenRecords records;
    private final ObjectProvider<Jobs> jobs;
    private final Rights rights;

    GoldenView(GoldenRecords records, ObjectProvider<Jobs> jobs, Rights rights) {
        this.records = records;
        this.jobs = jobs;
        this.rights = rights;
    }

    /** Runs of the file. */
    record RunLine(String run, String ranges) {}

    /**
     * Something that the rule asks about a lumisection, of which one may assume that it was otherwise.
     *
     * @param verdict true for a component, false for a bit
     */
    record Assumable(String name, boolean verdict) {}

    Stored find(int id) {
        return records.find(id)
                .filter(s -> !s.deleted())
                .orElseThrow(() -> ProblemException.notFound("There is no golden JSON " + id));
    }

    Stored computed(int id) {
        Stored stored = find(id);
        if (stored.version() == null) {
            throw ProblemException.of(ProblemType.CONFLICT, "Golden JSON " + id + " has not been computed");
        }
        return stored;
    }

    String state(Stored stored) {
        return stored.record() != null
                ? "completed"
                : job(stored)
                        .map(j -> j.state().name().toLowerCase(Locale.ROOT))
                        .orElse("failed");
    }

    private Optional<Job> job(Stored stored) {
        return stored.job() == null ? Optional.empty() : jobs.getObject().find(stored.job());
    }

    String show(Stored stored, Visitor visitor, Model model) {
        model.addAttribute("stored", stored);
        model.addAttribute("state", state(stored));
        Job job = job(stored).orElse(null);
        model.addAttribute("job", job);
        boolean mine = stored.owner().equals(visitor.owner().value());
        model.addAttribute("mine", mine);
        model.addAttribute("mayDelete", mine || rights.may(visitor, "json.delete", Workspaces.GLOBAL));
        model.addAttribute("rule", pretty(stored.asked().rule()));
        JsonNode record = stored.record();
        model.addAttribute("record", record);
        if (record != null) {
            model.addAttribute("losses", Losses.of(record));
            model.addAttribute("plot", record.has(Losses.BY_RUN) ? Losses.byRun(record) : null);
            model.addAttribute("runs", runs(record.path("generated_json")));
            model.addAttribute("good", lumisections(record.path("generated_json")));
            model.addAttribute("bad", lumisections(record.path("generated_anti_json")));
            model.addAttribute(
                    "warnings",
                    record.path("warnings")
                            .valueStream()
                            .map(w -> w.asString(""))
                            .toList());
            var keys = new TreeSet<String>();
            keys.addAll(record.path("generated_json_with_dataset_names").propertyNames());
            keys.addAll(record.path("generated_anti_json_with_dataset_names").propertyNames());
            model.addAttribute("datasets", keys);
            model.addAttribute("assumable", assumable(stored));
        }
        return "certification/json";
    }

    private static List<RunLine> runs(JsonNode json) {
        var lines = new ArrayList<RunLine>();
        json.properties()
                .forEach(p -> lines.add(
                        new RunLine(p.getKey(), RangeText.write(GoldenDifference.ranges(p.getKey(), p.getValue())))));
        return lines;
    }

    static int lumisections(JsonNode json) {
        return GoldenDifference.read(json).values().stream()
                .mapToInt(Ranges::size)
                .sum();
    }

    static List<Assumable> assumable(Stored stored) {
        return Rule.compile(stored.asked().rule()).variables().stream()
                .filter(path -> path.size() == 3 && path.getFirst().equals("lumisection"))
                .map(path -> new Assumable(path.getLast(), path.get(1).equals("rr")))
                .sorted(Comparator.comparing(Assumable::name))
                .toList();
    }

    static String pretty(JsonNode rule) {
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(rule);
    }
}
