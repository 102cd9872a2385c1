package org.colonnade.certification.pages;

import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.colonnade.certification.certify.Rights;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.configuration.Configurations;
import org.colonnade.certification.cycle.Cycle;
import org.colonnade.certification.cycle.Cycles;
import org.colonnade.certification.golden.Explaining;
import org.colonnade.certification.golden.Golden;
import org.colonnade.certification.golden.GoldenRecords;
import org.colonnade.certification.golden.GoldenRecords.Asked;
import org.colonnade.certification.golden.GoldenRecords.Stored;
import org.colonnade.certification.golden.GoldenRecords.Whose;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.lumisection.Ranges;
import org.colonnade.certification.rule.Rule;
import org.colonnade.certification.rule.RuleException;
import org.colonnade.identity.Visitor;
import org.colonnade.jobs.Job;
import org.colonnade.jobs.Jobs;
import org.colonnade.web.JobPage;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Golden JSON: asking for one, watching it being made, and everything that can be asked about it afterwards. */
@Controller
class GoldenPages {

    private static final int PAGE = 10;
    private static final int MOST_RULE = 200_000;

    private final GoldenRecords records;
    private final Golden golden;
    private final Explaining explaining;
    private final Cycles cycles;
    private final Configurations configurations;
    private final ObjectProvider<Jobs> jobs;
    private final JdbcClient jdbc;
    private final Rights rights;

    GoldenPages(
            GoldenRecords records,
            Golden golden,
            Explaining explaining,
            Cycles cycles,
            Configurations configurations,
            ObjectProvider<Jobs> jobs,
            JdbcClient jdbc,
            Rights rights) {
        this.records = records;
        this.golden = golden;
        this.explaining = explaining;
        this.cycles = cycles;
        this.configurations = configurations;
        this.jobs = jobs;
        this.jdbc = jdbc;
        this.rights = rights;
    }

    /** Where the pages about work lead. */
    @org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
    static class Work {

        @Bean
        JobPage goldenJson() {
            return new JobPage("golden-json", "Golden JSON", "/certification/json/of/{id}", null);
        }
    }

    /** One file of the list. */
    record Line(Stored stored, String state, double recorded, int runs) {}

    /** Runs of the file. */
    record RunLine(String run, String ranges) {}

    @GetMapping("/certification/json")
    String list(
            @RequestParam(defaultValue = "all") String whose,
            @RequestParam(required = false) @Nullable Integer before,
            Visitor visitor,
            Model model) {
        Whose which;
        try {
            which = Whose.of(whose);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("whose", "is one of all, official and by_email");
        }
        List<Stored> found = records.list(which, visitor.owner(), before);
        model.addAttribute("lines", found.stream().map(this::line).toList());
        model.addAttribute("whose", whose);
        model.addAttribute("first", before == null);
        model.addAttribute(
                "before", found.size() < PAGE ? null : found.getLast().id());
        return "certification/jsons";
    }

    private Line line(Stored stored) {
        JsonNode record = stored.record();
        return new Line(
                stored,
                state(stored),
                record == null ? 0 : record.path("recorded_luminosity_in_json").asDouble(0),
                record == null ? 0 : record.path("generated_json").size());
    }

    private String state(Stored stored) {
        return stored.record() != null
                ? "completed"
                : job(stored)
                        .map(j -> j.state().name().toLowerCase(Locale.ROOT))
                        .orElse("failed");
    }

    private Optional<Job> job(Stored stored) {
        return stored.job() == null ? Optional.empty() : jobs.getObject().find(stored.job());
    }

    /** What was typed. */
    record Typed(String rule, String names, String cycle, String tags, boolean official) {}

