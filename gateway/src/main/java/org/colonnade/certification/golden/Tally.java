package org.colonnade.certification.golden;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.colonnade.certification.rule.RuleException;

/** Puts a golden JSON file, and what is told about it, together from what blocks of runs contribute. */
final class Tally {

    private final List<Contribution> blocks;
    private final Several several;

    Tally(List<Contribution> blocks, Several several) {
        this.blocks = blocks;
        this.several = several;
    }

    /** The file. */
    Pieces file() {
        return object(Contribution::good);
    }

    /** Recorded luminosity of the file in 1/pb. */
    double recordedGood() {
        return sum(Contribution::recordedGood);
    }

    /**
     * Adds what is told to a record, named as the Run Registry names it.
     *
     * @throws RuleException if a run has several datasets and that is to be refused
     */
    void tell(Pieces record) {
        double recorded = sum(Contribution::recorded);
        double delivered = sum(Contribution::delivered);
        double recordedGood = recordedGood();
        double deliveredGood = sum(Contribution::deliveredGood);
        String warnings = warnings();
        record.add("\"generated_json\"", file())
                .add("\"generated_json_with_dataset_names\"", object(Contribution::goodNamed))
                .add("\"generated_anti_json\"", object(Contribution::bad))
                .add("\"generated_anti_json_with_dataset_names\"", object(Contribution::badNamed))
                .add("\"total_recorded_luminosity\"", recorded)
                .add("\"total_delivered_luminosity\"", delivered)
                .add("\"recorded_luminosity_in_json\"", recordedGood)
                .add("\"delivered_luminosity_in_json\"", deliveredGood)
                .add("\"total_recorded_luminosity_lost\"", recorded - recordedGood)
                .add("\"total_delivered_luminosity_lost\"", delivered - deliveredGood);
        tellLosses(record);
        record.add("\"warnings\"", warnings);
    }

    private Pieces object(Function<Contribution, String> members) {
        return Pieces.object(blocks.stream().map(members).toList());
    }

    /** What parts of the rule cost, together with those that failed at the same time and each by itself. */
    private void tellLosses(Pieces record) {
        var together = new LinkedHashMap<Judge.Combination, List<Contribution.Loss>>();
        for (Contribution block : blocks) {
            block.lost()
                    .forEach((combination, loss) -> together.computeIfAbsent(combination, c -> new ArrayList<>())
                            .add(loss));
        }
        var single = new LinkedHashMap<String, Double>();
        Pieces combined = new Pieces().open();
        Pieces ranges = new Pieces().open();
        Pieces luminosities = new Pieces().open();
        together.forEach((combination, losses) -> {
            double luminosity = 0;
            for (Contribution.Loss loss : losses) {
                luminosity += loss.luminosity();
            }
            for (String leaf : combination.leaves()) {
                single.merge(leaf, luminosity, Double::sum);
            }
            combined.add(combination.quoted(), luminosity);
            ranges.add(
                    combination.quoted(),
                    Pieces.object(losses.stream().map(Contribution.Loss::ranges).toList()));
            luminosities.add(
                    combination.quoted(),
                    Pieces.object(
                            losses.stream().map(Contribution.Loss::luminosities).toList()));
        });
        Pieces singles = new Pieces().open();
        single.forEach((leaf, luminosity) -> singles.add(Members.quoted(leaf), luminosity));
        record.add("\"rules_flagged_false_quantity_luminosity\"", singles.close())
                .add("\"rules_flagged_false_combination_luminosity\"", combined.close())
                .add("\"runs_lumisections_responsible_for_rule\"", ranges.close())
                .add("\"runs_luminosity_lost_by_rule\"", luminosities.close());
    }

    /** As a list in JSON. */
    private String warnings() {
        var warnings = new ArrayList<String>();
        for (Contribution block : blocks) {
            for (Map.Entry<Integer, String> run : block.several().entrySet()) {
                if (several == Several.REFUSE) {
                    throw new RuleException("Run " + run.getKey() + " has several datasets that match: "
                            + run.getValue() + ". Narrow the pattern, or ask for their union or intersection");
                }
                String done = several == Several.UNION ? "united" : "intersected";
                warnings.add(Members.quoted("Run " + run.getKey() + " has several datasets, whose lumisections were "
                        + done + ": " + run.getValue()));
            }
        }
        return "[" + String.join(",", warnings) + "]";
    }

    private double sum(ToDoubleFunction<Contribution> of) {
        double sum = 0;
        for (Contribution block : blocks) {
            sum += of.applyAsDouble(block);
        }
        return sum;
    }
}
