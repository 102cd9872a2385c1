package org.colonnade.geochemistry.h2s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.colonnade.geochemistry.Computed;
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

class GasTablesTest {

    private static final Worst WORST = new Worst("h2s.csv");
    private static final GasTables TABLES = new GasTables();

    static List<Vectors.Row> vectors() {
        return Vectors.read("h2s.csv");
    }

    @AfterAll
    static void printWorst() {
        WORST.print();
    }

    private static Computed<TableState> at(int system, double t, double m, double p) {
        return TABLES.at(GasSystem.of(system), Interpolation.TRILINEAR, t, m, p);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    @Tag("G.16")
    void reproducesEveryReferenceVector(Vectors.Row row) {
        // when
        var state = at((int) row.number("system"), row.number("temp_K_in"), row.number("mNaCl_in"), row.number("P_bar"))
                .value();
        // then
        assertThat(state.temperature().value()).isEqualTo(row.number("temp_K_used"));
        assertThat(state.sodiumChloride().value()).isEqualTo(row.number("mNaCl_used"));
        assertThat(WORST.relative("x", state.moleFraction().value(), row.optional("x_trilinear")))
                .isLessThan(1e-7);
        assertThat(WORST.relative("rho", state.density().value(), row.optional("rho_trilinear")))
                .isLessThan(1e-7);
        assertThat(WORST.relative("lnphi", state.lnFugacityCoefficient().value(), row.optional("lnphi_trilinear")))
                .isLessThan(1e-7);
    }

    /**
     * Another triangulation of the same points: equal on the grid lines, close between them. Either may be off the
     * trilinear value by the resolution of the table, 2.4e-3 in x, so that the two differ by twice that at most.
     */
    @Test
    void theCompatibleRuleStaysNearTheOnlineCalculator() {
        var worst = new Worst("h2s.csv, compatible rule against the online calculator (absolute)");
        for (var row : vectors()) {
            var state = TABLES.at(
                            GasSystem.of(row.number("system")),
                            Interpolation.COMPATIBLE,
                            row.number("temp_K_in"),
                            row.number("mNaCl_in"),
                            row.number("P_bar"))
                    .value();
            double x = row.optional("x_gateway");
            assertThat(state.moleFraction().isMissing()).isEqualTo(Double.isNaN(x));
            if (!Double.isNaN(x)) {
                assertThat(worst.absolute("x", state.moleFraction().value(), x)).isLessThan(5e-3);
            }
            double rho = row.optional("rho_gateway");
            if (!Double.isNaN(rho)) {
                assertThat(worst.absolute("rho", state.density().value(), rho)).isLessThan(1.4);
                assertThat(worst.absolute("lnphi", state.lnFugacityCoefficient().value(), row.number("lnphi_gateway")))
                        .isLessThan(0.04);
            }
        }
        worst.print();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 298.15, 0, 100, 0.02695, 1023.1, -0.6637",
        "0, 298.15, 0, 110, 0.027205, 1023.8, -0.73375",
        "1, 298.15, 3, 300, 0.02394, 1116.13, -2.3566"
    })
    void bothRulesAgreeOnGridLines(int system, double t, double m, double p, double x, double density, double lnPhi) {
        for (var rule : Interpolation.values()) {
            var state = TABLES.at(GasSystem.of(system), rule, t, m, p).value();
            assertThat(state.moleFraction().value()).isEqualTo(x, within(1e-12));
            assertThat(state.density().value()).isEqualTo(density, within(1e-9));
            assertThat(state.lnFugacityCoefficient().value()).isEqualTo(lnPhi, within(1e-12));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2, 298.15, 0, 0, 0",
        "2, 298.15, 0, 100, 0.0340767",
        "2, 298.15, 0, 110, 0.03444136",
        "0, 310, 0, 110, 0.02421643"
    })
    @Tag("G.14")
    void givesTheMoleFractionsOfTheScenarios(int system, double t, double m, double p, double x) {
        assertThat(at(system, t, m, p).value().moleFraction().value()).isEqualTo(x, within(5.1e-9));
    }

    @Test
    void theMixtureHasNoDensityAndNamesItsGasComposition() {
        var result = at(2, 298.15, 0, 110);
        assertThat(result.value().density().isMissing()).isTrue();
        assertThat(result.value().lnFugacityCoefficient().isMissing()).isTrue();
        assertThat(result.flags()).extracting(Flag::sentence).contains("gas composition as in Ji & Zhu 2013");
    }

    @ParameterizedTest
    @CsvSource({"0, 280, 7, 298.15, 6", "2, 373.15, 5, 348.15, 4"})
    @Tag("G.12")
    void reportsBothClampedInputs(int system, double t, double m, double usedT, double usedM) {
        // when
        var result = at(system, t, m, 100);
        // then
        assertThat(result.flags())
                .filteredOn(f -> f.kind() == Flag.Kind.CLAMPED)
                .hasSize(2);
        assertThat(result.value().moleFraction())
                .isEqualTo(at(system, usedT, usedM, 100).value().moleFraction());
    }

