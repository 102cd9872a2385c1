package org.colonnade.geochemistry.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
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
import org.junit.jupiter.params.provider.ValueSource;

class MineralRatesTest {

    private static final Worst WORST = new Worst("rate_vectors.csv");
    private static final MineralRates LIBRARY = new MineralRates(RateDataset.LIBRARY);
    private static final MineralRates REPORT = new MineralRates(RateDataset.OFR_2004_1068);

    static List<Vectors.Row> vectors() {
        return Vectors.read("rate_vectors.csv");
    }

    @AfterAll
    static void printWorst() {
        WORST.print();
    }

    private static Computed<RateState> at(String name, RateRule rule, Conditions conditions) {
        return LIBRARY.at(LIBRARY.find(name).orElseThrow(), rule, conditions);
    }

    private static String printed(double rate) {
        return String.format(Locale.ROOT, "%.4e", rate);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void reproducesEveryReferenceVector(Vectors.Row row) {
        // given
        var rule = row.text("mode").equals("strict") ? RateRule.STRICT : RateRule.COMPATIBLE;
        var conditions = new Conditions(
                row.number("temp_C"),
                row.number("pH"),
                row.optional("pFe3"),
                row.optional("pO2"),
                row.optional("pCO2"));
        // when
        var state = at(row.text("species"), rule, conditions).value();
        // then
        assertThat(printed(state.acid().value())).isEqualTo(row.text("AMech"));
        assertThat(printed(state.base().value())).isEqualTo(row.text("BMech"));
        assertThat(printed(state.neutral().value())).isEqualTo(row.text("NMech"));
        assertThat(printed(state.fourth().value())).isEqualTo(row.text("OMech"));
        assertThat(printed(state.total().value())).isEqualTo(row.text("total"));
        assertThat(Double.isNaN(state.logTotal()) ? "N/A" : String.format(Locale.ROOT, "%.4f", state.logTotal()))
                .isEqualTo(row.text("logTotal"));
        assertThat(WORST.relative("total", state.total().value(), row.number("total_full_precision")))
                .isLessThan(1e-12);
    }

    /** The strict rule beside that of the online calculator: a missing pCO2 is no pH, and a base mechanism in a(OH-) has it. */
    @ParameterizedTest
    @CsvSource({
        "Magnesite, 6, 4.6368e-10, 4.5769e-10, INPUT_NOT_GIVEN",
        "Albite, 10, 1.2930e-13, 7.3398e-12, SINGLE_SOURCE",
    })
    @Tag("G.19")
    @Tag("G.20")
    void theStrictRuleDiffersWhereTheOnlineCalculatorIsWrong(
            String mineral, double pH, String compatible, String strict, Flag.Kind warning) {
        assertThat(printed(at(mineral, RateRule.COMPATIBLE, Conditions.of(25, pH))
                        .value()
                        .total()
                        .value()))
                .isEqualTo(compatible);
        var result = at(mineral, RateRule.STRICT, Conditions.of(25, pH));
        assertThat(printed(result.value().total().value())).isEqualTo(strict);
        assertThat(result.has(warning)).isTrue();
    }

    @Test
    void holdsAllMineralsOfBothSources() {
        assertThat(LIBRARY.minerals()).hasSize(82);
        assertThat(REPORT.minerals()).hasSize(76);
        assertThat(REPORT.minerals()).extracting(Mineral::name).contains("K-feldspar", "Hornblende", "Biotite");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Clinochlore (ordered)", "clinochlore(ORDERED)", " Clinochlore  (ordered) "})
    void findsAMineralWithoutRegardToCaseAndSpaces(String name) {
        assertThat(LIBRARY.find(name)).get().extracting(Mineral::name).isEqualTo("Clinochlore (ordered)");
    }

    @Test
    void knowsNoInventedMineral() {
        assertThat(LIBRARY.find("Nosuchite")).isEmpty();
    }

    @Test
    void saysWhichInputIsMissing() {
        assertThat(at("Magnesite", RateRule.STRICT, Conditions.of(25, 6)).flags())
                .extracting(Flag::kind)
                .contains(Flag.Kind.INPUT_NOT_GIVEN);
        assertThat(at("Calcite", RateRule.STRICT, Conditions.of(25, 8)).flags())
                .extracting(Flag::sentence)
                .contains("pHCO3- is not given: the carbonate mechanism counts as zero");
        assertThat(at("Pyrite", RateRule.STRICT, Conditions.of(25, 2)).flags())
                .filteredOn(f -> f.kind() == Flag.Kind.INPUT_NOT_GIVEN)
                .hasSize(2);
    }

    @Test
    void warnsOutsideTheExperiments() {
        assertThat(at("Magnesite", RateRule.STRICT, Conditions.of(26, 13)).flags())
                .extracting(Flag::sentence)
                .contains("temperature 26 is outside 25–25 °C", "pH 13 is outside 0.2–12");
    }

    @Test
    void namesTheOtherValueWhereSourcesDiffer() {
        assertThat(at("Almandine", RateRule.STRICT, Conditions.of(25, 5)).flag(Flag.Kind.SOURCES_DIFFER))
                .get()
                .extracting(Flag::sentence)
                .asString()
                .contains("log k -0.84 vs -10.7");
    }

    @Test
    void citesWhatWasUsed() {
        assertThat(at("Albite", RateRule.STRICT, Conditions.of(25, 10)).references())
                .extracting("key")
                .containsExactly("Marty2015", "Zhang2019");
        assertThat(REPORT.at(REPORT.find("Albite").orElseThrow(), RateRule.STRICT, Conditions.of(25, 10))
                        .references())
                .extracting("key")
                .containsExactly("Palandri2004");
    }

    @Test
    void givesTheSourceOfEveryParameter() {
        var parameters = LIBRARY.find("Pyrite").orElseThrow().parameters();
        assertThat(parameters)
                .extracting(p -> p.mechanism() + " " + p.symbol() + " " + p.value())
                .containsExactly(
                        "acid A 282.0",
                        "acid Ea 56900.0",
                        "acid n(H+) -0.5",
                        "acid n(Fe+3) 0.5",
                        "fourth A 264000.0",
                        "fourth Ea 56900.0",
                        "fourth n(O2) 0.5");
        assertThat(parameters).extracting("source").containsOnly("Palandri and Kharaka (2004)");
    }

    @Test
    void computesWithTheReportsOwnConstants() {
        // when
        var state = REPORT.at(REPORT.find("Quartz").orElseThrow(), RateRule.STRICT, Conditions.of(25, 7))
                .value();
        // then
        assertThat(state.total().value()).isEqualTo(Math.pow(10, -13.4), within(1e-26));
        double hot = REPORT.at(REPORT.find("Quartz").orElseThrow(), RateRule.STRICT, Conditions.of(100, 7))
                .value()
                .logTotal();
        assertThat(hot).isEqualTo(-13.4 + 90900 / (8.314 * Math.log(10)) * (1 / 298.15 - 1 / 373.15), within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"0, -14.9399", "25, -13.9973", "50, -13.2691", "100, -12.2555", "200, -11.2816", "300, -11.2989"})
    void givesTheIonProductOfWater(double celsius, double logKw) {
        assertThat(MineralRates.logKw(celsius + 273.15)).isEqualTo(logKw, within(5.1e-5));
    }

    @Test
    void refusesAbsoluteZeroAndNumbersThatAreNotFinite() {
        assertThatThrownBy(() -> Conditions.of(-273.15, 7))
                .isInstanceOf(InputException.class)
                .hasMessage("The temperature must be above -273.15 °C, not -273.15");
        assertThatThrownBy(() -> Conditions.of(Double.NaN, 7)).hasMessageStartingWith("temp must be a finite number");
        assertThatThrownBy(() -> Conditions.of(25, Double.POSITIVE_INFINITY)).hasMessageStartingWith("pH must be");
        assertThatThrownBy(() -> new Conditions(25, 7, Double.NEGATIVE_INFINITY, 0, 0))
                .hasMessageStartingWith("pFe3 must be");
    }

    @Property(tries = 500)
    void theTotalIsTheSumOfItsMechanismsAndContinuous(
            @ForAll @DoubleRange(min = 0, max = 300) double t, @ForAll @DoubleRange(min = 0, max = 14) double pH) {
        for (var mineral : LIBRARY.minerals()) {
            var row = new double[MineralRates.COLUMNS];
            MineralRates.compute(mineral, RateRule.STRICT, new Conditions(t, pH, 3, 4, 2), row);
            var near = new double[MineralRates.COLUMNS];
            MineralRates.compute(mineral, RateRule.STRICT, new Conditions(t + 1e-8, pH + 1e-8, 3, 4, 2), near);
            for (int i = 0; i < MineralRates.COLUMNS; i++) {
                assertThat(row[i]).isFinite().isNotNegative();
                assertThat(near[i]).isCloseTo(row[i], within(row[i] * 1e-6));
            }
            assertThat(row[MineralRates.TOTAL]).isGreaterThanOrEqualTo(row[MineralRates.ACID]);
        }
    }
}
