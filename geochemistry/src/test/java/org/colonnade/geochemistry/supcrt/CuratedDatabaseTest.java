package org.colonnade.geochemistry.supcrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class CuratedDatabaseTest {

    private final CuratedDatabase curated = CuratedDatabase.instance();

    @Test
    void everyValueNamesAPublicationThatCanBeCited() {
        for (Species species : curated.database().species()) {
            if (species.kind() == Species.Kind.WATER || species.kind() == Species.Kind.ELECTRON) {
                continue;
            }
            assertThat(curated.values(species.name()))
                    .as(species.name())
                    .isNotEmpty()
                    .allSatisfy(
                            v -> assertThat(curated.reference(v.reference())).isPresent());
        }
        assertThat(curated.reference("HP11").orElseThrow().bibtex()).contains("10.1111/j.1525-1314.2010.00923.x");
    }

    @Test
    void wellKnownConstantsFollow() throws Exception {
        var parser = new ReactionParser(curated.database());
        var at = new Evaluation(Conditions.atPressure(new double[] {25}, new double[] {1}), Profile.COMPATIBLE);
        assertThat(at.table(parser.parse("water", "-1 H2O; 1 H+; 1 OH-")).logK(0))
                .isCloseTo(-13.995, within(0.001));
        assertThat(at.table(parser.parse("quartz", "-1 QUARTZ; 1 SiO2,aq")).logK(0))
                .isCloseTo(-4.0, within(0.05));
        assertThat(at.table(parser.parse("calcite", "-1 CALCITE; 1 Ca+2; 1 CO3-2"))
                        .logK(0))
                .isCloseTo(-8.5, within(0.15));
        assertThat(at.table(parser.parse("halite", "-1 HALITE; 1 Na+; 1 Cl-")).logK(0))
                .isCloseTo(1.57, within(0.1));
    }

    @Test
    void aWrongDigitIsFoundOnLoading() {
        var wrong = """
                format 1
                reference X
                  authors = A, B.
                  year = 2000
                  title = T
                  journal = J

                aqueous Na+
                  formula = Na+
                  elements = Na 1
                  charge = 1
                  gibbs = -62951 cal/mol X
                  enthalpy = -57433 cal/mol X
                  entropy = 13.96 cal/(mol·K) X
                  a1 = 0.1839 cal/(mol·bar) X
                  a2 = -228.5 cal/mol X
                  a3 = 3.256 cal·K/(mol·bar) X
                  a4 = -27260 cal·K/mol X
                  c1 = 18.18 cal/(mol·K) X
                  c2 = -29810 cal·K/mol X
                  omega = 33060 cal/mol X
                """;
        assertThatThrownBy(() -> CuratedDatabase.read(wrong))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Na+")
                .hasMessageContaining("follows from enthalpy and entropy");
        var corrected = CuratedDatabase.read(wrong.replace("-62951", "-62591"));
        assertThat(corrected.database().find("Na+")).isPresent();
    }

    /** The published database of SUPCRTBL is an independent transcription of the same papers. */
    @Test
    void theSetAgreesWithAnIndependentTranscription() {
        var other = Databases.load("dpronsbl");
        var at = new Evaluation(
                Conditions.atPressure(new double[] {25, 200, 300}, new double[] {1, 500, 2000}), Profile.COMPATIBLE);
        var deviations = new ArrayList<String>();
        int compared = 0;
        for (Species species : curated.database().species()) {
            var theirs = other.find(species.name());
            if (theirs.isEmpty() || species.kind() == Species.Kind.WATER) {
                continue;
            }
            var mine = at.table(Reaction.of("mine", List.of(new Reaction.Term(1, species))));
            var other1 = at.table(Reaction.of("theirs", List.of(new Reaction.Term(1, theirs.get()))));
            compared++;
            double gibbs = mine.gibbs(2) - other1.gibbs(2);
            double entropy = mine.entropy(2) - other1.entropy(2);
            double volume = mine.volume(2) - other1.volume(2);
            boolean derived = species.kind() != Species.Kind.AQUEOUS;
            if (Math.abs(gibbs) > (derived ? 20 : 2) || Math.abs(entropy) > 0.02 || Math.abs(volume) > 0.001) {
                deviations.add(String.format(
                        Locale.ROOT,
                        "%s: ΔG %.0f J, ΔS %.3f J/K, ΔV %.4f J/bar",
                        species.name(),
                        gibbs,
                        entropy,
                        volume));
            }
            assertThat(Math.abs(gibbs))
                    .as(species.name())
                    .isLessThan(species.name().equals("SiO2,aq") ? 3000 : 600);
        }
        System.out.println(
                compared + " species compared with dpronsbl; these differ:\n  " + String.join("\n  ", deviations));
        assertThat(compared).isGreaterThan(60);
    }
}
