package org.colonnade.certification.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.States;
import org.colonnade.certification.lumisection.Ranges;
import org.colonnade.certification.rule.RuleException;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;

/** What is known about the lumisections that a golden JSON file names. */
@Service
public class GoldenData {

    /** How many lumisections are shown in full at once. */
    public static final int MAX_LUMISECTIONS = 20_000;

    private final Samples samples;

    GoldenData(Samples samples) {
        this.samples = samples;
    }

    /** In 1/pb. */
    public record Luminosity(double recorded, double delivered) {

        Luminosity plus(Luminosity other) {
            return new Luminosity(recorded + other.recorded, delivered + other.delivered);
        }
    }

    /** @param json ranges by {@code run-dataset} */
    public static SortedMap<DatasetKey, Ranges> read(JsonNode json) {
        if (!json.isObject()) {
            throw new RuleException(
                    "An object is expected, such as {\"400001-/PromptReco/Collisions2026A/DQM\":[[1,3]]}");
        }
        var result = new TreeMap<DatasetKey, Ranges>();
        json.properties().forEach(p -> {
            int dash = p.getKey().indexOf('-');
            String run = dash < 0 ? p.getKey() : p.getKey().substring(0, dash);
            if (dash < 0 || !run.matches("\\d{1,9}")) {
                throw new RuleException("\"" + p.getKey() + "\" is not a run and a dataset such as 400001-online");
            }
            result.put(
                    new DatasetKey(Integer.parseInt(run), p.getKey().substring(dash + 1)),
                    GoldenDifference.ranges(run, p.getValue()));
        });
        return result;
    }

    /** What is not known counts nothing. */
    public SortedMap<DatasetKey, Luminosity> luminosity(Map<DatasetKey, Ranges> of) {
        var result = new TreeMap<DatasetKey, Luminosity>();
        List<DatasetKey> keys = new ArrayList<>(of.keySet());
        samples.of(keys).forEach((key, sample) -> {
            Ranges ranges = of.getOrDefault(key, Ranges.NONE).intersect(sample.all());
            result.put(key, new Luminosity(sample.recorded(ranges), sample.delivered(ranges)));
        });
        return result;
    }

    /** Of the runs' own datasets together. */
    public Luminosity luminosityOfRuns(Map<Integer, Ranges> of) {
        var keys = new TreeMap<DatasetKey, Ranges>();
        of.forEach((run, ranges) -> keys.put(DatasetKey.online(run), ranges));
        return luminosity(keys).values().stream().reduce(new Luminosity(0, 0), Luminosity::plus);
    }

    /** The documents that rules about golden JSON files read, by lumisection. */
    public SortedMap<DatasetKey, SortedMap<Integer, JsonNode>> documents(Map<DatasetKey, Ranges> of) {
        int wanted = of.values().stream().mapToInt(Ranges::size).sum();
        if (wanted > MAX_LUMISECTIONS) {
            throw new RuleException("At most " + MAX_LUMISECTIONS + " lumisections are shown at once, not " + wanted);
        }
        var result = new TreeMap<DatasetKey, SortedMap<Integer, JsonNode>>();
        samples.of(new ArrayList<>(of.keySet())).forEach((key, sample) -> {
            var documents = new TreeMap<Integer, JsonNode>();
            Ranges ranges = of.getOrDefault(key, Ranges.NONE).intersect(sample.all());
            for (int[] range : ranges.toPairs()) {
                for (int ls = range[0]; ls <= range[1]; ls++) {
                    documents.put(ls, sample.facts().at(ls).all());
                }
            }
            result.put(key, documents);
        });
        return result;
    }

    /**
     * What a rule saw in one lumisection.
     *
     * @param version of the registry; {@link States#NOW} for the present
     * @throws RuleException if the dataset did not hold the lumisection then
     */
    public JsonNode document(DatasetKey key, int lumisection, long version) {
        Sample sample = samples.one(key, version)
                .orElseThrow(() -> new RuleException("There was no dataset " + key.name() + " of run " + key.run()));
        if (!sample.all().contains(lumisection)) {
            throw new RuleException("There was no lumisection " + lumisection + " in dataset " + key.text());
        }
        return sample.facts().at(lumisection).all();
    }
}
