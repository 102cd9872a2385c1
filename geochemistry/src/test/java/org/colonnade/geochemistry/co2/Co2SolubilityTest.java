package org.colonnade.geochemistry.co2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.colonnade.geochemistry.Flag;
import org.colonnade.geochemistry.InputException;
import org.colonnade.geochemistry.testing.Vectors;
import org.colonnade.geochemistry.testing.Worst;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Co2SolubilityTest {

    private static final Worst WORST = new Worst("co2.csv");

    private final Co2Solubility gateway = new Co2Solubility(ConstantSet.GATEWAY);
    private final Co2Solubility published = new Co2Solubility(ConstantSet.PUBLISHED);

    static List<Vectors.Row> vectors() {
        return Vectors.read("co2.csv");
    }

    @AfterAll
    static void printWorst() {
        WORST.print();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    @Tag("G.8")
    void reproducesEveryReferenceVector(Vectors.Row row) {
        // when
        var state = gateway.at(row.number("T_K"), row.number("P_bar"), row.number("mNaCl"))
                .value();
        // then: the file has eight digits
        assertThat(WORST.relative("mCO2", state.molality().value(), row.number("mCO2")))
                .isLessThan(1e-7);
        assertThat(WORST.absolute("mCO2_gateway_4dp", state.molality().value(), row.number("mCO2_gateway_4dp")))
                .isLessThan(6.5e-5);
        assertThat(WORST.relative("P_H2O", state.waterVapourPressure().value(), row.number("P_H2O_bar")))
                .isLessThan(1e-7);
        assertThat(WORST.relative("y_CO2", state.gasFraction().value(), row.number("y_CO2")))
                .isLessThan(1e-7);
        assertThat(WORST.relative("phi_CO2", state.fugacityCoefficient().value(), row.number("phi_CO2")))
                .isLessThan(1e-7);
        assertThat(WORST.relative("mu_over_RT", state.chemicalPotential().value(), row.number("mu_over_RT")))
                .isLessThan(1e-7);
        assertThat(WORST.relative("lambda", state.lambda().value(), row.number("lambda_CO2_Na")))
                .isLessThan(1e-7);
        assertThat(WORST.relative("zeta", state.zeta().value(), row.number("zeta_CO2_Na_Cl")))
                .isLessThan(1e-7);
        assertThat(state.region()).isEqualTo((int) row.number("phi_region"));
    }

    @ParameterizedTest
    @CsvSource({
        "300, 1583, 3.2, 1.8827",
        "298.15, 1, 0, 0.0325",
        "298.15, 100, 0, 1.4213",
        "323.15, 100, 1, 0.9376",
        "373.15, 300, 4, 0.6673",
        "273.15, 50, 0, 2.0484",
        "290, 100, 0, 1.5961",
        "290.01, 100, 0, 1.5619"
    })
    @Tag("G.9")
    void givesTheNumbersOfTheOnlineCalculator(double t, double p, double m, double expected) {
        assertThat(gateway.at(t, p, m).value().molality().value()).isEqualTo(expected, within(5.01e-5));
    }

    @Test
    @Tag("G.3")
    void everyResultSaysWithWhichConstantsItWasComputed() {
        // given
        var ours = gateway.at(273.15, 50, 0);
        var papers = published.at(273.15, 50, 0);
        // then
        assertThat(ours.value().constants()).isEqualTo(ConstantSet.GATEWAY);
        assertThat(papers.value().constants()).isEqualTo(ConstantSet.PUBLISHED);
        assertThat(ours.model()).isNotEqualTo(papers.model());
        assertThat(papers.value().molality().value())
                .isNotCloseTo(ours.value().molality().value(), within(0.02));
        assertThat(ours.references()).extracting("key").containsExactly("Duan2006", "Duan2003");
    }

    @ParameterizedTest
    @CsvSource({"300, 10", "350, 500", "400, 1500", "500, 300"})
    void bothSetsAgreeForPureWaterAbove290Kelvin(double t, double p) {
        double one = gateway.at(t, p, 0).value().molality().value();
        double other = published.at(t, p, 0).value().molality().value();
        assertThat(one / other).isEqualTo(1, within(4e-5));
    }

    @Test
    void nothingDissolvesBelowTheVapourPressureOfWater() {
        // when
        var result = gateway.at(373.15, 0.5, 0);
        // then
        assertThat(result.value().molality().value()).isZero();
        assertThat(result.flag(Flag.Kind.BELOW_VAPOUR_PRESSURE))
                .get()
                .extracting(Flag::sentence)
                .asString()
                .contains("1.0196 bar");
    }

    @Test
    void zeroPressureGivesZeroAndNoFugacityCoefficient() {
        var state = published.at(298.15, 0, 1).value();
        assertThat(state.molality().value()).isZero();
        assertThat(state.fugacity().value()).isZero();
        assertThat(state.fugacityCoefficient().isMissing()).isTrue();
    }

    @Test
    void warnsOfHydrateBelow283Kelvin() {
        assertThat(gateway.at(282.9, 100, 0).has(Flag.Kind.HYDRATE_POSSIBLE)).isTrue();
        assertThat(gateway.at(283, 100, 0).flags()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "272.9, 100, 0, Temperature",
        "300, 2000.1, 0, Pressure",
        "300, 100, 4.6, mNaCl",
        "300, 100, -0.1, mNaCl",
        "200, 5000, 9, Temperature"
    })
    void refusesWhatIsOutsideTheRangeAndNamesTheFirstInput(double t, double p, double m, String input) {
        assertThatThrownBy(() -> gateway.at(t, p, m))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        input + " is out of bounds: T-P-X range of this model: 273-533 K, 0-2000 bar, 0-4.5 mNaCl!");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void refusesNumbersThatAreNotFinite(double bad) {
        assertThatThrownBy(() -> gateway.at(bad, 1, 0)).hasMessageStartingWith("Temperature must be a finite number");
        assertThatThrownBy(() -> gateway.at(300, bad, 0)).hasMessageStartingWith("Pressure must be a finite number");
        assertThatThrownBy(() -> gateway.at(300, 1, bad)).hasMessageStartingWith("mNaCl must be a finite number");
    }

    @Test
    void derivesMoleFractionMassAndFugacity() {
        var state = gateway.at(298.15, 100, 0).value();
        assertThat(state.moleFraction().value()).isEqualTo(1.4213109 / (1.4213109 + 55.508), within(1e-8));
        assertThat(state.mass().value()).isEqualTo(62.5519, within(1e-3));
        assertThat(state.fugacity().value()).isEqualTo(0.99968179 * 0.47384539 * 100, within(1e-5));
        assertThat(state.henryRatio()).isEqualTo(state.fugacity().value() / 1.4213109, within(1e-5));
    }

    @Test
    void theBranchChangesAtEveryLimitOfTheFormula() {
        assertThat(gateway.branch(290, 100)).isNotEqualTo(gateway.branch(290.01, 100));
        assertThat(published.branch(290, 100)).isEqualTo(published.branch(290.01, 100));
        assertThat(gateway.branch(340, 500)).isNotEqualTo(gateway.branch(340.2, 500));
        assertThat(gateway.branch(360, 1001)).isNotEqualTo(gateway.branch(360, 1001.1));
    }
}
