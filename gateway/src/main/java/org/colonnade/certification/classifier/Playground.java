package org.colonnade.certification.classifier;

import java.util.ArrayList;
import java.util.List;
import org.colonnade.certification.certify.OmsReading;
import org.colonnade.certification.configuration.LumisectionFacts;
import org.colonnade.certification.ledger.Dataset;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.Run;
import org.colonnade.certification.ledger.States;
import org.colonnade.certification.ledger.Summary;
import org.colonnade.certification.lumisection.Lanes;
import org.colonnade.certification.lumisection.Ranges;
import org.colonnade.certification.rule.Facts;
import org.colonnade.certification.rule.Rule;
import org.colonnade.web.ProblemException;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Evaluates a rule on data that are there, and shows why it holds or not. Nothing is written. */
@Service
public class Playground {

    private final States states;

    Playground(States states) {
        this.states = states;
    }

    /** On what a rule is evaluated. */
    public enum Kind {
        /** Class and significance: attributes of the run, and bits of all its lumisections together. */
        RUN,
        /** A status online: attributes of the run, and over them the bits of the lumisection. */
        ONLINE,
        /** A status offline: {@code run}, {@code lumisection.oms}, and whole verdicts in {@code lumisection.rr}. */
        OFFLINE,
        /** A golden JSON file: the same with {@code dataset}, and statuses in {@code lumisection.rr}. */
        GOLDEN
    }

    /** @param ranges where the rule holds */
    public record Tested(int lumisections, Ranges ranges) {}

    /** Where in a dataset the rule holds; a rule about the whole run holds everywhere or nowhere. */
    public Tested test(Rule rule, Kind kind, DatasetKey key) {
        Dataset dataset = dataset(key);
        Run run = run(key.run());
        int length = Math.max(dataset.length(), dataset.bits().last());
        if (kind == Kind.RUN) {
            boolean holds = rule.holds(Facts.of(OmsReading.runDocument(run.oms(), dataset.bits(), run.rr())));
            return new Tested(length, holds && length > 0 ? Ranges.of(1, length) : Ranges.NONE);
        }
        LumisectionFacts facts = facts(kind, dataset, run);
        var holds = new Ranges.Builder();
        for (int[] stretch : facts.stretches(List.of(rule), length)) {
            if (rule.holds(facts.at(stretch[0]))) {
                holds.add(stretch[0], stretch[1]);
            }
        }
        return new Tested(length, holds.build());
    }

    /** What rules about whole runs may ask about this one. */
    public ObjectNode runDocument(int number) {
        Run run = run(number);
        Lanes bits = states.dataset(DatasetKey.online(number), States.NOW)
                .map(Dataset::bits)
                .orElse(Lanes.NONE);
        return OmsReading.runDocument(run.oms(), bits, run.rr());
    }

    /** What a rule of the kind may ask about one lumisection. */
    public JsonNode document(Kind kind, DatasetKey key, int lumisection) {
        if (kind == Kind.RUN) {
            return runDocument(key.run());
        }
        Dataset dataset = dataset(key);
        int length = Math.max(dataset.length(), dataset.bits().last());
        if (lumisection < 1 || lumisection > length) {
            throw ProblemException.notFound(
                    "There is no lumisection " + lumisection + " in this dataset, which has " + length);
        }
        return facts(kind, dataset, run(key.run())).at(lumisection).all();
    }

    /** The rule's parts with their values; of {@code {"if":[condition, …]}} those in the list. */
    public static ArrayNode explain(JsonNode rule, JsonNode document) {
        var parts = new ArrayList<JsonNode>();
        if (rule.path("if").isArray()) {
            rule.path("if").forEach(parts::add);
        } else {
            parts.add(rule);
        }
        Facts facts = Facts.of(document);
        var result = JsonNodeFactory.instance.arrayNode();
        parts.forEach(part -> result.add(Rule.compile(part).explain(facts)));
        return result;
    }

    private static LumisectionFacts facts(Kind kind, Dataset dataset, Run run) {
        if (kind == Kind.ONLINE) {
            ObjectNode flat = run.oms().deepCopy();
            flat.remove("beams_present_and_stable");
            flat.setAll(run.rr());
            return LumisectionFacts.flat(flat, dataset.bits());
        }
        var constant = JsonNodeFactory.instance.objectNode();
        ObjectNode nested = constant.putObject("run");
        nested.set("oms", run.oms());
        nested.set("rr", run.rr());
        if (kind == Kind.OFFLINE) {
            return LumisectionFacts.nested(Facts.of(constant), dataset.bits(), dataset.verdicts());
        }
        nested.put("run_number", run.number());
        ObjectNode own = dataset.attributes().deepCopy();
        own.put("name", dataset.key().name());
        constant.set("dataset", own);
        return LumisectionFacts.nested(
                Facts.of(constant), dataset.bits(), dataset.verdicts().map(Summary::statusOnly));
    }

    private Run run(int number) {
        return states.run(number, States.NOW)
                .filter(r -> !r.deleted())
                .orElseThrow(() -> ProblemException.notFound("Run not found"));
    }

    private Dataset dataset(DatasetKey key) {
        return states.dataset(key, States.NOW)
                .filter(d -> !d.deleted())
                .orElseThrow(() -> ProblemException.notFound("Dataset not found"));
    }
}
