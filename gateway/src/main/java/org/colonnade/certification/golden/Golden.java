package org.colonnade.certification.golden;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.colonnade.certification.ledger.States;
import org.colonnade.certification.rule.Rule;
import org.colonnade.certification.rule.RuleException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
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

    /** A file and everything that is told about it. */
    public static final class File {

        private final long version;
        private final int firstRun;
        private final int lastRun;
        private final double recorded;
        private final Pieces json;
        private final Pieces told;
        private final String digest;

        private File(Rule rule, Samples.Snapshot snapshot, Tally tally) {
            version = snapshot.version();
            firstRun = snapshot.firstRun();
            lastRun = snapshot.lastRun();
            recorded = tally.recordedGood();
            json = tally.file();
            var digesting = CompletableFuture.supplyAsync(json::digest);
            told = new Pieces().open();
            tally.tell(told);
            told.add("\"min_run_number\"", Integer.toString(firstRun))
                    .add("\"max_run_number\"", Integer.toString(lastRun))
                    .add("\"runregistry_version\"", Members.quoted(Long.toString(version)))
                    .add("\"json_logic\"", rule.source().toString());
            digest = digesting.join();
            told.add("\"digest\"", Members.quoted(digest)).close();
        }

        /** The state of the registry that was evaluated. */
        public long version() {
            return version;
        }

        /** The first run of which a dataset matched; 0 if none did. */
        int firstRun() {
            return firstRun;
        }

        /** The last one; 0 if none did. */
        int lastRun() {
            return lastRun;
        }

        /** Recorded luminosity in the file in 1/pb. */
        public double recorded() {
            return recorded;
        }

        /** SHA-256 of the file's bytes, in hexadecimal digits. */
        public String digest() {
            return digest;
        }

        /** The file itself, parsed anew. */
        public JsonNode ranges() {
            return JsonMapper.shared().readTree(json.toString());
        }

        /** Everything that is told about it as a JSON object, fields as the Run Registry names them. */
        public String told() {
            return told.toString();
        }

        /** The same, parsed anew. */
        public ObjectNode record() {
            return (ObjectNode) JsonMapper.shared().readTree(told());
        }
    }

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
        return new File(rule, snapshot, new Tally(evaluations.evaluate(rule, snapshot.blocks(), several), several));
    }

    /** What the file would be if something else were so; nothing is kept. */
    public File assuming(Rule rule, String names, long version, Several several, List<Assumption> assumptions) {
        Samples.Snapshot snapshot = load(names, version);
        List<Sample> assumed = snapshot.samples().parallelStream()
                .map(sample -> sample.assuming(assumptions))
                .toList();
        return new File(
                rule, snapshot, new Tally(Evaluations.evaluateOnce(rule, Block.all(assumed), several), several));
    }

    /** Whether any dataset's whole name matches. */
    public boolean matchesAny(String names) {
        return understood(names, () -> samples.any(names));
    }

    private Samples.Snapshot load(String names, long version) {
        return understood(names, () -> version == States.NOW ? samples.now(names) : samples.asOf(names, version));
    }

    private static <T> T understood(String names, Supplier<T> work) {
        if (names.length() > MAX_PATTERN) {
            throw new RuleException("The pattern of dataset names has more than " + MAX_PATTERN + " characters");
        }
        try {
            return work.get();
        } catch (DataIntegrityViolationException e) {
            throw new RuleException("Not a pattern of dataset names: " + names);
        }
    }
}