    @GetMapping("/certification/json/new")
    String form(
            @RequestParam(defaultValue = "") String rule,
            @RequestParam(defaultValue = "") String names,
            @RequestParam(defaultValue = "") String cycle,
            @RequestParam(defaultValue = "") String tags,
            @RequestParam(defaultValue = "0") int stored,
            @RequestParam(defaultValue = "0") int from,
            @RequestParam(name = "good", required = false) @Nullable List<String> good,
            @RequestParam(name = "on", required = false) @Nullable List<String> on,
            Visitor visitor,
            Model model) {
        String text = rule;
        String pattern = names;
        Configuration document = configurations.current().document();
        if (good != null || on != null) {
            text = pretty(composed(good == null ? List.of() : good, on == null ? List.of() : on));
        } else if (stored > 0) {
            text = document.goldenRules().stream()
                    .filter(r -> r.id() == stored)
                    .findFirst()
                    .map(r -> pretty(r.rule()))
                    .orElse(rule);
        } else if (from > 0) {
            Stored earlier = find(from);
            text = pretty(earlier.asked().rule());
            pattern = earlier.asked().names();
        }
        return form(new Typed(text, pattern, cycle, tags, false), null, visitor, model);
    }

    private String form(Typed typed, @Nullable String refusal, Visitor visitor, Model model) {
        Configuration document = configurations.current().document();
        model.addAttribute("typed", typed);
        model.addAttribute("refusal", refusal);
        model.addAttribute("stored", document.goldenRules());
        model.addAttribute("components", new TreeSet<>(document.componentNames(Configuration.OFFLINE)));
        model.addAttribute("bits", bits());
        model.addAttribute(
                "names", jdbc.sql("""
                                select name from certification.dataset
                                where not deleted group by name order by name <> 'online' desc, count(*) desc limit 100
                                """).query((rs, n) -> rs.getString(1)).list());
        model.addAttribute("cycles", cycles.all(Workspaces.GLOBAL));
        model.addAttribute("mayOfficial", rights.may(visitor, "json.official", Workspaces.GLOBAL));
        model.addAttribute("check", typed.rule().isBlank() ? null : check(typed.rule(), typed.names()));
        return "certification/json-new";
    }

    private List<String> bits() {
        return jdbc.sql("""
                        select dcs_summary::text
                        from certification.dataset
                        where name = 'online' and not deleted
                        order by run_number desc
                        limit 1
                        """)
                .query((rs, n) -> rs.getString(1))
                .optional()
                .map(text -> JsonMapper.shared().readTree(text).propertyNames().stream()
                        .filter(name -> !name.equals("ls_duration"))
                        .sorted()
                        .toList())
                .orElse(List.of());
    }

    /** All these components good, and all these bits on. */
    private static JsonNode composed(List<String> good, List<String> on) {
        ObjectNode rule = JsonNodeFactory.instance.objectNode();
        ArrayNode parts = rule.putArray("and");
        good.forEach(c -> equal(parts, "lumisection.rr." + c).add("GOOD"));
        on.forEach(b -> equal(parts, "lumisection.oms." + b).add(true));
        return rule;
    }

    private static ArrayNode equal(ArrayNode parts, String variable) {
        ArrayNode two = parts.addObject().putArray("==");
        two.addObject().put("var", variable);
        return two;
    }

    private static String pretty(JsonNode rule) {
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(rule);
    }

    /** Whether a rule and a choice of datasets can be used. */
    record Check(boolean good, String sentence, List<String> reads) {}

    /** What the editor says while somebody types. */
    @GetMapping("/certification/json/check")
    String check(
            @RequestParam(defaultValue = "") String rule, @RequestParam(defaultValue = "") String names, Model model) {
        model.addAttribute("check", rule.isBlank() ? null : check(rule, names));
        return "certification/json-parts :: check";
    }

