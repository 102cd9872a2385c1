package org.colonnade.certification.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.colonnade.certification.lumisection.Lane;
import org.colonnade.certification.lumisection.Ranges;
import tools.jackson.databind.node.JsonNodeFactory;

class IntegratedTest {

    private static final int LENGTH = 12;
    private static final double HOLE = -1;

    @Property
    void aRangeHoldsWhatItsLumisectionsHold(
            @ForAll("luminosities") List<Double> each,
            @ForAll @IntRange(min = 1, max = LENGTH) int first,
            @ForAll @IntRange(min = 1, max = LENGTH) int last,
            @ForAll @IntRange(min = 1, max = LENGTH) int other) {
        var integrated = new Integrated(lane(each));
        Ranges ranges = Ranges.of(Math.min(first, last), Math.max(first, last)).union(Ranges.of(other, other));
        double sum = 0;
        int count = 0;
        for (int ls = 1; ls <= each.size(); ls++) {
            if (ranges.contains(ls) && each.get(ls - 1) > 0) {
                sum += each.get(ls - 1);
                count++;
            }
        }
        assertThat(integrated.over(ranges)).isCloseTo(sum, within(1e-12));
        assertThat(integrated.count(ranges)).isEqualTo(count);
    }

    private static Lane lane(List<Double> each) {
        var lane = new Lane.Builder();
        for (int i = 0; i < each.size(); i++) {
            if (each.get(i) != HOLE) {
                lane.add(i + 1, i + 1, JsonNodeFactory.instance.numberNode(each.get(i)));
            }
        }
        return lane.build();
    }

    @Provide
    Arbitrary<List<Double>> luminosities() {
        return Arbitraries.of(HOLE, 0.0, 0.25, 0.3, 7.125).list().ofMaxSize(LENGTH);
    }
}