    @Test
    void pressuresOutsideTheTableHaveNoValueAndZeroHasALimit() {
        assertThat(at(0, 298.15, 0, 0).has(Flag.Kind.MISSING)).isTrue();
        assertThat(at(0, 298.15, 0, 601).value().moleFraction().isMissing()).isTrue();
        assertThat(at(0, 373.15, 0, 3).value().moleFraction().isMissing()).isTrue();
        assertThat(at(0, 373.15, 0, 5).value().moleFraction().isMissing()).isFalse();
        var limit = TABLES.atZeroPressure(GasSystem.H2S, 300, 1);
        assertThat(limit.value().moleFraction().value()).isZero();
        assertThat(limit.flags()).extracting(Flag::kind).containsExactly(Flag.Kind.EXTRAPOLATED);
    }

    @Test
    @Tag("G.15")
    void warnsOfThePointsBeyondTheDewLine() {
        var doubtful = at(1, 323.15, 1, 50);
        assertThat(doubtful.value().moleFraction().value()).isEqualTo(0.03955);
        assertThat(doubtful.has(Flag.Kind.NEAR_GAS_SATURATION)).isTrue();
        var good = at(1, 323.15, 1, 60);
        assertThat(good.value().moleFraction().value()).isEqualTo(0.02984);
        assertThat(good.flags()).isEmpty();
        assertThat(at(1, 323.15, 0, 50).flags()).isEmpty();
    }

    /** Salt drives gas out of water; one point of the table says otherwise, and results that use it say so. */
    @Test
    void warnsOfThePointThatStandsOut() {
        double with = at(1, 348.15, 6, 20).value().moleFraction().value();
        double less = at(1, 348.15, 5, 20).value().moleFraction().value();
        assertThat(with).isEqualTo(0.009).isGreaterThan(less);
        assertThat(at(1, 360, 5.5, 15).flags())
                .extracting(Flag::sentence)
                .anySatisfy(sentence -> assertThat(sentence)
                        .startsWith("The table's point at 348.15 K, 6 mol/kg and 20 bar stands out"));
        assertThat(at(1, 348.15, 5, 20).flags()).isEmpty();
        assertThat(at(1, 348.15, 6, 30).flags()).isEmpty();
        assertThat(at(0, 348.15, 6, 20).flags()).isEmpty();
    }

    @Test
    void refusesUnknownSystemsAndNumbersThatAreNone() {
        assertThatThrownBy(() -> GasSystem.of(3))
                .isInstanceOf(InputException.class)
                .hasMessage("System '3.0' is out of range. Select system from 0 to 2.");
        assertThatThrownBy(() -> GasSystem.of(0.5)).hasMessageContaining("not a whole number");
        assertThatThrownBy(() -> GasSystem.of(Double.NaN)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> at(0, Double.NaN, 0, 1)).hasMessageStartingWith("temp must be a finite number");
        assertThatThrownBy(() -> at(0, 300, 0, -1)).hasMessageContaining("must not be negative");
    }

    @Test
    void acceptsATableOfTheOperator() throws IOException {
        // given
        var table = read("""
            system: own
            source: me
            T_K: 300 400
            NaCl_mol_kg: 0 1
            P_bar: 1 3
            quantity: x 1
            0 1
            0 2
            - 3
            0 4
            """);
        // when
        var own = TABLES.with(GasSystem.H2S, table);
        // then
        assertThat(own.at(GasSystem.H2S, Interpolation.TRILINEAR, 300, 0.5, 2)
                        .value()
                        .moleFraction()
                        .value())
                .isEqualTo(0.75);
        assertThat(own.at(GasSystem.H2S, Interpolation.TRILINEAR, 350, 0, 2)
                        .value()
                        .moleFraction()
                        .isMissing())
                .isTrue();
    }

    @Test
    void saysWhatIsWrongWithATable() {
        assertThatThrownBy(() -> read("system: own\nT_K: 1\n")).hasMessageContaining("no line 'source:' at line 2");
        assertThatThrownBy(() -> read("system: a\nsource: b\nT_K: 2 1\nNaCl_mol_kg: 0\nP_bar: 1\n"))
                .hasMessageContaining("An axis must rise");
        assertThatThrownBy(() -> read("system: a\nsource: b\nT_K: 1\nNaCl_mol_kg: 0\nP_bar: 1 2\nquantity: x 1\n5\n"))
                .hasMessageContaining("1 numbers where 2 pressures are at line 7");
        assertThatThrownBy(() -> read("system: a\nsource: b\nT_K: 1\nNaCl_mol_kg: 0\nP_bar: 1 2\nquantity: x 1\n"))
                .isInstanceOf(IOException.class);
    }

    private static SolubilityTable read(String text) throws IOException {
        return SolubilityTable.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
