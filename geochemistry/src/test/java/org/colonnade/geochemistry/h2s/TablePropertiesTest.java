package org.colonnade.geochemistry.h2s;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class TablePropertiesTest {

    private static final GasTables TABLES = new GasTables();

    private static double x(GasSystem system, Interpolation rule, double t, double m, double p) {
        var row = new double[GasTables.COLUMNS];
        TABLES.compute(system, rule, t, m, p, row);
        return row[GasTables.X];
    }

    @Property(tries = 500)
    void isContinuousEverywhere(
            @ForAll GasSystem system,
            @ForAll Interpolation rule,
            @ForAll @DoubleRange(min = 298.15, max = 348) double t,
            @ForAll @DoubleRange(min = 0, max = 3.9) double m,
            @ForAll @DoubleRange(min = 10, max = 599) double p) {
        double step = 1e-7;
        double difference = x(system, rule, t + step, m + step, p + step) - x(system, rule, t, m, p);
        assertThat(Math.abs(difference)).isLessThan(1e-8);
    }

    @Property(tries = 500)
    void staysBetweenTheCornersOfItsCell(
            @ForAll Interpolation rule,
            @ForAll @DoubleRange(min = 300, max = 320) double t,
            @ForAll @DoubleRange(min = 1.1, max = 1.9) double m,
            @ForAll @DoubleRange(min = 201, max = 249) double p) {
        double lowest = x(GasSystem.CO2, rule, 323.15, 2, 200);
        double highest = x(GasSystem.CO2, rule, 298.15, 1, 250);
        assertThat(x(GasSystem.CO2, rule, t, m, p)).isBetween(lowest, highest);
    }

    @Property(tries = 300)
    void carbonDioxideDissolvesMoreUnderMorePressure(
            @ForAll @DoubleRange(min = 298.15, max = 373.15) double t,
            @ForAll @DoubleRange(min = 0, max = 6) double m,
            @ForAll @DoubleRange(min = 10, max = 590) double p) {
        assertThat(x(GasSystem.CO2, Interpolation.TRILINEAR, t, m, p + 5))
                .isGreaterThanOrEqualTo(x(GasSystem.CO2, Interpolation.TRILINEAR, t, m, p));
    }

    @Test
    void eightThreadsGiveTheSameBits() throws Exception {
        Callable<double[]> sweep = () -> {
            var random = new Random(7);
            return IntStream.range(0, 300)
                    .mapToDouble(i -> Duan2007.at(random.nextDouble(273, 500), random.nextDouble(1, 200), 1)
                                    .value()
                                    .molality()
                                    .value()
                            + x(GasSystem.H2S, Interpolation.TRILINEAR, random.nextDouble(298, 374), 2, 77))
                    .toArray();
        };
        double[] alone = sweep.call();
        try (var pool = Executors.newFixedThreadPool(8)) {
            var tasks = IntStream.range(0, 8).mapToObj(i -> sweep).toList();
            for (var result : pool.invokeAll(tasks)) {
                assertThat(Arrays.equals(result.get(), alone)).isTrue();
            }
        }
    }
}
