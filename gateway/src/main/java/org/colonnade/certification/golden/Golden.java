package org.colonnade.certification.golden;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.States;
import org.colonnade.certification.lumisection.Ranges;
import org.colonnade.certification.rule.Rule;
import org.colonnade.certification.rule.RuleException;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Computes golden JSON files. */
@Service
public class Golden {

    private static final int MAX_PATTERN = 500;

    private final Samples samples;
    private final Evaluations evaluations;

    Golden(Samples samples, Evaluations evaluations) {
        this.samples = samples;
        this.evaluations = evaluations;
    }

    /**
     * A file and everything that is told about it.
     *
     * @param version the state of the registry that was evaluated
     * @param record fields as the Run Registry names them
     * @param digest SHA-256 of the file's bytes, in hexadecimal digits
     */
    public record File(long version, ObjectNode record, String digest) {}

    /** As the registry stands now; several datasets of a run are united. */
    public File compute(Rule rule, String names) {
        return compute(rule, names, States.NOW, Several.UNION);
    }

    /** As the registry stood at a version; the same version always gives the same bytes. */
    public File compute(Rule rule, String names, long version) {
        return compute(rule, names, version, Several.UNION);
    }

    /**
     * @param version {@link States#NOW} for the present
     * @throws RuleException if the pattern is none, or a run has several datasets and that is to be refused
     */
    public File compute(Rule rule, String names, long version, Several several) {
        Samples.Snapshot snapshot = load(names, version);
        return compute(rule, snapshot.version(), evaluations.evaluate(rule, snapshot.samples()), several);
    }

    /** What the file would be if something else were so; nothing is kept. */
    public File assuming(Rule rule, String names, long version, Several several, List<Assumption> assumptions) {
        Samples.Snapshot snapshot = load(names, version);
        List<Evaluated> evaluated = snapshot.samples().parallelStream()
                .map(sample -> Evaluated.of(rule, sample.assuming(assumptions)))
                .toList();
        return compute(rule, snapshot.version(), evaluated, several);
    }

    /** Whether any dataset's whole name matches. */
    public boolean matchesAny(String names) {
        return !load(names, States.NOW).samples().isEmpty();
    }

    private Samples.Snapshot load(String names, long version) {
        if (names.length() > MAX_PATTERN) {
            throw new RuleException("The pattern of dataset names has more than " + MAX_PATTERN + " characters");
        }
        try {
            return version == States.NOW ? samples.now(names) : samples.asOf(names, version);
        } catch (DataAccessException e) {
            throw new RuleException("Not a pattern of dataset names: " + names);
        }
    }

    private static File compute(Rule rule, long version, List<Evaluated> evaluated, Several several) {
        var byRun = new TreeMap<Integer, List<Evaluated>>();
        evaluated.forEach(e -> byRun.computeIfAbsent(e.sample().key().run(), run -> new ArrayList<>())
                .add(e));
        var tally = new Tally(several);
        byRun.forEach(tally::add);
        ObjectNode record = tally.record(byRun);
        record.put("runregistry_version", Long.toString(version));
        record.set("json_logic", rule.source());
        String digest = digest(record.path("generated_json").toString());
        record.put("digest", digest);
        return new File(version, record, digest);
    }

    static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Adds up over runs; a lumisection that several datasets of a run hold counts once. */
    private static final class Tally {

        private final Several several;
        private final ObjectNode json = object();
        private final ObjectNode antiJson = object();
        private final ObjectNode named = object();
        private final ObjectNode antiNamed = object();
        private final ArrayNode warnings = JsonNodeFactory.instance.arrayNode();
        private final Map<String, Double> byLeaf = new LinkedHashMap<>();
        private final Map<String, Double> byCombination = new LinkedHashMap<>();
        private final ObjectNode responsible = object();
        private final ObjectNode lostBy = object();
        private double recorded;
        private double delivered;
        private double recordedGood;
        private double deliveredGood;

