package org.colonnade.calculators.phreeqc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectedOutputTest {

    @Test
    void columnsAreSeparatedByTabsSoThatAHeadingMayContainBlanks() throws IOException {
        var table = read("state\t   total mol\t  pH\t\n i_soln\t 1.5e+00\t 7\t\n react\t 2\t 8.1\t\n")
                .getFirst();
        assertThat(table.headings()).containsExactly("state", "total mol", "pH");
        assertThat(table.rows()).hasSize(2);
        assertThat(table.number(0, 1)).isEqualTo(1.5);
        assertThat(table.numericColumns()).containsExactly(1, 2);
    }

    @Test
    void numbersAreShownWithTheirDigitsAndNoMore() {
        assertThat(List.of("2.100000000000e+01", "-1.814261861982e+00", "9.5e-09", "i_soln", "-99", "", "-nan", "+inf"))
                .extracting(SelectedOutput::shown)
                .containsExactly("21", "−1.814261861982", "9.5 × 10⁻⁹", "i_soln", "−99", "", "-nan", "+inf");
    }

    @Test
    void repeatedHeadingsAreNoRowAndChangedOnesBeginAnotherTable() throws IOException {
        var tables = read("a\tb\t\n1\t2\t\na\tb\t\n3\t4\t\nc\td\te\t\n5\t6\t7\t\n");
        assertThat(tables).extracting(SelectedOutput::name).containsExactly("x.sel", "x.sel (2)");
        assertThat(tables.getFirst().rows()).containsExactly(List.of("1", "2"), List.of("3", "4"));
        assertThat(tables.getLast().headings()).containsExactly("c", "d", "e");
    }

    @Test
    void headingsOfTheSameNumberBeginAnotherTableToo() throws IOException {
        assertThat(read("a\tb\t\n1\tx\t\nc\td\t\n5\ty\t\n")).hasSize(2);
    }

    @Test
    void aShortRowAndATruncatedLastLineAreKeptAsFarAsTheyGo() throws IOException {
        var table = read("a\tb\tc\t\n1\t2\t3\t\n4\t5.0e").getFirst();
        assertThat(table.text(1, 2)).isEmpty();
        assertThat(table.number(1, 1))
                .as("a number that was cut off is no number")
                .isNull();
        assertThat(table.isNumeric(1)).isFalse();
    }

    @Test
    void noMoreRowsAreReadThanAskedFor() throws IOException {
        var table = read("a\tb\t\n1\t2\t\n3\t4\t\n5\t6\t\n", 2).getFirst();
        assertThat(table.rows()).hasSize(2);
        assertThat(table.complete()).isFalse();
    }

    @Test
    void aFileThatIsNoTableGivesNone() throws IOException {
        assertThat(read("SOLUTION_RAW 1\n  -temp 25\n")).isEmpty();
        assertThat(read("")).isEmpty();
    }

    @Test
    void csvQuotesAndKeepsTheDigits() throws IOException {
        var table =
                read("soln\tsi_CO2(g)\t=cmd, \"x\"\t\n1\t-3.500000\t=1+1\t\n").getFirst();
        assertThat(table.csv()).isEqualTo("soln,si_CO2(g),\"'=cmd, \"\"x\"\"\"\r\n1,-3.500000,'=1+1\r\n");
    }

    private static List<SelectedOutput> read(String content) throws IOException {
        return read(content, 1000);
    }

    private static List<SelectedOutput> read(String content, int rows) throws IOException {
        return SelectedOutput.read("x.sel", new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)), rows);
    }
}
