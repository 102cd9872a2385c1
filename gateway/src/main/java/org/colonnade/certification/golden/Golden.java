package org.colonnade.certification.golden;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import org.colonnade.certification.ledger.States;
import org.colonnade.certification.rule.Rule;
import org.colonnade.certification.rule.RuleException;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;
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
        return compute(rule, snapshot.version(), evaluations.evaluate(rule, snapshot.samples(), several), several);
    }

    /** What the file would be if something else were so; nothing is kept. */
    public File assuming(Rule rule, String names, long version, Several several, List<Assumption> assumptions) {
        Samples.Snapshot snapshot = load(names, version);
        List<Sample> assumed = snapshot.samples().parallelStream()
                .map(sample -> sample.assuming(assumptions))
                .toList();
        return compute(rule, snapshot.version(), Evaluations.evaluateOnce(rule, assumed, several), several);
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
        } catch (DataAccessException e) {
            throw new RuleException("Not a pattern of dataset names: " + names);
        }
    }

    private static File compute(Rule rule, long version, List<Contribution> contributions, Several several) {
        var tally = Tally.of(contributions, several);
        ObjectNode record = tally.record();
        record.put("runregistry_version", Long.toString(version));
        record.set("json_logic", rule.source());
        String digest = digest(tally.text());
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
}
