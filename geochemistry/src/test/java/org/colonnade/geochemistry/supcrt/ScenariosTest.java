package org.colonnade.geochemistry.supcrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import org.colonnade.geochemistry.supcrt.ReactionException.Problem;
import org.colonnade.geochemistry.supcrt.UnivariantSearch.Variable;
import org.colonnade.geochemistry.supcrt.water.WaterModel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a geochemist expects; with species of the library whose values are those of the published database. */
class ScenariosTest {

    private static final Database OURS = CuratedDatabase.instance().database();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // reaction | °C | bar | log K | ΔG kJ | ΔH kJ | ΔS J/K | ΔCp J/K | ΔV J/bar
                "-1 H2O; 1 H+; 1 OH- | 25 | 1 | -13.99517 | 79.88438 | 55.81331 | -80.63517 | -211.6984 | -2.27761",
                "-1 H2O; 1 H+; 1 OH- | 25 | 500 | -13.80582 | | | | |",
                "-1 H2O; 1 H+; 1 OH- | 300 | 1000 | -10.62403 | | | | |",
                "-1 QUARTZ; 1 SiO2,aq | 25 | 1 | -3.749604 | | 22.94076 | | |",
                "-1 QUARTZ; 1 SiO2,aq | 100 | 500 | -2.937735 | | | | |",
                "-1 QUARTZ; 1 SiO2,aq | 100 | 1000 | -2.864702 | | | | |",
                "-1 CALCITE; -1 H+; 1 Ca+2; 1 HCO3- | 25 | 1 | 1.77535 | | | | |",
                "-1 CALCITE; -1 H+; 1 Ca+2; 1 HCO3- | 25 | 500 | 2.025945 | | | | | -2.652963",
                "-1 CALCITE; -1 H+; 1 Ca+2; 1 HCO3- | 475 | 5000 | -1.443239 | | | | |",
                "-1 CO2,g; 1 CO2,aq | 25 | 1 | -1.467415 | | | | |",
                "-1 CO2,g; 1 CO2,aq | 475 | 500 | -1.219061 | | | | |",
                "-1 CO2,g; 1 CO2,aq | 1000 | 500 | 0.8046277 | | | | |",
                "-1 NaCl,aq; 1 Na+; 1 Cl- | 500 | 1000 | -2.263537 | | | | |",
                "-1 ALBITE; -4 H+; 1 Na+; 1 Al+3; 3 SiO2,aq; 2 H2O | 25 | 1 | 2.847656 | | | | |",
                "-1 ALBITE; -4 H+; 1 Na+; 1 Al+3; 3 SiO2,aq; 2 H2O | 475 | 2000 | -3.280857 | | | | |",
                "-1 ANORTHITE; -8 H+; 1 Ca+2; 2 Al+3; 2 SiO2,aq; 4 H2O | 550 | 5000 | -4.645098 | | | | |",
                "-1 GIBBSITE; -3 H+; 1 Al+3; 3 H2O | 25 | 1 | 7.729884 | | | | |",
                "-1 GIBBSITE; -3 H+; 1 Al+3; 3 H2O | 25 | 500 | 7.90857 | | | | |",
                "-1 PERICLASE; -1 CORUNDUM; 1 SPINEL | 550 | 500 | 1.831552 | | | | | 0.291078",
                "-1 PERICLASE; -1 CORUNDUM; 1 SPINEL | 500 | 5000 | 1.834535 | | | | |",
                "-1 QUARTZ; 1 COESITE | 550 | 500 | -0.3407121 | | | | -9.451086 |",
                "-1 QUARTZ; 1 COESITE | 1000 | 500 | | | | | 2.743905 |",
                "-1 CALCITE; -1 QUARTZ; 1 WOLLASTONITE; 1 CO2,g | 475 | 500 | 2.013477 | | | | | -2.048667",
                "-1 H2O,g; 1 H2O | 25 | 500 | 1.354142 | | | | |",
                "-1 H2O,g; 1 H2O | 475 | 500 | -2.476732 | | | | |",
            })
    @Tag("S.1")
    @Tag("S.2")
    @Tag("S.3")
    @Tag("S.4")
    @Tag("S.6")
    @Tag("S.7")
    @Tag("S.8")
    @Tag("S.9")
    @Tag("S.10")
    void reactionsHaveTheirPublishedProperties(
            String text, double t, double p, Double logK, Double g, Double h, Double s, Double cp, Double v)
            throws Exception {
        var table = table(text, Conditions.atPressure(new double[] {t}, new double[] {p}));
        check(table.logK(0), logK, 2e-5);
        check(table.gibbs(0) / 1e3, g, 1e-3);
        check(table.enthalpy(0) / 1e3, h, 1e-3);
        check(table.entropy(0), s, 2e-3);
        check(table.heatCapacity(0), cp, 5e-3);
        check(table.volume(0), v, 1e-3);
    }

    private static void check(double value, @org.jspecify.annotations.Nullable Double expected, double tolerance) {
        if (expected != null) {
            assertThat(value).isCloseTo(expected, within(tolerance));
        }
    }

    @Test
    @Tag("S.5")
    void ionsEndWhereTheirEquationsEnd() throws Exception {
        var table = table("-1 NaCl,aq; 1 Na+; 1 Cl-", Conditions.atPressure(new double[] {550}, new double[] {500}));
        assertThat(table.flag(0)).isEqualTo(PointFlag.BEYOND_AQ);
        assertThat(table.logK(0)).isNaN();
    }

    @Test
    @Tag("S.11")
    void steamReplacesTheGasAtTheBoilingPoint() throws Exception {
        var at = Conditions.dry(new double[] {99.63, 99.6325}, new double[] {1, 1});
        var compatible = new Evaluation(at, Profile.COMPATIBLE).table(parse("1 H2O,g"));
        var consistent = new Evaluation(at, Profile.CONSISTENT).table(parse("1 H2O,g"));
        assertThat(compatible.gibbs(0) / 1e3).isCloseTo(-242.9408, within(1e-3));
        assertThat(compatible.gibbs(1) / 1e3).isCloseTo(-243.0518, within(1e-3));
        assertThat(consistent.gibbs(1)).isCloseTo(consistent.gibbs(0), within(1.0));
    }

    @Test
    @Tag("S.12")
    void theSecondDatabaseIsAsGoodAsTheFirst() throws Exception {
        var parser = new ReactionParser(Databases.load("dpronsbl_ree"));
        var reaction = parser.parse("monazite", "-1 MONAZITE-CE; 1 Ce+3; 1 PO4-3");
        var at = Conditions.atPressure(new double[] {25, 550}, new double[] {1, 2000});
        var table = new Evaluation(at, Profile.COMPATIBLE).table(reaction);
        assertThat(table.logK(0)).isCloseTo(-27.46007, within(3e-5));
        assertThat(table.logK(1)).isCloseTo(-39.32377, within(4e-5));
    }

    @Test
    @Tag("S.13")
    void alongAnIsochoreThePressureFollows() throws Exception {
        var grid = new Grid.Uniform(Grid.Axes.ISOCHORES, Range.single(0.6), Range.single(400));
        var table = table("-1 QUARTZ; 1 SiO2,aq", grid.conditions(true));
        assertThat(table.conditions().bar(0)).isCloseTo(559.8781, within(1e-3));
        assertThat(table.logK(0)).isCloseTo(-1.667922, within(2e-5));
        var dome = new Grid.Uniform(Grid.Axes.ISOCHORES, Range.single(0.4), Range.single(100));
        assertThat(table("-1 QUARTZ; 1 SiO2,aq", dome.conditions(true)).flag(0)).isEqualTo(PointFlag.LV_DOME);
    }

    @Test
    @Tag("S.14")
    void theSaturationLineEndsAtTheCriticalPoint() throws Exception {
        var list = new Grid.SaturationList(
                Grid.SaturationVariable.TEMPERATURE, java.util.List.of(100.0, 200.0, 300.0, 373.0));
        var table = table("-1 QUARTZ; 1 SiO2,aq", list.conditions(true));
        assertThat(table.conditions().bar(0)).isCloseTo(1.013220, within(1e-6));
        assertThat(table.conditions().bar(1)).isCloseTo(15.53650, within(1e-5));
        assertThat(table.conditions().bar(2)).isCloseTo(85.83784, within(1e-5));
        assertThat(table.logK(3)).isCloseTo(-2.48206, within(5e-4));
        assertThat(table.heatCapacity(3) / -8.867671e7).isCloseTo(1, within(2e-4));
        var beyond = new Grid.Saturation(Grid.SaturationVariable.TEMPERATURE, new Range(100, 374, 274));
        assertThatThrownBy(beyond::points)
                .isInstanceOf(GridException.class)
                .hasMessageContaining("374")
                .hasMessageContaining("373.917");
    }

    @Test
    @Tag("S.15")
    void temperaturesOfAGivenLogKAreFoundOrTheRangeMetIsTold() throws Exception {
        var quartz = new UnivariantSearch(parse("-1 QUARTZ; 1 SiO2,aq"), Profile.COMPATIBLE);
        assertThat(quartz.find(Variable.TEMPERATURE, 500, -3, 0, 400).roots())
                .singleElement()
                .satisfies(t -> assertThat(t).isCloseTo(92.07638, within(0.01)));
        var polymorphs = new UnivariantSearch(parse("-1 ANDALUSITE; 1 SILLIMANITE"), Profile.COMPATIBLE);
        assertThat(polymorphs.find(Variable.TEMPERATURE, 2001, 0, 100, 1200).roots())
                .anySatisfy(t -> assertThat(t).isCloseTo(740.5288, within(0.01)));
        var none = quartz.find(Variable.TEMPERATURE, 500, -30, 0, 400);
        assertThat(none.roots()).isEmpty();
        assertThat(none.lowest()).isLessThan(-4);
        assertThat(none.highest()).isGreaterThan(-1.8);
    }

    @Test
    void aPressureAtTheVapourPressureDoesNotEndTheSearch() throws Exception {
        var quartz = new UnivariantSearch(parse("-1 QUARTZ; 1 SiO2,aq"), Profile.COMPATIBLE);
        double target = table("-1 QUARTZ; 1 SiO2,aq", Conditions.atPressure(new double[] {100}, new double[] {800}))
                .logK(0);
        assertThat(quartz.find(Variable.PRESSURE, 100, target, 1, 5000).roots())
                .anySatisfy(p -> assertThat(p).isCloseTo(800, within(0.5)));
    }

    @Test
    @Tag("S.9")
    @Tag("S.10")
    void volumesDoNotDependOnWhatWasComputedBefore() throws Exception {
        var at = Conditions.atPressure(new double[] {100}, new double[] {500});
        var evaluation = new Evaluation(at, Profile.COMPATIBLE);
        var first = evaluation.table(parse("-1 CALCITE; -1 QUARTZ; 1 WOLLASTONITE; 1 CO2,g"));
        evaluation.table(parse("-1 QUARTZ; 1 COESITE"));
        var again = evaluation.table(parse("1 CO2,g; 1 WOLLASTONITE; -1 QUARTZ; -1 CALCITE"));
        assertThat(first.volume(0)).isCloseTo(-1.99808, within(1e-5)).isCloseTo(again.volume(0), within(1e-13));
    }

    @Test
    @Tag("S.16")
    void exponentsAreReadAndNothingIsDropped() throws Exception {
        var reaction = parse("-1e0 QUARTZ; 1 SiO2,aq");
        assertThat(reaction.terms()).extracting(Reaction.Term::coefficient).containsExactly(-1.0, 1.0);
    }

    @Test
    void anImbalanceNamesElementsAndCharge() {
        var parser = new ReactionParser(OURS);
        var refused = catchThrowableOfType(ReactionException.class, () -> parser.parse("reaction", "-1 QUARTZ; 1 Na+"));
        assertThat(refused.problem()).isEqualTo(Problem.UNBALANCED);
        assertThat(refused.getMessage()).contains("Na +1", "O -2", "Si -1", "charge +1");
    }

    @Test
    @Tag("S.19")
    void aSpeciesWithoutDataIsRefused() {
        var parser = new ReactionParser(Databases.load("dpronsbl"));
        var refused =
                catchThrowableOfType(ReactionException.class, () -> parser.parse("reaction", "1 HAsO3-2; -1 H2O"));
        assertThat(refused.problem()).isEqualTo(Problem.NO_DATA);
        assertThat(refused.getMessage()).contains("line 1, column 3", "no thermodynamic data");
    }

    @Test
    @Tag("S.20")
    void theConsistentProfileChangesEntropyAndVolumeButNotLogK() throws Exception {
        var at = Conditions.dry(new double[] {626.85, 626.85}, new double[] {3000, 20000});
        var calcite = parse("1 CALCITE");
        var corundum = parse("1 CORUNDUM");
        var compatible = new Evaluation(at, Profile.COMPATIBLE);
        var consistent = new Evaluation(at, Profile.CONSISTENT);
        assertThat(consistent.table(calcite).entropy(0)).isCloseTo(207.2695, within(1e-4));
        assertThat(consistent.table(calcite).volume(0)).isCloseTo(3.751669, within(1e-6));
        assertThat(compatible.table(calcite).entropy(0)).isCloseTo(207.6196, within(1e-4));
        assertThat(compatible.table(calcite).volume(0)).isCloseTo(3.756808, within(1e-6));
        assertThat(consistent.table(corundum).entropy(1)).isCloseTo(165.9267, within(1e-4));
        assertThat(compatible.table(corundum).entropy(1)).isCloseTo(167.2772, within(1e-4));
        assertThat(consistent.table(corundum).logK(1))
                .isEqualTo(compatible.table(corundum).logK(1));
    }

    @Test
    void theReactionIsCompletedWithWaterProtonsAndElectrons() throws Exception {
        var database = OURS;
        var completion = new ReactionParser(database)
                .parseUnbalanced("magnetite", "-2 MAGNETITE; 3 HEMATITE")
                .complete(database);
        assertThat(completion.remaining().isBalanced()).isTrue();
        assertThat(completion.reaction().text()).isEqualTo("-2 MAGNETITE; 3 HEMATITE; -1 H2O; 2 H+; 2 e-");
    }

    @Test
    void theTriplePointAndItsNeighboursAreWhereIceEnds() {
        assertThat(WaterModel.atPressure(0, 1).region()).hasToString("BEYOND");
        assertThat(WaterModel.atPressure(0.01, 1).region()).hasToString("VALID");
    }

    private static Reaction parse(String text) throws ReactionException {
        var parser = new ReactionParser(OURS);
        return text.contains(";") ? parser.parse("reaction", text) : parser.parseUnbalanced("species", text);
    }

    private static ReactionTable table(String text, Conditions at) throws ReactionException {
        return new Evaluation(at, Profile.COMPATIBLE).table(parse(text));
    }
}
