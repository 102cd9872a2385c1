package org.colonnade.certification.golden;

import org.colonnade.certification.ledger.Summary;
import org.colonnade.certification.lumisection.Lane;
import org.colonnade.certification.lumisection.Ranges;

/** Luminosity in 1/pb, summed up from the first lumisection so that a range costs two look-ups. Immutable. */
final class Integrated {

    private final Lane lane;
    // Before each span, and after the last one.
    private final double[] sums;

    Integrated(Lane lane) {
        this.lane = lane;
        this.sums = new double[lane.count() + 1];
        for (int i = 0; i < lane.count(); i++) {
            sums[i + 1] = sums[i] + (lane.last(i) - lane.first(i) + 1) * each(i);
        }
    }

    /** In each lumisection of a span. */
    private double each(int span) {
        return Summary.luminosity(lane.value(span));
    }

    double over(Ranges ranges) {
        double sum = 0;
        for (int i = 0; i < ranges.count(); i++) {
            sum += until(ranges.last(i)) - until(ranges.first(i) - 1);
        }
        return sum;
    }

    /** From the first lumisection to the given one. */
    private double until(int lumisection) {
        int span = lane.lastSpan(lumisection);
        if (span < 0) {
            return 0;
        }
        return lumisection >= lane.last(span)
                ? sums[span + 1]
                : sums[span] + (lumisection - lane.first(span) + 1) * each(span);
    }

    /** In how many of the lumisections there was any. */
    int count(Ranges ranges) {
        return lane.where(value -> Summary.luminosity(value) > 0)
                .intersect(ranges)
                .size();
    }
}
