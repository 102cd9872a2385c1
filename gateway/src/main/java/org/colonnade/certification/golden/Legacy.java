package org.colonnade.certification.golden;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.colonnade.certification.lumisection.Ranges;
import org.colonnade.certification.rule.Facts;
import org.colonnade.certification.rule.Rule;
import org.colonnade.certification.rule.RuleException;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The older way of asking for golden JSON files, which other programs still use: a rule that itself says which dataset is
 * meant, with variables in any case, and {@code in} that knows no case where it is about the run. The rule is evaluated as
 * it is written, as all others are.
 */
@Service
public class Legacy {

    private static final Set<String> ALLOWED = Set.of("and", "or", "in", "==", ">=", "<=", "<", ">", "var");
    private static final int MAX_DEPTH = 300;

    private final Samples samples;

    Legacy(Samples samples) {
        this.samples = samples;
    }

    /** Ranges of the one dataset of each run that the rule means; possibly none of them. */
    private record Found(Sample sample, Ranges good) {}

    /** @throws RuleException if it is not such a rule, or means several datasets of one run */
    public ObjectNode generate(JsonNode source) {
        SortedMap<Integer, Found> found = find(source);
        var answer = object();
        ObjectNode json = answer.putObject("final_json");
        ObjectNode names = answer.putObject("dataset_in_run_in_json");
        ObjectNode named = answer.putObject("final_json_with_dataset_names");
        found.forEach((run, one) -> {
            names.put(Integer.toString(run), one.sample().key().name());
            put(json, Integer.toString(run), one.good());
            put(named, one.sample().key().text(), one.good());
        });
        return answer;
    }

    /** What the golden rule loses of the denominator's lumisections, and through which of its parts. */
    public ObjectNode losses(JsonNode goldenSource, JsonNode denominatorSource) {
        SortedMap<Integer, Found> golden = find(goldenSource);
        SortedMap<Integer, Found> denominator = find(denominatorSource);
        var judge = new Judge(Rule.compile(translated(goldenSource, 0)));
        double recorded = 0;
        double delivered = 0;
        var quantity = new LinkedHashMap<String, Integer>();
        var combination = new LinkedHashMap<String, Integer>();
        var quantityLuminosity = new LinkedHashMap<String, Double>();
        var combinationLuminosity = new LinkedHashMap<String, Double>();
        for (Map.Entry<Integer, Found> entry : denominator.entrySet()) {
            Found all = entry.getValue();
            Found kept = golden.get(entry.getKey());
            Ranges lost = all.good().minus(kept == null ? Ranges.NONE : kept.good());
            recorded += all.sample().recorded(lost);
            delivered += all.sample().delivered(lost);
            for (Map.Entry<Judge.Combination, Ranges> loss :
                    judge.judge(all.sample()).losses().entrySet()) {
                Ranges here = loss.getValue().intersect(lost);
                int count = all.sample().withLuminosity(here);
                double luminosity = all.sample().recorded(here);
                if (count == 0) {
                    continue;
                }
                combination.merge(loss.getKey().text(), count, Integer::sum);
                combinationLuminosity.merge(loss.getKey().text(), luminosity, Double::sum);
                for (String leaf : loss.getKey().leaves()) {
                    quantity.merge(leaf, count, Integer::sum);
                    quantityLuminosity.merge(leaf, luminosity, Double::sum);
                }
            }
        }
        var answer = object();
        answer.put("recorded_luminosity_lost", recorded).put("delivered_luminosity_lost", delivered);
        quantity.forEach(answer.putObject("rules_flagged_false_quantity")::put);
        combination.forEach(answer.putObject("rules_flagged_false_combination")::put);
        quantityLuminosity.forEach(answer.putObject("rules_flagged_false_quantity_luminosity")::put);
        combinationLuminosity.forEach(answer.putObject("rules_flagged_false_combination_luminosity")::put);
        return answer;
    }

