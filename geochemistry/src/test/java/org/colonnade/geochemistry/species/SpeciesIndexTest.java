package org.colonnade.geochemistry.species;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.colonnade.geochemistry.rates.Mineral;
import org.colonnade.geochemistry.rates.MineralRates;
import org.colonnade.geochemistry.rates.RateDataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpeciesIndexTest {

    private final SpeciesIndex index = SpeciesIndex.ofRates();

    @Test
    void holdsEveryMineralOfTheRatesInOrder() {
        assertThat(index.all())
                .extracting(Species::name)
                .containsAll(new MineralRates(RateDataset.LIBRARY)
                        .minerals().stream().map(Mineral::name).toList())
                .isSortedAccordingTo(String.CASE_INSENSITIVE_ORDER)
                .doesNotHaveDuplicates();
    }

    @Test
    void everyMineralHasAFormulaThatCanBeReadAndIsNeutral() {
        assertThat(index.all()).allSatisfy(s -> {
            assertThat(s.formula()).isNotEmpty();
            assertThat(Formula.parse(s.formula()).charge()).isZero();
        });
    }

    @Test
    void findsByNameSynonymFormulaAndElement() {
        assertThat(index.named("quartz")).get().extracting(Species::formula).isEqualTo("SiO2");
        assertThat(index.named("Baryte")).get().extracting(Species::name).isEqualTo("Barite");
        assertThat(index.nameContaining("serpent")).extracting(Species::name).contains("Lizardite");
        assertThat(index.withFormula(Formula.parse("O2Si")))
                .extracting(Species::name)
                .contains("Quartz", "Chalcedony", "SiO2(a)")
                .doesNotContain("Forsterite");
        assertThat(index.withElements(Set.of("Ca", "Mg", "C")))
                .extracting(Species::name)
                .containsExactly("Dolomite", "Dolomite (disordered)", "Dolomite (ordered)");
        assertThat(index.named("Nosuchite")).isEmpty();
    }

    @Test
    void saysInWhichCollectionsASpeciesIs() {
        assertThat(index.named("Albite").orElseThrow().sources()).containsExactly("library", "ofr2004");
        assertThat(index.named("Hornblende").orElseThrow().sources()).containsExactly("ofr2004");
    }

    @Test
    void joinsFurtherCollections() {
        var more = new ArrayList<>(SpeciesIndex.rateMinerals());
        more.add(new Species("QUARTZ", "SiO2", List.of("qz"), List.of("own")));
        var joined = new SpeciesIndex(more);
        assertThat(joined.named("qz").orElseThrow().sources()).containsExactly("library", "ofr2004", "own");
    }

    @ParameterizedTest
    @CsvSource({
        "CaMg(CO3)2, C 2.0, 0",
        "CaSO4:2H2O, O 6.0, 0",
        "CaSO4·2H2O, H 4.0, 0",
        "SO4-2, S 1.0, -2",
        "Fe+++, Fe 1.0, 3",
        "HCO3-, H 1.0, -1",
        "CO2(aq), O 2.0, 0",
        "Ca0.8SiO2.8:1.54H2O, H 3.08, 0",
        "K[Al(OH)4], O 4.0, 0",
        "Co, Co 1.0, 0",
        "CO, O 1.0, 0"
    })
    void readsFormulas(String text, String atoms, double charge) {
        var formula = Formula.parse(text);
        String[] expected = atoms.split(" ");
        assertThat(formula.count(expected[0])).isEqualTo(Double.parseDouble(expected[1]));
        assertThat(formula.charge()).isEqualTo(charge);
    }

    @Test
    void readsTheElectron() {
        assertThat(Formula.parse("e-").charge()).isEqualTo(-1);
        assertThat(Formula.parse("e-").atoms()).isEqualTo(Map.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "Xy2 | No element 'Xy' at position 1 of 'Xy2'",
                "Ca(CO3 | The bracket is not closed at position 3 of 'Ca(CO3'",
                "Ca)2 | ')' is not expected at position 3 of 'Ca)2'",
                "SO4--2 | A charge is either signs or a number at position 6 of 'SO4--2'",
                "SO4 2 | ' ' is not expected at position 4 of 'SO4 2'",
                "2 | No element at position 1 of '2'",
                "caco3 | 'c' is not expected at position 1 of 'caco3'"
            })
    void saysWhereAFormulaIsWrong(String text, String message) {
        assertThatThrownBy(() -> Formula.parse(text)).hasMessage(message);
    }

    @Test
    void endsOnHostileText() {
        assertThatThrownBy(() -> Formula.parse("(".repeat(400))).isInstanceOf(FormulaException.class);
        assertThatThrownBy(() -> Formula.parse("C".repeat(10_000))).isInstanceOf(FormulaException.class);
        assertThatThrownBy(() -> Formula.parse(" ")).isInstanceOf(FormulaException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "SiO2, 60.083",
        "CaSO4:2H2O, 172.164",
        "KAl3Si3O10(OH)2, 398.303",
        "SO4-2, 96.056",
        "UO2, 270.028",
    })
    void aFormulaHasAMolarMass(String formula, double grams) {
        assertThat(Formula.parse(formula).molarMass()).hasValueCloseTo(grams, within(0.0015));
    }

    @Test
    void anElementWithoutAStandardWeightLeavesTheMassOpen() {
        assertThat(Formula.parse("RaSO4").molarMass()).isEmpty();
    }
}
