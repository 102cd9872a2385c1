package org.colonnade.geochemistry.supcrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.colonnade.geochemistry.supcrt.ReactionException.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReactionParserTest {

    private final Database database = Database.of(
            "small",
            List.of(mineral("QUARTZ", Map.of("Si", 1.0, "O", 2.0)), dissolved("SiO2,aq"), dissolved("HSiO3-")));
    private final ReactionParser parser = new ReactionParser(database);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "-1,QUARTZ; 1 SiO2,aq | COEFFICIENT | 1 | 3 | part coefficient and name by a blank",
                "-1 QUARTZ; 1,5 SiO2,aq | COEFFICIENT | 1 | 12 | decimal point",
                "-1 QUARTZ; SiO2,aq | COEFFICIENT | 1 | 12 | where a coefficient is expected",
                "-1 QUARTZ; NaN SiO2,aq | COEFFICIENT | 1 | 12 | where a coefficient is expected",
                "-1 QUARTZ; Infinity SiO2,aq | COEFFICIENT | 1 | 12 | where a coefficient is expected",
                "-1 QUARTZ; 1e999 SiO2,aq | COEFFICIENT | 1 | 12 | not exceed a million",
                "0 QUARTZ; 1 SiO2,aq | COEFFICIENT | 1 | 1 | must not be zero",
                "-1 | NAME | 1 | 3 | without a species",
                "-1 QUARTZ 1 SiO2,aq | NAME | 1 | 10 | part terms by a semicolon",
                "-1 QUARZ; 1 SiO2,aq | UNKNOWN_SPECIES | 1 | 4 | nearest are QUARTZ",
                "`` | EMPTY | 0 | 0 | has no terms",
            })
    void whatCannotBeReadIsSaidWithItsPlace(String text, Problem problem, int line, int column, String words) {
        var refused = catchThrowableOfType(ReactionException.class, () -> parser.parse("R1", text));
        assertThat(refused.getMessage()).contains(words);
        assertThat(refused.problem()).isEqualTo(problem);
        assertThat(refused.line()).isEqualTo(line);
        assertThat(refused.column()).isEqualTo(column);
    }

    @Test
    void linesAndSemicolonsPartTerms() throws Exception {
        var lines = parser.parse("R1", " -1.0  QUARTZ\r\n  +1 SiO2,aq \r\n");
        var semicolons = parser.parse("R1", "-1 QUARTZ;1 SiO2,aq;");
        assertThat(lines.terms()).isEqualTo(semicolons.terms()).hasSize(2);
    }

    @Test
    void emptyLinesPartReactionsWhateverTheLineEnd() {
        assertThat(ReactionParser.blocks("-1 A\r\n1 B\r\n  \r\n-1 C\r\n1 D\n\n1 E"))
                .hasSize(3);
    }

    @Test
    void lowerCaseIsCorrectedWithANote() throws Exception {
        var reaction = parser.parse("R1", "-1 quartz; 1 sio2,AQ");
        assertThat(reaction.notes()).containsExactly("quartz is read as QUARTZ", "sio2,AQ is read as SiO2,aq");
    }

    @Test
    void repeatedSpeciesAreAddedWithANote() throws Exception {
        var reaction = parser.parse("R1", "-0.5 QUARTZ; 1 SiO2,aq; -0.5 QUARTZ");
        assertThat(reaction.text()).isEqualTo("-1 QUARTZ; 1 SiO2,aq");
        assertThat(reaction.notes()).singleElement().asString().contains("QUARTZ is given more than once");
    }

    @Test
    void anEnormousNameIsRefusedWithoutSearchingForNeighbours() {
        var refused =
                catchThrowableOfType(ReactionException.class, () -> parser.parse("R1", "1 " + "x".repeat(1_000_000)));
        assertThat(refused.getMessage()).hasSizeLessThan(200).contains("1000000 characters");
    }

    private static Species mineral(String name, Map<String, Double> elements) {
        return new Species.Mineral(
                label(name, elements),
                -856_280,
                -910_700,
                41.43,
                2.269,
                new HeatCapacity(92.9, -6.42e-4, -714_900, -716.1),
                Compression.NONE,
                new Transition.None(),
                2000);
    }

    private static Species dissolved(String name) {
        return new Species.Aqueous(
                label(name, Map.of("Si", 1.0, "O", 2.0)), -833_411, 0, 75, 0, 0, 0, 0, 0, 0, 0, 0, true);
    }

    private static Label label(String name, Map<String, Double> elements) {
        return new Label(name, name, "", "", "", Composition.of(elements, 0));
    }
}
