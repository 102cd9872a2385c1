package org.colonnade.certification.golden;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.lumisection.Ranges;

/**
 * What the runs of one block contribute to a golden JSON file and to what is told about it, as JSON members that only need
 * to be joined. A lumisection that several datasets of a run hold counts once. Immutable.
 *
 * @param good ranges by run, as they stand in the file
 * @param bad the others
 * @param goodNamed ranges by run and dataset, each dataset by itself
 * @param recorded luminosity of all lumisections in 1/pb, as {@code delivered}
 * @param lost by the parts of the rule that failed together, in order of appearance
 * @param several datasets of each run that has more than one, as text
 */
record Contribution(
        String good,
        String bad,
        String goodNamed,
        String badNamed,
        double recorded,
        double delivered,
        double recordedGood,
        double deliveredGood,
        Map<Judge.Combination, Loss> lost,
        Map<Integer, String> several) {

    /** What some parts of the rule cost: ranges and luminosity by run and dataset; and together, in 1/pb. */
    record Loss(String ranges, String luminosities, double luminosity) {}

    static Contribution of(Block block, Judge judge, Several several) {
        var builder = new Builder();
        Judge.Hearing hearing = judge.hearing();
        for (List<Sample> run : block.runs()) {
            builder.add(
                    run.getFirst().key().run(), run.stream().map(hearing::judge).toList(), several);
        }
        return builder.build();
    }

    private static final class Builder {

        private static final int LENGTH = 8192;
        private static final int FEW = 128;

        private static final class Lost {

            private final Members ranges = new Members(FEW);
            private final Members luminosities = new Members(FEW);
            private double luminosity;
        }

        private final Members good = new Members(LENGTH);
        private final Members bad = new Members(LENGTH);
        private final Members goodNamed = new Members(LENGTH);
        private final Members badNamed = new Members(LENGTH);
        private final Map<Judge.Combination, Lost> lost = new LinkedHashMap<>();
        private final Map<Integer, String> ofSeveral = new LinkedHashMap<>();
        private double recorded;
        private double delivered;
        private double recordedGood;
        private double deliveredGood;

        void add(int run, List<Evaluated> datasets, Several several) {
            Ranges together = datasets.size() == 1 ? datasets.getFirst().good() : several(run, datasets, several);
            Ranges counted = Ranges.NONE;
            Ranges countedGood = Ranges.NONE;
            for (Evaluated each : datasets) {
                Sample sample = each.sample();
                Ranges more = sample.domain().minus(counted);
                Ranges moreGood = each.good().intersect(together).minus(countedGood);
                recorded += sample.recorded(more);
                delivered += sample.delivered(more);
                recordedGood += sample.recorded(moreGood);
                deliveredGood += sample.delivered(moreGood);
                counted = counted.union(more);
                countedGood = countedGood.union(moreGood);
                String key = Members.quoted(sample.key().text());
                goodNamed.add(key, each.good());
                badNamed.add(key, each.bad());
                lose(key, each, together);
            }
            String key = Members.quoted(Integer.toString(run));
            good.add(key, together);
            bad.add(key, counted.minus(together));
        }

        private Ranges several(int run, List<Evaluated> datasets, Several several) {
            ofSeveral.put(
                    run,
                    datasets.stream()
                            .map(each -> each.sample().key())
                            .map(DatasetKey::name)
                            .collect(Collectors.joining(", ")));
            Ranges together = datasets.getFirst().good();
            for (Evaluated each : datasets) {
                together =
                        several == Several.INTERSECTION ? together.intersect(each.good()) : together.union(each.good());
            }
            return together;
        }

        /** What another dataset of the run saved is nobody's loss. */
        private void lose(String key, Evaluated dataset, Ranges saved) {
            dataset.losses().forEach((combination, ranges) -> {
                Ranges gone = saved == dataset.good() ? ranges : ranges.minus(saved);
                if (!gone.isEmpty()) {
                    double luminosity = dataset.sample().recorded(gone);
                    Lost loss = lost.computeIfAbsent(combination, c -> new Lost());
                    loss.luminosity += luminosity;
                    loss.ranges.add(key, gone);
                    loss.luminosities.add(key, luminosity);
                }
            });
        }

        Contribution build() {
            var losses = new LinkedHashMap<Judge.Combination, Loss>();
            lost.forEach((combination, of) ->
                    losses.put(combination, new Loss(of.ranges.toString(), of.luminosities.toString(), of.luminosity)));
            return new Contribution(
                    good.toString(),
                    bad.toString(),
                    goodNamed.toString(),
                    badNamed.toString(),
                    recorded,
                    delivered,
                    recordedGood,
                    deliveredGood,
                    losses,
                    ofSeveral);
        }
    }
}