    private Check check(String text, String names) {
        try {
            if (text.length() > MOST_RULE) {
                throw new RuleException("The rule has more than " + MOST_RULE + " characters");
            }
            Rule rule = Rule.parse(text);
            List<String> reads = rule.variables().stream()
                    .map(path -> String.join(".", path))
                    .sorted()
                    .toList();
            if (!names.isBlank() && !golden.matchesAny(names)) {
                return new Check(false, "The rule is fine, but no dataset has such a name.", reads);
            }
            return new Check(true, "The rule can be used" + (names.isBlank() ? "." : ", and datasets match."), reads);
        } catch (RuleException e) {
            return new Check(false, String.valueOf(e.getMessage()), List.of());
        }
    }

    @PostMapping("/certification/json")
    String submit(
            @RequestParam(defaultValue = "") String rule,
            @RequestParam(defaultValue = "") String names,
            @RequestParam(defaultValue = "") String cycle,
            @RequestParam(defaultValue = "") String tags,
            @RequestParam(defaultValue = "false") boolean official,
            Visitor visitor,
            HttpServletResponse response,
            Model model) {
        if (official) {
            rights.require(visitor, "json.official", Workspaces.GLOBAL);
        }
        var typed = new Typed(rule, names, cycle, tags, official);
        try {
            Asked asked = asked(typed);
            if (!golden.matchesAny(asked.names())) {
                throw new RuleException("No datasets matched that dataset name");
            }
            Rule.compile(asked.rule());
            return "redirect:/certification/json/"
                    + records.submit(visitor, asked).id();
        } catch (RuleException e) {
            response.setStatus(ProblemType.UNPROCESSABLE.status());
            return form(typed, e.getMessage(), visitor, model);
        }
    }

    /** A cycle is its datasets' names, and its runs as a part of the rule. */
    private Asked asked(Typed typed) {
        JsonNode rule;
        try {
            rule = JsonMapper.shared().readTree(typed.rule());
        } catch (JacksonException e) {
            throw new RuleException("The rule is not JSON");
        }
        if (rule.isMissingNode() || (rule.isObject() && rule.isEmpty())) {
            throw new RuleException("The rule is empty");
        }
        if (typed.cycle().matches("\\d{1,9}")) {
            Cycle cycle = cycles.get(Integer.parseInt(typed.cycle()));
            var names = new TreeSet<String>();
            var runs = new TreeSet<Integer>();
            cycle.datasets().forEach(k -> {
                names.add(escaped(k.name()));
                runs.add(k.run());
            });
            ObjectNode both = JsonNodeFactory.instance.objectNode();
            ArrayNode parts = both.putArray("and");
            ArrayNode in = parts.addObject().putArray("in");
            in.addObject().put("var", "run.run_number");
            runs.forEach(in.addArray()::add);
            parts.add(rule);
            return new Asked(both, "(" + String.join("|", names) + ")", typed.tags(), typed.official());
        }
        if (typed.names().isBlank()) {
            throw new RuleException("Choose datasets by a name, or a cycle");
        }
        return new Asked(rule, typed.names().strip(), typed.tags(), typed.official());
    }

    private static String escaped(String name) {
        return name.replaceAll("([\\\\%_|*+?{}()\\[\\]])", "\\\\$1");
    }

    private Stored find(int id) {
        return records.find(id)
                .filter(s -> !s.deleted())
                .orElseThrow(() -> ProblemException.notFound("There is no golden JSON " + id));
    }

    @GetMapping("/certification/json/of/{job}")
    String ofJob(@PathVariable String job) {
        int id = jdbc.sql("select id from certification.golden_json where job::text = :job")
                .param("job", job)
                .query((rs, n) -> rs.getInt(1))
                .optional()
                .orElseThrow(() -> ProblemException.notFound("There is no such golden JSON"));
        return "redirect:/certification/json/" + id;
    }

    @GetMapping("/certification/json/{id}")
    String record(@PathVariable int id, Visitor visitor, Model model) {
        return show(find(id), visitor, model);
    }