    private SortedMap<Integer, Found> find(JsonNode source) {
        JsonNode translated = translated(source, 0);
        Rule rule = Rule.compile(translated);
        var leaves = new HashMap<JsonNode, Rule>();
        collect(translated, leaves);
        var found = new TreeMap<Integer, Found>();
        var judge = new Judge(rule);
        for (Evaluated each :
                samples.now("%").samples().parallelStream().map(judge::judge).toList()) {
            Sample sample = each.sample();
            if (each.good().isEmpty() && !qualifies(translated, leaves, sample)) {
                continue;
            }
            Found other = found.putIfAbsent(sample.key().run(), new Found(sample, each.good()));
            if (other != null) {
                throw new RuleException("There exists mutliple datasets for that json logic filter: run "
                        + sample.key().run() + " has " + other.sample().key().name() + " and "
                        + sample.key().name());
            }
        }
        return found;
    }

    /** A dataset is meant if each part of the rule that is about lumisections holds in some of them. */
    private static boolean qualifies(JsonNode rule, Map<JsonNode, Rule> leaves, Sample sample) {
        if (rule.path("and").isArray()) {
            return rule.path("and").valueStream().allMatch(part -> qualifies(part, leaves, sample));
        }
        if (rule.path("or").isArray()) {
            return rule.path("or").valueStream().anyMatch(part -> qualifies(part, leaves, sample));
        }
        Rule leaf = leaves.get(rule);
        return leaf == null
                ? Rule.compile(rule).holds(Facts.of(rule))
                : !Evaluated.of(leaf, sample).good().isEmpty();
    }

    private static void collect(JsonNode rule, Map<JsonNode, Rule> leaves) {
        if (rule.path("and").isArray()) {
            rule.path("and").forEach(part -> collect(part, leaves));
        } else if (rule.path("or").isArray()) {
            rule.path("or").forEach(part -> collect(part, leaves));
        } else if (rule.isObject()) {
            leaves.put(rule, Rule.compile(rule));
        }
    }

    private static JsonNode translated(JsonNode source, int depth) {
        if (depth > MAX_DEPTH) {
            throw new RuleException("The rule is nested more than " + MAX_DEPTH + " levels deep");
        }
        if (source.isArray()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            source.forEach(s -> list.add(translated(s, depth + 1)));
            return list;
        }
        if (!source.isObject()) {
            return source;
        }
        if (source.size() != 1) {
            throw new RuleException("Each part of the rule is an object with one operation");
        }
        Map.Entry<String, JsonNode> operation = source.properties().iterator().next();
        String symbol = operation.getKey().toLowerCase(Locale.ROOT);
        if (!ALLOWED.contains(symbol)) {
            throw new RuleException("The operation " + operation.getKey() + " is not one of "
                    + ALLOWED.stream().sorted().toList());
        }
        if (symbol.equals("var")) {
            return object().put("var", path(operation.getValue().asString("")));
        }
        JsonNode arguments = translated(operation.getValue(), depth + 1);
        boolean anyCase = symbol.equals("in") && isAboutRun(arguments);
        return object().set(anyCase ? "in_any_case" : symbol, arguments);
    }

    private static boolean isAboutRun(JsonNode arguments) {
        var paths = new ArrayList<String>();
        arguments.forEach(a -> paths.add(a.path("var").asString("")));
        return paths.stream().anyMatch(p -> p.startsWith("run."));
    }

    private static String path(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals("dataset.run_number")) {
            return "run.run_number";
        }
        String attributes = "dataset.dataset_attributes.";
        return lower.startsWith(attributes) ? "dataset." + lower.substring(attributes.length()) : lower;
    }

    private static void put(ObjectNode into, String key, Ranges ranges) {
        if (!ranges.isEmpty()) {
            ArrayNode pairs = into.putArray(key);
            ranges.toPairs().forEach(p -> pairs.addArray().add(p[0]).add(p[1]));
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
