package org.colonnade.certification.certify;

import java.util.List;
import java.util.Map;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.configuration.Configurations;
import org.colonnade.certification.configuration.RuleBook;
import org.colonnade.certification.ledger.Author;
import org.colonnade.certification.ledger.Dataset;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.Draft;
import org.colonnade.certification.ledger.Family;
import org.colonnade.certification.ledger.Ledger;
import org.colonnade.certification.ledger.Run;
import org.colonnade.certification.lumisection.Lane;
import org.colonnade.certification.lumisection.Lanes;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What people say about ranges of lumisections. */
@Service
public class Lumisections {

    public static final List<String> STATUSES = List.of("GOOD", "BAD", "STANDBY", "EXCLUDED", "NOTSET");

    private static final int MIN_COMMENT = 3;
    private static final int MAX_TEXT = 10_000;

    private final Ledger ledger;
    private final Configurations configurations;

    Lumisections(Ledger ledger, Configurations configurations) {
        this.ledger = ledger;
        this.configurations = configurations;
    }

    /**
     * A verdict on one component.
     *
     * @param seen the version of the dataset that the author looked at; null to write in any case
     */
    public record Verdict(
            DatasetKey dataset,
            String component,
            int first,
            int last,
            String status,
            String comment,
            String cause,
            @Nullable Long seen) {}

    /** What was written. */
    public record Edited(long event, DatasetKey dataset) {}

    public Edited edit(Author author, Verdict verdict) {
        if (!STATUSES.contains(verdict.status())) {
            throw Refused.invalid("The status must be one of " + String.join(", ", STATUSES));
        }
        if (verdict.status().equals("BAD") && verdict.comment().strip().length() < MIN_COMMENT) {
            throw Refused.invalid("A comment of at least 3 characters is required when the status is BAD");
        }
        requireShort(verdict.comment());
        requireShort(verdict.cause());
        String comment = "Edit run " + verdict.dataset().run() + " lumisections of a dataset "
                + verdict.dataset().name() + " for component " + verdict.component();
        return ledger.write(author, comment, draft -> {
            Dataset dataset = editable(draft, verdict.dataset(), verdict.first(), verdict.last(), verdict.seen());
            if (!dataset.verdicts().keys().contains(verdict.component())
                    && !configurations
                            .current()
                            .document()
                            .componentNames(verdict.dataset().isOnline() ? Configuration.ONLINE : Configuration.OFFLINE)
                            .contains(verdict.component())) {
                throw Refused.invalid("There is no component " + verdict.component());
            }
            JsonNode triplet = RuleBook.triplet(verdict.status(), verdict.comment(), verdict.cause());
            return write(
                    draft, verdict.dataset(), Family.RR, verdict.component(), verdict.first(), verdict.last(), triplet);
        });
    }

    /**
     * Corrects one bit of the detector.
     *
     * @param seen the version of the dataset that the author looked at; null to write in any case
     */
    public Edited editBit(
            Author author,
            DatasetKey key,
            String bit,
            int first,
            int last,
            boolean value,
            String comment,
            @Nullable Long seen) {
        if (comment.strip().length() < MIN_COMMENT) {
            throw Refused.invalid("A comment of at least 3 characters is required");
        }
        requireShort(comment);
        String why = "Edit run " + key.run() + " OMS lumisections of a dataset " + key.name() + " for bit " + bit + ": "
                + comment;
        return ledger.write(author, why, draft -> {
            Dataset dataset = editable(draft, key, first, last, seen);
            Lane lane = dataset.bits().lane(bit);
            if (lane.where(v -> v.isBoolean() || v.isNull()).isEmpty()) {
                throw Refused.invalid("There is no bit " + bit);
            }
            return write(draft, key, Family.OMS, bit, first, last, JsonNodeFactory.instance.booleanNode(value));
        });
    }

    private static Edited write(
            Draft draft, DatasetKey key, Family family, String lane, int first, int last, JsonNode value) {
        long event = draft.setLumisections(key, family, Lanes.of(Map.of(lane, Lane.of(first, last, value))));
        return new Edited(event, key);
    }

    private static Dataset editable(Draft draft, DatasetKey key, int first, int last, @Nullable Long seen) {
        if (first > last) {
            throw Refused.invalid("The range ends at lumisection " + last + ", before it starts at " + first);
        }
        Run run = draft.run(key.run()).orElseThrow(Refused::noRun);
        Dataset dataset = draft.dataset(key).orElseThrow(Refused::noDataset);
        Seen.require(seen, dataset.version(), "Dataset " + key.name() + " of run " + key.run());
        if (key.isOnline()) {
            Runs.requireOpen(run, "edited");
        }
        int length = Math.max(dataset.bits().last(), dataset.length());
        if (first < 1 || last > length) {
            throw Refused.invalid("The range " + first + " to " + last + " is not within lumisections 1 to " + length);
        }
        return dataset;
    }

    private static void requireShort(String text) {
        if (text.length() > MAX_TEXT) {
            throw Refused.invalid("A comment or cause has at most " + MAX_TEXT + " characters");
        }
    }
}
