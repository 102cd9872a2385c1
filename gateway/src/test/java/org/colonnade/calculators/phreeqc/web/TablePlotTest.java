package org.colonnade.calculators.phreeqc.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.colonnade.calculators.phreeqc.SelectedOutput;
import org.colonnade.web.Plot;
import org.junit.jupiter.api.Test;

class TablePlotTest {

    @Test
    void againstTheStepOnlyTheLastCalculationIsDrawnAsALine() {
        // given a column: initial solution, reaction, then transport
        var table = new SelectedOutput(
                "column.sel",
                List.of("state", "step", "Na"),
                List.of(
                        List.of("i_soln", "-99", "4"),
                        List.of("react", "1", "3"),
                        List.of("transp", "0", "4"),
                        List.of("transp", "10", "2"),
                        List.of("transp", "20", "1")),
                true);
        // when
        Plot plot = TablePlot.of(table, "", List.of()).orElseThrow().plot();
        // then
        assertThat(plot.series()).singleElement().satisfies(series -> {
            assertThat(series.style()).isEqualTo(Plot.Style.LINE);
            assertThat(series.points()).extracting(Plot.Point::x).containsExactly(0.0, 10.0, 20.0);
        });
    }

    @Test
    void thePlaceholderOfWhatHasNoTimeIsNoTime() {
        var table = new SelectedOutput(
                "decay.sel",
                List.of("time", "Trc"),
                List.of(List.of("-99", "1"), List.of("100", "0.9"), List.of("200", "0.8")),
                true);
        Plot plot = TablePlot.of(table, "time", List.of("Trc")).orElseThrow().plot();
        assertThat(plot.series().getFirst().points()).extracting(Plot.Point::x).containsExactly(100.0, 200.0);
    }

    @Test
    void theNumberForAPhaseThatIsNotThereIsAGap() {
        var table = new SelectedOutput(
                "calcite.sel",
                List.of("pH", "si_Calcite"),
                List.of(List.of("7", "-999.9990"), List.of("7.5", "-0.4"), List.of("8", "0")),
                true);
        Plot plot = TablePlot.of(table, "", List.of()).orElseThrow().plot();
        assertThat(plot.series().getFirst().points()).extracting(Plot.Point::y).containsExactly(null, -0.4, 0.0);
    }

    @Test
    void whatIsOfAnotherKindIsNotDrawnUnlessAskedFor() {
        var table = new SelectedOutput(
                "calcite.sel",
                List.of("pH", "Ca", "C(4)", "si_Calcite"),
                List.of(List.of("7", "1e-3", "2e-3", "-1"), List.of("8", "2e-3", "4e-3", "0")),
                true);
        assertThat(TablePlot.of(table, "", List.of()).orElseThrow().plot().series())
                .extracting(Plot.Series::name)
                .containsExactly("Ca", "C(4)");
        assertThat(TablePlot.of(table, "", List.of("Ca", "si_Calcite"))
                        .orElseThrow()
                        .plot()
                        .series())
                .hasSize(2);
    }

    @Test
    void whatWouldBeALineAlongZeroIsNotDrawnUnlessAskedFor() {
        var table = new SelectedOutput(
                "warm.sel",
                List.of("tc", "calcite_mmol", "gypsum_mmol", "hardness_mg_caco3"),
                List.of(List.of("8", "0.9", "2.8", "280"), List.of("21", "1.0", "2.7", "271")),
                true);
        assertThat(TablePlot.of(table, "", List.of()).orElseThrow().plot().series())
                .extracting(Plot.Series::name)
                .containsExactly("calcite_mmol", "gypsum_mmol");
        assertThat(TablePlot.of(table, "", List.of("calcite_mmol", "hardness_mg_caco3"))
                        .orElseThrow()
                        .plot()
                        .series())
                .hasSize(2);
    }

    @Test
    void anAxisIsNamedAfterItsColumnsWithTheUnitThatPhreeqcsHeadingSays() {
        assertThat(TablePlot.axis(List.of("m_Na+", "m_Cl-")).label()).isEqualTo("m_Na+, m_Cl- / mol/kgw");
        assertThat(TablePlot.axis(List.of("time")).label()).isEqualTo("time / s");
        assertThat(TablePlot.axis(List.of("pH", "m_Na+")).label()).isEqualTo("pH, m_Na+");
        assertThat(TablePlot.axis(List.of("si_Calcite", "si_Aragonite", "si_Dolomite(dis)", "si_Gypsum"))
                        .label())
                .isEqualTo("value");
    }

    @Test
    void twoRunsAreComparedWithTheRowsThatEachOfThemShows() {
        var one = new SelectedOutput(
                "decay.sel", List.of("time", "Trc"), List.of(List.of("-99", "1"), List.of("100", "0.9")), true);
        var other = new SelectedOutput(
                "decay.sel", List.of("time", "Trc"), List.of(List.of("-99", "1"), List.of("100", "0.7")), true);
        Plot plot = ComparedTable.of(one, other, "", "").orElseThrow().plot();
        assertThat(plot.series())
                .allSatisfy(series ->
                        assertThat(series.points()).extracting(Plot.Point::x).containsExactly(100.0));
    }
}
