package org.colonnade.geochemistry.supcrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.colonnade.geochemistry.supcrt.ReactionException.Problem;
import org.junit.jupiter.api.Test;

class SideBySideTest {

    private static final Database OURS = CuratedDatabase.instance().database();

    @Test
    void oneReactionStandsBesideItselfInAnotherDatabase() {
        // given: the same species but for silica, which is 1 kJ less stable
        var silica = (Species.Aqueous) OURS.find("SiO2,aq").orElseThrow();
        var other = Database.of(
                "other",
                List.of(
                        OURS.find("QUARTZ").orElseThrow(),
                        new Species.Aqueous(
                                silica.label(),
                                silica.gibbs() + 1000,
                                silica.enthalpy(),
                                silica.entropy(),
                                silica.a1(),
                                silica.a2(),
                                silica.a3(),
                                silica.a4(),
                                silica.c1(),
                                silica.c2(),
                                silica.omega(),
                                0,
                                true)));
        var empty = Database.of("empty", List.of(OURS.find("QUARTZ").orElseThrow()));
        var at = Conditions.atPressure(new double[] {25, 300}, new double[] {1, 1000});
        // when
        var both = SideBySide.of("-1 QUARTZ; 1 SiO2,aq", List.of(OURS, other, empty), at, Profile.COMPATIBLE);
        // then
        assertThat(both.spread(0)).isCloseTo(1000 / (Evaluation.LN10 * Evaluation.GAS_CONSTANT * 298.15), within(1e-9));
        assertThat(both.spread(1)).isCloseTo(1000 / (Evaluation.LN10 * Evaluation.GAS_CONSTANT * 573.15), within(1e-9));
        assertThat(both.columns().get(2).table()).isEmpty();
        assertThat(both.columns().get(2).problem())
                .get()
                .extracting(ReactionException::problem)
                .isEqualTo(Problem.UNKNOWN_SPECIES);
    }
}
