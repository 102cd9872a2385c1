package org.colonnade.certification.golden;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.colonnade.certification.configuration.LumisectionFacts;
import org.colonnade.certification.ledger.Dataset;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.Run;
import org.colonnade.certification.ledger.Summary;
import org.colonnade.certification.lumisection.Lane;
import org.colonnade.certification.lumisection.Lanes;
import org.colonnade.certification.lumisection.LanesJson;
import org.colonnade.certification.lumisection.Ranges;
import org.colonnade.certification.rule.Facts;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A dataset prepared for the evaluation of rules: verdicts reduced to their status, luminosity summed up from the first
 * lumisection so that a range costs two look-ups. Immutable.
 */
final class Sample {

    private static final Function<byte[], Lanes> STATUSES = LanesJson.reader(1024, Summary::statusOnly);
    // What a machine reports is booleans and numbers; the few texts and objects among them are not shared between
    // samples.
    private static final int VALUES = 16;

    private final DatasetKey key;
    private final long version;
    private final int length;
    private final Ranges domain;
    private final Ranges all;
    private final Constants constants;
    private final Lanes bits;
    private final Lanes verdicts;
    private final LumisectionFacts facts;
    private final Integrated recorded;
    private final Integrated delivered;

    /** @param version changes whenever anything that a rule may ask about does */
    Sample(Dataset dataset, Run run, long version) {
        this(
                dataset.key(),
                version,
                new Constants(
                        dataset.key(),
                        new Document(dataset::attributes),
                        new Document(run::oms),
                        new Document(run::rr)),
                dataset.bits(),
                dataset.verdicts().map(Summary::statusOnly));
    }

    /** The same from what the ledger's projection holds, JSON in UTF-8. */
    static Sample of(Constants constants, long version, byte[] bits, byte[] verdicts) {
        return new Sample(
                constants.key(),
                version,
                constants,
                LanesJson.reader(VALUES, value -> value).apply(bits),
                STATUSES.apply(verdicts));
    }

    private Sample(DatasetKey key, long version, Constants constants, Lanes bits, Lanes verdicts) {
        this.key = key;
        this.version = version;
        this.constants = constants;
        this.bits = bits;
        this.verdicts = verdicts;
        this.domain = bits.extent().intersect(verdicts.extent());
        this.facts = LumisectionFacts.nested(constants, bits, verdicts);
        this.length = Math.max(bits.last(), verdicts.last());
        this.all = length == 0 ? Ranges.NONE : Ranges.of(1, length);
        this.recorded = new Integrated(bits.lane("recorded"));
        this.delivered = new Integrated(bits.lane("delivered"));
    }

    /** The same dataset, if what is assumed were so. */
    Sample assuming(List<Assumption> assumptions) {
        Lanes otherBits = bits;
        Lanes otherVerdicts = verdicts;
        for (Assumption assumption : assumptions) {
            if (assumption.verdict()) {
                otherVerdicts = assumption.over(otherVerdicts, key.run(), length());
            } else {
                otherBits = assumption.over(otherBits, key.run(), length());
            }
        }
        return new Sample(key, version, constants, otherBits, otherVerdicts);
    }

    /** What holds for all lumisections of a dataset. Most rules read little of it. */
    record Constants(DatasetKey key, Document attributes, Document runOms, Document runRr) implements Facts {

        @Override
        public @Nullable JsonNode find(List<String> path) {
            if (path.size() > 1 && path.getFirst().equals("run")) {
                return switch (path.get(1)) {
                    case "oms" -> Facts.descend(runOms.get(), path, 2);
                    case "rr" -> Facts.descend(runRr.get(), path, 2);
                    case "run_number" -> Facts.descend(IntNode.valueOf(key.run()), path, 2);
                    default -> null;
                };
            }
            if (path.size() > 1 && path.getFirst().equals("dataset")) {
                return path.get(1).equals("name")
                        ? Facts.descend(StringNode.valueOf(key.name()), path, 2)
                        : Facts.descend(attributes.get(), path, 1);
            }
            return Facts.descend(all(), path, 0);
        }

        @Override
        public ObjectNode all() {
            var document = JsonNodeFactory.instance.objectNode();
            document.set("dataset", attributes.get().deepCopy().put("name", key.name()));
            ObjectNode run = document.putObject("run");
            run.set("oms", runOms.get());
            run.set("rr", runRr.get());
            run.put("run_number", key.run());
            return document;
        }
    }

    /** Made when it is first asked for; of what is forgotten then. */
    static final class Document {

        private volatile Supplier<ObjectNode> source;

        Document(Supplier<ObjectNode> source) {
            this.source = source;
        }

        /** @param json in UTF-8 */
        static Document of(byte[] json) {
            return new Document(() -> (ObjectNode) JsonMapper.shared().readTree(json));
        }

        ObjectNode get() {
            Supplier<ObjectNode> known = source;
            if (known instanceof Made) {
                return known.get();
            }
            ObjectNode made = known.get();
            source = new Made(made);
            return made;
        }

        private record Made(ObjectNode object) implements Supplier<ObjectNode> {

            @Override
            public ObjectNode get() {
                return object;
            }
        }
    }

    DatasetKey key() {
        return key;
    }

    long version() {
        return version;
    }

    /** Lumisections that have both a verdict and bits. */
    Ranges domain() {
        return domain;
    }

    /** Every lumisection there is. */
    Ranges all() {
        return all;
    }

    LumisectionFacts facts() {
        return facts;
    }

    /** What a path finds in each lumisection; null unless it is one lane, or never changes. */
    @Nullable
    Lane lane(List<String> path) {
        if (path.getFirst().equals("lumisection")) {
            return facts.lane(path);
        }
        JsonNode value = constants.find(path);
        return value == null || all.isEmpty() ? Lane.EMPTY : Lane.of(1, length, value);
    }

    int length() {
        return length;
    }

    /** In 1/pb. */
    double recorded(Ranges in) {
        return recorded.over(in);
    }

    /** In 1/pb. */
    double delivered(Ranges in) {
        return delivered.over(in);
    }

    /** In how many of the lumisections anything was recorded. */
    int withLuminosity(Ranges in) {
        return recorded.count(in);
    }
}
