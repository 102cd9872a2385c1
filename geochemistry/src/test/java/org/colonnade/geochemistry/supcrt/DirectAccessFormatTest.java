package org.colonnade.geochemistry.supcrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectAccessFormatTest {

    private static final Species HALITE = new Species.Mineral(
            new Label("HALITE", "NaCl", "hlt", "HP11", "", Composition.of(Map.of("Na", 1.0, "Cl", 1.0), 0)),
            -384_310,
            -411_300,
            72.1,
            2.702,
            new HeatCapacity(45.2, 1.797e-2, 0, 0),
            new Compression(1.147e-4, 238, 5, -0.021, 2),
            new Transition.None(),
            9999);

    @ParameterizedTest
    @ValueSource(strings = {"dpronsbl", "dpronsbl_ree"})
    void aDatabaseWrittenAndReadAgainComputesTheSame(String name) throws Exception {
        var original = Databases.load(name);
        var again = DirectAccessReader.read(name, DirectAccessWriter.write(original.species()));
        assertThat(again.species()).hasSameSizeAs(original.species());
        var at = Conditions.atPressure(new double[] {25, 300}, new double[] {1, 1000});
        var evaluation = new Evaluation(at, Profile.COMPATIBLE);
        for (Species species : original.species()) {
            if (!species.hasData() || !species.composition().complete()) {
                continue;
            }
            var copy = again.find(species.name()).orElseThrow();
            assertThat(copy.composition().charge())
                    .isEqualTo(species.composition().charge());
            var before = evaluation.table(Reaction.of("x", List.of(new Reaction.Term(1, species))));
            var after = evaluation.table(Reaction.of("x", List.of(new Reaction.Term(1, copy))));
            assertThat(after.gibbs(1)).as(species.name()).isCloseTo(before.gibbs(1), within(1e-6));
            assertThat(after.heatCapacity(1)).as(species.name()).isCloseTo(before.heatCapacity(1), within(1e-6));
            assertThat(after.volume(1)).as(species.name()).isCloseTo(before.volume(1), within(1e-9));
        }
    }

    @Test
    void aSelectionIsADatabaseOfItsOwn() throws Exception {
        var file = DirectAccessWriter.write(List.of(HALITE, Species.Water.H2O));
        assertThat(file).hasSize(9 * 114);
        var species = DirectAccessReader.read("mine", file).find("HALITE").orElseThrow();
        assertThat(species.composition().elements()).containsEntry("Cl", 1.0).containsEntry("Na", 1.0);
    }

    @Test
    void whatIsNoDatabaseIsSaidSo() {
        var good = DirectAccessWriter.write(List.of(HALITE));
        assertThatThrownBy(() -> DirectAccessReader.read("cut", Arrays.copyOf(good, good.length - 10)))
                .isInstanceOf(DatabaseFormatException.class)
                .hasMessage("The file is cut: its last record, number 9, has 104 of 114 characters");
        assertThatThrownBy(() -> DirectAccessReader.read("cut", Arrays.copyOf(good, 5 * 114)))
                .isInstanceOf(DatabaseFormatException.class)
                .hasMessageContaining("begins at record 3, but there are 5 records");
        assertThatThrownBy(() ->
                        DirectAccessReader.read("text", "SUPCRT\n".repeat(100).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(DatabaseFormatException.class)
                .hasMessageContaining("sequential text file");
        assertThatThrownBy(() -> DirectAccessReader.read("noise", new byte[114 * 4]))
                .isInstanceOf(DatabaseFormatException.class)
                .hasMessageContaining("no SUPCRTBL database");
        var wrong = good.clone();
        wrong[5 * 114 + 12] = 'x';
        assertThatThrownBy(() -> DirectAccessReader.read("wrong", wrong))
                .isInstanceOf(DatabaseFormatException.class)
                .hasMessageContaining("Record 6, columns 7 to 18");
    }
}