    private String show(Stored stored, Visitor visitor, Model model) {
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
            model.addAttribute("plot", Losses.byRun(record));
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
        json.properties().forEach(p -> lines.add(new RunLine(p.getKey(), RangeText.write(ranges(p.getValue())))));
        return lines;
    }

    private static Ranges ranges(JsonNode pairs) {
        return Ranges.of(pairs.valueStream()
                .map(p -> new int[] {p.path(0).asInt(1), p.path(1).asInt(1)})
                .toList());
    }

    private static int lumisections(JsonNode json) {
        return json.valueStream().mapToInt(pairs -> ranges(pairs).size()).sum();
    }

    private static List<String> assumable(Stored stored) {
        return Rule.compile(stored.asked().rule()).variables().stream()
                .filter(path -> path.size() == 3 && path.getFirst().equals("lumisection"))
                .map(List::getLast)
                .sorted()
                .toList();
    }

    /** The file itself, byte for byte what its digest was taken of. */
    @GetMapping("/certification/json/{id}/file")
    ResponseEntity<byte[]> file(@PathVariable int id, @RequestParam(defaultValue = "golden") String part) {
        JsonNode record = find(id).record();
        if (record == null) {
            throw ProblemException.of(ProblemType.CONFLICT, "Golden JSON " + id + " has not been computed");
        }
        String name = switch (part) {
            case "golden" -> "generated_json";
            case "anti" -> "generated_anti_json";
            case "datasets" -> "generated_json_with_dataset_names";
            case "record" -> "";
            default -> throw ProblemException.invalid("part", "is one of golden, anti, datasets and record");
        };
        JsonNode content = name.isEmpty() ? record : record.path(name);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + part + "-" + id + ".json\"")
                .body(content.toString().getBytes(StandardCharsets.UTF_8));
    }

    @PostMapping("/certification/json/{id}/delete")
    String delete(@PathVariable int id, Visitor visitor) {
        Stored stored = find(id);
        if (!stored.owner().equals(visitor.owner().value())) {
            rights.require(visitor, "json.delete", Workspaces.GLOBAL);
        }
        records.delete(id);
        return "redirect:/certification/json?done=deleted";
    }

    /** Whether making it again gives the same bytes. */
    @GetMapping("/certification/json/{id}/again")
    String again(@PathVariable int id, Visitor visitor, Model model) {
        Stored stored = computed(id);
        Golden.File file = golden.compute(
                Rule.compile(stored.asked().rule()), stored.asked().names(), Objects.requireNonNull(stored.version()));
        model.addAttribute("again", file.digest());
        model.addAttribute("same", file.digest().equals(stored.digest()));
        return show(stored, visitor, model);
    }

    private Stored computed(int id) {
        Stored stored = find(id);
        if (stored.version() == null) {
            throw ProblemException.of(ProblemType.CONFLICT, "Golden JSON " + id + " has not been computed");
        }
        return stored;
    }

    /** Why one lumisection is in the file, or not. */
    @GetMapping("/certification/json/{id}/why")
    String why(
            @PathVariable int id,
            @RequestParam(defaultValue = "") String dataset,
            @RequestParam(defaultValue = "") String lumisection,
            Visitor visitor,
            Model model) {
        Stored stored = computed(id);
        model.addAttribute("whyDataset", dataset);
        model.addAttribute("whyLumisection", lumisection);
        if (!lumisection.matches("[1-9]\\d{0,6}")) {
            model.addAttribute("whyError", "A lumisection is a whole number from 1.");
        } else {
            DatasetKey key = OfflinePages.key(dataset);
            Explaining.Explanation explanation = explaining.explain(
                    Rule.compile(stored.asked().rule()),
                    key,
                    Objects.requireNonNull(stored.version()),
                    Integer.parseInt(lumisection));
            model.addAttribute("explanation", explanation);
            model.addAttribute(
                    "failed",
                    explanation.failed().stream()
                            .map(f -> Losses.words(JsonMapper.shared().readTree(f)))
                            .toList());
            model.addAttribute("document", pretty(explanation.document()));
        }
        return show(stored, visitor, model);
    }

    /** How much more there would be if these components and bits had been as the rule wants them. */
    @GetMapping("/certification/json/{id}/what-if")
    String whatIf(
            @PathVariable int id,
            @RequestParam(name = "fine", required = false) @Nullable List<String> fine,
            Visitor visitor,
            Model model) {
        Stored stored = computed(id);
        List<String> assumed = fine == null ? List.of() : fine;
        model.addAttribute("assumed", assumed);
        if (!assumed.isEmpty()) {
            JsonNode rule = assume(stored.asked().rule(), assumed);
            Golden.File file = golden.compute(
                    Rule.compile(rule), stored.asked().names(), Objects.requireNonNull(stored.version()));
            double now = Objects.requireNonNull(stored.record())
                    .path("recorded_luminosity_in_json")
                    .asDouble(0);
            double then = file.record().path("recorded_luminosity_in_json").asDouble(0);
            model.addAttribute("thenRecorded", then);
            model.addAttribute("gained", then - now);
            model.addAttribute(
                    "gainedLumisections",
                    lumisections(file.record().path("generated_json"))
                            - lumisections(stored.record().path("generated_json")));
        }
        return show(stored, visitor, model);
    }

    /** The rule with every comparison of one of these read as true. */
    private static JsonNode assume(JsonNode rule, List<String> names) {
        if (rule.isObject()) {
            if (rule.size() == 1) {
                JsonNode operands = rule.properties().iterator().next().getValue();
                boolean compares = !List.of("and", "or", "if", "!")
                        .contains(rule.propertyNames().iterator().next());
                if (compares
                        && operands.isArray()
                        && operands.valueStream()
                                .anyMatch(o -> names.contains(last(o.path("var").asString(""))))) {
                    return JsonNodeFactory.instance.booleanNode(true);
                }
            }
            ObjectNode result = JsonNodeFactory.instance.objectNode();
            rule.properties().forEach(p -> result.set(p.getKey(), assume(p.getValue(), names)));
            return result;
        }
        if (rule.isArray()) {
            ArrayNode result = JsonNodeFactory.instance.arrayNode();
            rule.forEach(r -> result.add(assume(r, names)));
            return result;
        }
        return rule;
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** Lumisections that one of two files has and the other has not. */
    record Differing(String run, String before, String after) {}

    @GetMapping("/certification/json/difference")
    String difference(
            @RequestParam(defaultValue = "") String from, @RequestParam(defaultValue = "") String to, Model model) {
        model.addAttribute("from", from);
        model.addAttribute("to", to);
        if (from.matches("\\d{1,9}") && to.matches("\\d{1,9}")) {
            Stored one = computed(Integer.parseInt(from));
            Stored other = computed(Integer.parseInt(to));
            JsonNode before = Objects.requireNonNull(one.record()).path("generated_json");
            JsonNode after = Objects.requireNonNull(other.record()).path("generated_json");
            var runs = new TreeSet<>(before.propertyNames());
            runs.addAll(after.propertyNames());
            var lines = new ArrayList<Differing>();
            for (String run : runs) {
                Ranges old = before.has(run) ? ranges(before.path(run)) : Ranges.NONE;
                Ranges now = after.has(run) ? ranges(after.path(run)) : Ranges.NONE;
                if (!old.equals(now)) {
                    lines.add(new Differing(run, RangeText.write(old.minus(now)), RangeText.write(now.minus(old))));
                }
            }
            model.addAttribute("lines", lines);
            model.addAttribute("one", one);
            model.addAttribute("other", other);
            model.addAttribute(
                    "gained",
                    other.record().path("recorded_luminosity_in_json").asDouble(0)
                            - one.record().path("recorded_luminosity_in_json").asDouble(0));
        }
        return "certification/json-difference";
    }
}
