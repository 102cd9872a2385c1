package org.colonnade.geochemistry.supcrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.colonnade.geochemistry.supcrt.Grid.SaturationVariable;
import org.junit.jupiter.api.Test;

class LogKFitTest {

    private final ReactionParser parser =
            new ReactionParser(CuratedDatabase.instance().database());

    @Test
    void theFittedFunctionFollowsTheTableAsCloselyAsItSays() throws Exception {
        var reaction = parser.parse("calcite", "-1 CALCITE; 1 Ca+2; 1 CO3-2");
        var grid = new Grid.Saturation(SaturationVariable.TEMPERATURE, new Range(5, 300, 5));
        var table = new Evaluation(grid.conditions(true), Profile.COMPATIBLE).table(reaction);
        var fit = LogKFit.of(table);
        for (int i = 0; i < table.size(); i++) {
            double at = fit.at(table.conditions().kelvin(i));
            assertThat(at).isCloseTo(table.logK(i), within(fit.largestError() * 1.000001));
        }
        assertThat(fit.largestError()).isLessThan(0.01);
        var reference = new Evaluation(Conditions.atPressure(new double[] {25}, new double[] {1}), Profile.COMPATIBLE)
                .table(reaction);
        assertThat(fit.phreeqc(reference))
                .contains(
                        "-log_k -8.5", "-delta_h -", "kJ/mol", "-analytic", "fitted to 60 values from 5.00 to 300.00");
    }

    @Test
    void aSmoothReactionIsFittedClosely() throws Exception {
        var reaction = parser.parse("polymorphs", "-1 KYANITE; 1 ANDALUSITE");
        var at = Conditions.dry(
                new double[] {100, 200, 300, 400, 500, 600, 700, 800, 900, 1000, 150, 250},
                new double[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1});
        var table = new Evaluation(at, Profile.CONSISTENT).table(reaction);
        assertThat(LogKFit.of(table).largestError()).isLessThan(1e-4);
    }
}
