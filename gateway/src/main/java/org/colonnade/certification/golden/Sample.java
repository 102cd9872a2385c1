package org.colonnade.certification.golden;

import java.util.List;
import java.util.TreeMap;
import org.colonnade.certification.configuration.LumisectionFacts;
import org.colonnade.certification.ledger.Dataset;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.Run;
import org.colonnade.certification.ledger.Summary;
import org.colonnade.certification.lumisection.Lane;
import org.colonnade.certification.lumisection.Lanes;
import org.colonnade.certification.lumisection.Ranges;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A dataset prepared for the evaluation of rules: verdicts reduced to their status, luminosity summed up from the first
 * lumisection so that a range costs two look-ups. Immutable.
 */
final class Sample {

    private final DatasetKey key;
    private final long version;
    private final Ranges domain;
    private final ObjectNode document;
    private final Lanes bits;
    private final Lanes verdicts;
    private final LumisectionFacts facts;
    private final double[] recorded;
    private final double[] delivered;

    /** @param version changes whenever anything that a rule may ask about does */
    Sample(Dataset dataset, Run run, long version) {
        this(dataset.key(), version, document(dataset, run), dataset.bits(), statuses(dataset.verdicts()));
    }

    private Sample(DatasetKey key, long version, ObjectNode document, Lanes bits, Lanes verdicts) {
        this.key = key;
        this.version = version;
        this.document = document;
        this.bits = bits;
        this.verdicts = verdicts;
        this.domain = bits.extent().intersect(verdicts.extent());
        this.facts = LumisectionFacts.nested(document, bits, verdicts, v -> v);
        int length = Math.max(bits.last(), verdicts.last());
        this.recorded = sums(bits.lane("recorded"), length);
        this.delivered = sums(bits.lane("delivered"), length);
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
        return new Sample(key, version, document, otherBits, otherVerdicts);
    }

    private static ObjectNode document(Dataset dataset, Run run) {
        var document = JsonNodeFactory.instance.objectNode();
        ObjectNode own = dataset.attributes().deepCopy();
        own.put("name", dataset.key().name());
        document.set("dataset", own);
        ObjectNode nested = document.putObject("run");
        nested.set("oms", run.oms());
        nested.set("rr", run.rr());
        nested.put("run_number", run.number());
        return document;
    }

    private static Lanes statuses(Lanes verdicts) {
        var result = new TreeMap<String, Lane>();
        verdicts.byKey().forEach((component, lane) -> {
            var statuses = new Lane.Builder();
            for (Lane.Span span : lane.spans()) {
                JsonNode status = StringNode.valueOf(Summary.status(span.value()));
                statuses.add(span.first(), span.last(), status);
            }
            result.put(component, statuses.build());
        });
        return Lanes.of(result);
    }

    private static double[] sums(Lane lane, int length) {
        var sums = new double[length + 1];
        for (Lane.Span span : lane.spans()) {
            double value = Summary.luminosity(span.value());
            for (int ls = span.first(); ls <= Math.min(span.last(), length); ls++) {
                sums[ls] = value;
            }
        }
        for (int ls = 1; ls <= length; ls++) {
            sums[ls] += sums[ls - 1];
        }
        return sums;
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
        return length() == 0 ? Ranges.NONE : Ranges.of(1, length());
    }

    LumisectionFacts facts() {
        return facts;
    }

    int length() {
        return recorded.length - 1;
    }

    /** In 1/pb. */
    double recorded(Ranges in) {
        return sum(recorded, in);
    }

    /** In 1/pb. */
    double delivered(Ranges in) {
        return sum(delivered, in);
    }

    /** In how many of the lumisections anything was recorded. */
    int withLuminosity(Ranges in) {
        int count = 0;
        for (int i = 0; i < in.count(); i++) {
            for (int ls = in.first(i); ls <= in.last(i); ls++) {
                count += recorded[ls] > recorded[ls - 1] ? 1 : 0;
            }
        }
        return count;
    }

    private static double sum(double[] sums, Ranges in) {
        double sum = 0;
        for (int i = 0; i < in.count(); i++) {
            sum += sums[in.last(i)] - sums[in.first(i) - 1];
        }
        return sum;
    }
}
