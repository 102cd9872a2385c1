package org.colonnade.certification.certify;

import java.util.List;
import java.util.Map;
import org.colonnade.certification.ledger.Author;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.Ledger;
import org.colonnade.certification.lumisection.Ranges;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What somebody says at once is written as a whole or not at all. */
@Service
public class Editing {

    private final Runs runs;
    private final Lumisections lumisections;
    private final Ledger ledger;

    Editing(Runs runs, Lumisections lumisections, Ledger ledger) {
        this.runs = runs;
        this.lumisections = lumisections;
        this.ledger = ledger;
    }

    /** @param seen the run's version that the author looked at; null to write in any case */
    public void attributes(Author author, int run, Map<String, JsonNode> values, @Nullable Long seen) {
        together(() -> {
            Long expected = seen;
            for (Map.Entry<String, JsonNode> value : values.entrySet()) {
                ObjectNode body = JsonNodeFactory.instance.objectNode();
                body.set(value.getKey(), value.getValue());
                runs.edit(author, run, value.getKey(), body, expected);
                expected = null;
            }
        });
    }

    /**
     * @param components at least one
     * @param seen the dataset's version that the author looked at; null to write in any case
     */
    public void verdicts(
            Author author,
            DatasetKey dataset,
            List<String> components,
            Ranges ranges,
            String status,
            String comment,
            String cause,
            @Nullable Long seen) {
        together(() -> {
            Long expected = seen;
            for (String component : components) {
                for (int i = 0; i < ranges.count(); i++) {
                    lumisections.edit(
                            author,
                            new Lumisections.Verdict(
                                    dataset,
                                    component,
                                    ranges.first(i),
                                    ranges.last(i),
                                    status,
                                    comment,
                                    cause,
                                    expected));
                    expected = null;
                }
            }
        });
    }

    /** @param seen the dataset's version that the author looked at; null to write in any case */
    public void bits(
            Author author,
            DatasetKey dataset,
            String bit,
            Ranges ranges,
            boolean value,
            String comment,
            @Nullable Long seen) {
        together(() -> {
            Long expected = seen;
            for (int i = 0; i < ranges.count(); i++) {
                lumisections.editBit(author, dataset, bit, ranges.first(i), ranges.last(i), value, comment, expected);
                expected = null;
            }
        });
    }

    private void together(Runnable work) {
        ledger.together(() -> {
            work.run();
            return true;
        });
    }
}