        Tally(Several several) {
            this.several = several;
        }

        void add(int run, List<Evaluated> datasets) {
            if (datasets.size() > 1) {
                warn(run, datasets);
            }
            Ranges good = datasets.getFirst().good();
            for (Evaluated each : datasets) {
                good = several == Several.INTERSECTION ? good.intersect(each.good()) : good.union(each.good());
            }
            Ranges counted = Ranges.NONE;
            Ranges countedGood = Ranges.NONE;
            for (Evaluated each : datasets) {
                Sample sample = each.sample();
                Ranges more = sample.domain().minus(counted);
                Ranges moreGood = each.good().intersect(good).minus(countedGood);
                recorded += sample.recorded(more);
                delivered += sample.delivered(more);
                recordedGood += sample.recorded(moreGood);
                deliveredGood += sample.delivered(moreGood);
                counted = counted.union(more);
                countedGood = countedGood.union(moreGood);
                put(named, sample.key().text(), each.good());
                put(antiNamed, sample.key().text(), each.bad());
                blame(each, good);
            }
            put(json, Integer.toString(run), good);
            put(antiJson, Integer.toString(run), counted.minus(good));
        }

        private void warn(int run, List<Evaluated> datasets) {
            String names = String.join(
                    ", ", datasets.stream().map(e -> e.sample().key().name()).toList());
            if (several == Several.REFUSE) {
                throw new RuleException("Run " + run + " has several datasets that match: " + names
                        + ". Narrow the pattern, or ask for their union or intersection");
            }
            String done = several == Several.UNION ? "united" : "intersected";
            warnings.add("Run " + run + " has several datasets, whose lumisections were " + done + ": " + names);
        }

        /** What another dataset of the run saved is nobody's loss. */
        private void blame(Evaluated each, Ranges saved) {
            DatasetKey key = each.sample().key();
            each.losses().forEach((leaves, ranges) -> {
                Ranges lost = ranges.minus(saved);
                if (lost.isEmpty()) {
                    return;
                }
                double luminosity = each.sample().recorded(lost);
                String combination = "[" + String.join(",", leaves) + "]";
                byCombination.merge(combination, luminosity, Double::sum);
                leaves.forEach(leaf -> byLeaf.merge(leaf, luminosity, Double::sum));
                ObjectNode of = responsible.path(combination) instanceof ObjectNode known
                        ? known
                        : responsible.putObject(combination);
                put(of, key.text(), lost);
                ObjectNode lostIn =
                        lostBy.path(combination) instanceof ObjectNode known ? known : lostBy.putObject(combination);
                lostIn.put(key.text(), luminosity);
            });
        }

        ObjectNode record(TreeMap<Integer, List<Evaluated>> byRun) {
            var record = object();
            record.set("generated_json", json);
            record.set("generated_json_with_dataset_names", named);
            record.set("generated_anti_json", antiJson);
            record.set("generated_anti_json_with_dataset_names", antiNamed);
            record.put("min_run_number", byRun.isEmpty() ? 0 : byRun.firstKey());
            record.put("max_run_number", byRun.isEmpty() ? 0 : byRun.lastKey());
            record.put("total_recorded_luminosity", recorded);
            record.put("total_delivered_luminosity", delivered);
            record.put("recorded_luminosity_in_json", recordedGood);
            record.put("delivered_luminosity_in_json", deliveredGood);
            record.put("total_recorded_luminosity_lost", recorded - recordedGood);
            record.put("total_delivered_luminosity_lost", delivered - deliveredGood);
            ObjectNode quantity = record.putObject("rules_flagged_false_quantity_luminosity");
            byLeaf.forEach(quantity::put);
            ObjectNode combination = record.putObject("rules_flagged_false_combination_luminosity");
            byCombination.forEach(combination::put);
            record.set("runs_lumisections_responsible_for_rule", responsible);
            record.set("runs_luminosity_lost_by_rule", lostBy);
            record.set("warnings", warnings);
            return record;
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
}
