package org.colonnade.geochemistry.supcrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Equilibrium constants and enthalpies of reaction at 25 °C that were measured, or fitted to measurements, without the
 * publications behind the curated species: those of phreeqc.dat and wateq4f.dat of PHREEQC 3 (Parkhurst and Appelo 2013), which name their
 * sources. A wrong digit, sign or charge in a species that stands here shows, whoever made the mistake.
 */
class CuratedConstantsTest {

    private static final ReactionParser PARSER =
            new ReactionParser(CuratedDatabase.instance().database());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // reaction | log K | within | ΔH, kJ/mol | within
                "-1 H2O; 1 H+; 1 OH- | -14.0 | 0.02 | 55.8 | 0.5",
                "-1 CO2,aq; -1 H2O; 1 HCO3-; 1 H+ | -6.352 | 0.03 | 9.16 | 1.5",
                "-1 HCO3-; 1 CO3-2; 1 H+ | -10.329 | 0.03 | 14.9 | 1",
                "-1 CO2,g; 1 CO2,aq | -1.468 | 0.02 | -19.98 | 1",
                "-1 HSO4-; 1 SO4-2; 1 H+ | -1.988 | 0.03 | -16.11 | 6",
                "-1 H2S,aq; 1 HS-; 1 H+ | -6.994 | 0.06 | 22.18 | 2",
                "-1 NH4+; 1 NH3,aq; 1 H+ | -9.252 | 0.05 | 52.0 | 2",
                "-1 H3PO4,aq; 1 H2PO4-; 1 H+ | -2.147 | 0.1 | |",
                "-1 H2PO4-; 1 HPO4-2; 1 H+ | -7.207 | 0.05 | 4.1 | 1.5",
                "-1 HPO4-2; 1 PO4-3; 1 H+ | -12.346 | 0.1 | 14.6 | 1.5",
                "-1 HF,aq; 1 F-; 1 H+ | -3.18 | 0.05 | -13.3 | 2",
                "-1 HAcetate,aq; 1 Acetate-; 1 H+ | -4.757 | 0.02 | |",
                "-1 FORMIC-ACID,aq; 1 FORMATE; 1 H+ | -3.752 | 0.02 | |",
                "-1 PROPANOIC-ACID,aq; 1 PROPANOATE; 1 H+ | -4.874 | 0.02 | |",
                "-1 Al+3; -1 H2O; 1 AlOH+2; 1 H+ | -5.0 | 0.1 | 48.1 | 8",
                "-1 Al+3; -2 H2O; 1 Al(OH)2+; 2 H+ | -10.1 | 0.9 | 112.5 | 15",
                "-1 Al+3; -3 H2O; 1 Al(OH)3,aq; 3 H+ | -16.9 | 0.6 | 166.9 | 15",
                "-1 Al+3; -4 H2O; 1 Al(OH)4-; 4 H+ | -22.7 | 0.3 | 177 | 8",
                "-1 Al+3; -1 F-; 1 AlF+2 | 7.0 | 0.1 | 4.4 | 5",
                "-1 Al+3; -2 F-; 1 AlF2+ | 12.7 | 0.2 | 8.3 | 10",
                "-1 Al+3; -3 F-; 1 AlF3,aq | 16.8 | 0.3 | 9.0 | 10",
                "-1 H3AsO4,aq; 1 H2AsO4-; 1 H+ | -2.30 | 0.05 | -7.07 | 2",
                "-1 H3AsO4,aq; 1 HAsO4-2; 2 H+ | -9.46 | 0.25 | -3.85 | 2",
                "-1 CALCITE; 1 Ca+2; 1 CO3-2 | -8.48 | 0.1 | -10.0 | 3",
                "-1 ARAGONITE; 1 Ca+2; 1 CO3-2 | -8.336 | 0.1 | -10.83 | 3",
                "-1 ANHYDRITE; 1 Ca+2; 1 SO4-2 | -4.36 | 0.2 | -7.2 | 12",
                "-1 BARITE; 1 Ba+2; 1 SO4-2 | -9.97 | 0.03 | 26.6 | 1",
                "-1 CELESTITE; 1 Sr+2; 1 SO4-2 | -6.63 | 0.02 | -4.0 | 3",
                "-1 ANGLESITE; 1 Pb+2; 1 SO4-2 | -7.79 | 0.08 | 9.0 | 5",
                "-1 HALITE; 1 Na+; 1 Cl- | 1.58 | 0.03 | 3.8 | 1",
                "-1 SYLVITE; 1 K+; 1 Cl- | 0.90 | 0.06 | 17.4 | 1",
                "-1 SiO2(a); 1 SiO2,aq | -2.71 | 0.05 | 14.0 | 2",
                "-1 CHALCEDONY; 1 SiO2,aq | -3.55 | 0.1 | 19.7 | 3",
                "-1 GIBBSITE; -3 H+; 1 Al+3; 3 H2O | 8.11 | 0.5 | -95.4 | 10",
                "-1 BOEHMITE; -3 H+; 1 Al+3; 2 H2O | 8.584 | 1.1 | -117.9 | 10",
                "-1 BRUCITE; -2 H+; 1 Mg+2; 2 H2O | 16.84 | 0.5 | -113.4 | 3",
                "-1 NaSO4-; 1 Na+; 1 SO4-2 | -0.7 | 0.2 | |",
                "-1 KSO4-; 1 K+; 1 SO4-2 | -0.85 | 0.1 | |",
                "-1 MgSO4,aq; 1 Mg+2; 1 SO4-2 | -2.37 | 0.15 | |",
                "-1 CaSO4,aq; 1 Ca+2; 1 SO4-2 | -2.30 | 0.25 | |",
                "-1 CaCO3,aq; 1 Ca+2; 1 CO3-2 | -3.224 | 0.15 | |",
                "-1 MgCO3,aq; 1 Mg+2; 1 CO3-2 | -2.98 | 0.15 | |",
                "-1 SrCO3,aq; 1 Sr+2; 1 CO3-2 | -2.81 | 0.15 | |",
                "-1 BaCO3,aq; 1 Ba+2; 1 CO3-2 | -2.71 | 0.15 | |",
                "-1 Ca(HCO3)+; 1 Ca+2; 1 HCO3- | -1.106 | 0.1 | |",
                "-1 Mg(HCO3)+; 1 Mg+2; 1 HCO3- | -1.07 | 0.1 | |",
                "-1 CaF+; 1 Ca+2; 1 F- | -0.94 | 0.4 | |",
                "-1 MgF+; 1 Mg+2; 1 F- | -1.82 | 0.5 | |",
                "-1 PbCl+; 1 Pb+2; 1 Cl- | -1.6 | 0.2 | |",
                "-1 PbCl2,aq; 1 Pb+2; 2 Cl- | -1.8 | 0.3 | |",
                "-1 CuCl2-; 1 Cu+; 2 Cl- | -5.5 | 0.5 | |",
                "-1 Fe+3; -1 H2O; 1 FeOH+2; 1 H+ | -2.19 | 0.1 | |",
            })
    void agreesWithConstantsOfOtherOrigin(
            String text, double logK, double within, @Nullable Double enthalpy, @Nullable Double about)
            throws ReactionException {
        var at = new Evaluation(Conditions.atPressure(new double[] {25}, new double[] {1}), Profile.COMPATIBLE);
        var table = at.table(PARSER.parse("constant", text));
        assertThat(table.logK(0)).as("log K").isCloseTo(logK, within(within));
        if (enthalpy != null && about != null) {
            assertThat(table.enthalpy(0) / 1e3).as("ΔH").isCloseTo(enthalpy, within(about));
        }
    }
}
