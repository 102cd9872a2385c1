package org.colonnade.geochemistry.supcrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.colonnade.geochemistry.supcrt.water.WaterModel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Laws that hold at every state, whatever the data. */
class ThermodynamicsPropertiesTest {

    private static final Species QUARTZ = new Species.Mineral(
            label("QUARTZ"),
            -856_280,
            -910_700,
            41.43,
            2.269,
            new HeatCapacity(92.9, -6.42e-4, -714_900, -716.1),
            new Compression(0, 730, 6, -0.0082, 3),
            new Transition.Landau(847, 4.95, 0.1188),
            2500);
    private static final Species CORUNDUM = new Species.Mineral(
            label("CORUNDUM"),
            -1_581_720,
            -1_675_270,
            50.9,
            2.558,
            new HeatCapacity(139.5, 5.89e-3, -2_460_600, -589.2),
            new Compression(1.8e-5, 2540, 4.34, -0.0017, 5),
            new Transition.None(),
            2500);
    private static final Species SPINEL = new Species.Mineral(
            label("SPINEL"),
            -2_181_369,
            -2_301_000,
            82,
            3.978,
            new HeatCapacity(222.9, 6.127e-3, -1_686_000, -1551),
            new Compression(1.93e-5, 1922, 4.04, -0.0021, 7),
            new Transition.BraggWilliams(8, 0, 1.2, 0, 2, 0.5),
            2500);
    private static final Species SODIUM = new Species.Aqueous(
            label("Na+"),
            -261_881,
            -240_300,
            58.41,
            0.76944,
            -956.04,
            13.6231,
            -114_056,
            76.0651,
            -124_725,
            138_320,
            1,
            true);

    @Property(tries = 200)
    @Tag("S.20")
    void entropyAndVolumeAreDerivativesOfTheGibbsEnergyInTheConsistentProfile(
            @ForAll @IntRange(min = 0, max = 2) int which,
            @ForAll @DoubleRange(min = 300, max = 520) double celsius,
            @ForAll @DoubleRange(min = 2000, max = 20000) double bar) {
        var species = List.of(QUARTZ, CORUNDUM, SPINEL).get(which);
        double dt = 0.05;
        double dp = 5;
        var at = Conditions.dry(
                new double[] {celsius, celsius - dt, celsius + dt, celsius, celsius},
                new double[] {bar, bar, bar, bar - dp, bar + dp});
        var table = new Evaluation(at, Profile.CONSISTENT).table(alone(species));
        double entropy = -(table.gibbs(2) - table.gibbs(1)) / (2 * dt);
        double volume = (table.gibbs(4) - table.gibbs(3)) / (2 * dp);
        double heat = (celsius + 273.15) * (table.entropy(2) - table.entropy(1)) / (2 * dt);
        assertThat(entropy / table.entropy(0)).isCloseTo(1, within(1e-6));
        assertThat(volume / table.volume(0)).isCloseTo(1, within(1e-6));
        assertThat(heat / table.heatCapacity(0)).isCloseTo(1, within(1e-5));
        assertThat(table.gibbs(0) + (celsius + 273.15) * table.entropy(0) - table.enthalpy(0))
                .as("G = H - TS up to the entropy of the elements, which is constant")
                .isCloseTo(
                        table.gibbs(1) + (celsius - dt + 273.15) * table.entropy(1) - table.enthalpy(1), within(1e-2));
    }

    @Property(tries = 200)
    void dissolvedIonsFollowTheSameLaws(
            @ForAll @DoubleRange(min = 20, max = 330) double celsius,
            @ForAll @DoubleRange(min = 1100, max = 4900) double bar) {
        double dt = 0.05;
        double dp = 1;
        var at = Conditions.atPressure(
                new double[] {celsius, celsius - dt, celsius + dt, celsius, celsius},
                new double[] {bar, bar, bar, bar - dp, bar + dp});
        var table = new Evaluation(at, Profile.CONSISTENT).table(alone(SODIUM));
        assertThat(-(table.gibbs(2) - table.gibbs(1)) / (2 * dt)).isCloseTo(table.entropy(0), within(2e-4));
        assertThat((table.gibbs(4) - table.gibbs(3)) / (2 * dp)).isCloseTo(table.volume(0), within(2e-5));
    }

