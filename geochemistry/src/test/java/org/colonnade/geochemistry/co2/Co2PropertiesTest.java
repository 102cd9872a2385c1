package org.colonnade.geochemistry.co2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class Co2PropertiesTest {

    private static double molality(ConstantSet set, double t, double p, double m) {
        return new Co2Solubility(set).at(t, p, m).value().molality().value();
    }

    @Property(tries = 500)
    void isFiniteAndNotNegativeInTheWholeRange(
            @ForAll ConstantSet set,
            @ForAll @DoubleRange(min = 273, max = 533) double t,
            @ForAll @DoubleRange(min = 0, max = 2000) double p,
            @ForAll @DoubleRange(min = 0, max = 4.5) double m) {
        assertThat(molality(set, t, p, m)).isFinite().isNotNegative();
    }

    @Property(tries = 500)
    void isContinuousWithinABranch(
            @ForAll ConstantSet set,
            @ForAll @DoubleRange(min = 273, max = 532.9) double t,
            @ForAll @DoubleRange(min = 60, max = 1999) double p,
            @ForAll @DoubleRange(min = 0, max = 4.4) double m) {
        var model = new Co2Solubility(set);
        double step = 1e-7;
        Assume.that(model.branch(t, p) == model.branch(t + step, p + step));
        double here = molality(set, t, p, m);
        assertThat(Math.abs(molality(set, t + step, p + step, m + step) / here - 1))
                .isLessThan(1e-6);
    }

    @Property(tries = 500)
    void saltDrivesTheGasOut(
            @ForAll ConstantSet set,
            @ForAll @DoubleRange(min = 273, max = 533) double t,
            @ForAll @DoubleRange(min = 60, max = 1000) double p,
            @ForAll @DoubleRange(min = 0, max = 4) double m) {
        assertThat(molality(set, t, p, m + 0.5)).isLessThan(molality(set, t, p, m));
    }

    @Property(tries = 500)
    void dissolvesMoreUnderMorePressureInTheGasRegion(
            @ForAll @DoubleRange(min = 273, max = 405) double t, @ForAll @DoubleRange(min = 2, max = 30) double p) {
        double more = molality(ConstantSet.GATEWAY, t, p * 1.05, 1);
        assertThat(more).isGreaterThanOrEqualTo(molality(ConstantSet.GATEWAY, t, p, 1));
    }

    @Test
    void eightThreadsGiveTheSameBits() throws Exception {
        // given
        var model = new Co2Solubility(ConstantSet.GATEWAY);
        var random = new Random(1);
        int n = 2000;
        double[] t = random.doubles(n, 273, 533).toArray();
        double[] p = random.doubles(n, 0, 2000).toArray();
        double[] m = random.doubles(n, 0, 4.5).toArray();
        double[] alone = new double[n];
        model.fill(t, p, m, alone);
        // when
        try (var pool = Executors.newFixedThreadPool(8)) {
            var tasks = IntStream.range(0, 8)
                    .mapToObj(i -> (Callable<double[]>) () -> {
                        double[] result = new double[n];
                        model.fill(t, p, m, result);
                        return result;
                    })
                    .toList();
            // then
            for (var result : pool.invokeAll(tasks)) {
                assertThat(Arrays.equals(result.get(), alone)).isTrue();
            }
        }
    }
}
