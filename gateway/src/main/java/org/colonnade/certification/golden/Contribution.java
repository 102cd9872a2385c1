package org.colonnade.certification.golden;

import java.util.ArrayList;
import java.util.List;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.lumisection.Ranges;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What one run contributes to a golden JSON file and to what is told about it; a lumisection that several of its datasets
 * hold counts once. Immutable: its JSON is part of every record that is made of it.
 *
 * @param text as it stands in the file; empty if nothing is good
 * @param good ranges of the run; null if there are none
 * @param bad the others; null if there are none
 * @param recorded luminosity of all lumisections in 1/pb, as {@code delivered}
 */
record Contribution(
        int run,
        List<Evaluated> datasets,
        String text,
        @Nullable ArrayNode good,
        @Nullable ArrayNode bad,
        List<Named> named,
        double recorded,
        double delivered,
        double recordedGood,
        double deliveredGood,
        List<Loss> losses) {

    /** The ranges of one dataset by itself. */
    record Named(
            String key, @Nullable ArrayNode good, @Nullable ArrayNode bad) {}

    /** What some parts of the rule cost in one dataset; what another dataset of the run saved is nobody's loss. */
    record Loss(Judge.Combination combination, String key, ArrayNode ranges, DoubleNode luminosity) {}

    static Contribution of(int run, List<Evaluated> datasets, Several several) {
        Evaluated first = datasets.getFirst();
        if (datasets.size() == 1) {
            Sample sample = first.sample();
            Named named = new Named(sample.key().text(), json(first.good()), json(first.bad()));
            return new Contribution(
                    run,
                    datasets,
                    text(run, named.good()),
                    named.good(),
                    named.bad(),
                    List.of(named),
                    sample.recorded(sample.domain()),
                    sample.delivered(sample.domain()),
                    sample.recorded(first.good()),
                    sample.delivered(first.good()),
                    losses(datasets, first.good()));
        }
        return ofSeveral(run, datasets, several);
    }

    private static Contribution ofSeveral(int run, List<Evaluated> datasets, Several several) {
        Ranges good = datasets.getFirst().good();
        for (Evaluated each : datasets) {
            good = several == Several.INTERSECTION ? good.intersect(each.good()) : good.union(each.good());
        }
        double recorded = 0;
        double delivered = 0;
        double recordedGood = 0;
        double deliveredGood = 0;
        Ranges counted = Ranges.NONE;
        Ranges countedGood = Ranges.NONE;
        var named = new ArrayList<Named>();
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
            named.add(new Named(sample.key().text(), json(each.good()), json(each.bad())));
        }
        ArrayNode ranges = json(good);
        return new Contribution(
                run,
                datasets,
                text(run, ranges),
                ranges,
                json(counted.minus(good)),
                named,
                recorded,
                delivered,
                recordedGood,
                deliveredGood,
                losses(datasets, good));
    }

    private static String text(int run, @Nullable ArrayNode good) {
        return good == null ? "" : "\"" + run + "\":" + good;
    }

    private static List<Loss> losses(List<Evaluated> datasets, Ranges saved) {
        var losses = new ArrayList<Loss>();
        for (Evaluated each : datasets) {
            DatasetKey key = each.sample().key();
            each.losses().forEach((combination, ranges) -> {
                Ranges lost = ranges.minus(saved);
                ArrayNode json = json(lost);
                if (json != null) {
                    losses.add(new Loss(
                            combination,
                            key.text(),
                            json,
                            DoubleNode.valueOf(each.sample().recorded(lost))));
                }
            });
        }
        return losses;
    }

    /** @return null if there is nothing in it */
    private static @Nullable ArrayNode json(Ranges ranges) {
        if (ranges.isEmpty()) {
            return null;
        }
        ArrayNode pairs = JsonNodeFactory.instance.arrayNode(ranges.count());
        for (int i = 0; i < ranges.count(); i++) {
            pairs.addArray().add(ranges.first(i)).add(ranges.last(i));
        }
        return pairs;
    }

    /** Whether it was made of just these. */
    boolean isOf(List<Sample> samples) {
        if (samples.size() != datasets.size()) {
            return false;
        }
        for (int i = 0; i < datasets.size(); i++) {
            if (datasets.get(i).sample() != samples.get(i)) {
                return false;
            }
        }
        return true;
    }
}