    @Property(tries = 300)
    void waterIsContinuousAwayFromItsBoundaries(
            @ForAll @DoubleRange(min = 5, max = 900) double celsius,
            @ForAll @DoubleRange(min = 300, max = 4900) double bar) {
        var here = WaterModel.atPressure(celsius, bar);
        var near = WaterModel.atPressure(celsius + 1e-4, bar + 1e-3);
        assertThat(near.density()).isCloseTo(here.density(), within(2e-5));
        assertThat(near.gibbs()).isCloseTo(here.gibbs(), within(0.2));
        assertThat(near.permittivity()).isCloseTo(here.permittivity(), within(1e-3));
        double expected = -here.entropy() * 1e-4 + here.volume() * 1e-3;
        // Beyond the critical point densities are iterated until the pressure is met within one part in a million.
        double iterated = 2e-6 * bar * here.volume();
        assertThat(near.gibbs() - here.gibbs()).isCloseTo(expected, within(1e-3 + iterated));
    }

    @Property(tries = 50)
    void aReactionAndItsReverseCancel(
            @ForAll @DoubleRange(min = 5, max = 300) double celsius,
            @ForAll @DoubleRange(min = 200, max = 4900) double bar) {
        var at = Conditions.atPressure(new double[] {celsius}, new double[] {bar});
        var evaluation = new Evaluation(at, Profile.COMPATIBLE);
        var forward = evaluation.table(Reaction.of("f", terms(-1, QUARTZ, 2, SODIUM, 0.5, CORUNDUM)));
        var backward = evaluation.table(Reaction.of("b", terms(1, QUARTZ, -2, SODIUM, -0.5, CORUNDUM)));
        assertThat(forward.logK(0)).isEqualTo(-backward.logK(0));
        assertThat(forward.volume(0)).isEqualTo(-backward.volume(0));
    }

    @Test
    @Tag("S.18")
    void eightThreadsGetTheSameBits() throws Exception {
        var reaction = Reaction.of("r", terms(-1, QUARTZ, 2, SODIUM, 0.5, CORUNDUM, -1, SPINEL));
        Callable<List<Long>> work = () -> {
            var bits = new ArrayList<Long>();
            var grid = new Grid.Uniform(Grid.Axes.ISOBARS, new Range(200, 5000, 400), new Range(10, 810, 20));
            var table = new Evaluation(grid.conditions(true), Profile.COMPATIBLE).table(reaction);
            for (int i = 0; i < table.size(); i++) {
                bits.add(Double.doubleToRawLongBits(table.logK(i)));
                bits.add(Double.doubleToRawLongBits(table.heatCapacity(i)));
                bits.add(Double.doubleToRawLongBits(table.volume(i)));
            }
            return bits;
        };
        var alone = work.call();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var result : threads.invokeAll(java.util.Collections.nCopies(16, work))) {
                assertThat(result.get()).isEqualTo(alone);
            }
        }
    }

    private static Reaction alone(Species species) {
        return Reaction.of(species.name(), List.of(new Reaction.Term(1, species)));
    }

    private static List<Reaction.Term> terms(Object... coefficientsAndSpecies) {
        var terms = new ArrayList<Reaction.Term>();
        for (int i = 0; i < coefficientsAndSpecies.length; i += 2) {
            terms.add(new Reaction.Term(
                    ((Number) coefficientsAndSpecies[i]).doubleValue(), (Species) coefficientsAndSpecies[i + 1]));
        }
        return terms;
    }

    private static Label label(String name) {
        return new Label(name, name, "", "", "", Composition.of(java.util.Map.of(), 0));
    }
}
