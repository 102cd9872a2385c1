package org.colonnade.calculators.phreeqc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.colonnade.calculators.phreeqc.InputCheck.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputCheckTest {

    private static final List<String> EXAMPLES =
            Examples.ALL.stream().map(Examples.Example::name).toList();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-file /etc/evil",
                "-fil ../../evil",
                "-f /tmp/evil",
                "file ../evil",
                "  FILE  folder/evil.sel",
                "-FILE \"/etc/evil\"",
                "-file ..",
                "-file ~root",
                "-file folder\\evil",
                "-reset false; -file /etc/evil",
                "-file \\\n/etc/evil",
                "-file warnings.txt",
            })
    void aFileOfSelectedOutputOutsideTheRunsFolderIsRefused(String option) {
        assertThat(refused("SOLUTION 1\nSELECTED_OUTPUT 1\n" + option + "\nEND"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DUMP\n -file /etc/evil",
                "TRANSPORT\n -dump /etc/evil",
                "INVERSE_MODELING 1\n -lon_netpath /etc/evil",
                "INVERSE_MODELING 1\n -pat_netpath ../evil",
                "INCLUDE$ /etc/passwd",
                "  include$ other.pqi",
                "DATABASE /etc/passwd",
                "database llnl.dat",
            })
    void everyOtherWayToNameAFileIsRefusedToo(String text) {
        assertThat(refused("SOLUTION 1\n" + text)).hasSize(1);
    }

    @Test
    void aRefusalNamesTheLineAndSaysWhatToDo() {
        assertThat(refused("# a comment\n\nDATABASE llnl.dat\nSOLUTION 1\nEND"))
                .containsExactly(new Finding(3, true, "DATABASE cannot be used here: choose the database in the form"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SOLUTION 1\n units mg/L\n Ca 80 mg/L as CaCO3\n F 1 mg/kgw",
                "SELECTED_OUTPUT\n -file plain.sel\n -totals Ca # /etc/comment",
                "SELECTED_OUTPUT\n -file name with blanks.sel",
                "TITLE a database of /etc/passwd\nSOLUTION 1",
                "TRANSPORT\n -dump_frequency 10",
                "RATES\n Decay\n -start\n10 x = 1/2\n-end",
            })
    void ordinaryInputIsNotRefused(String text) {
        assertThat(refused(text)).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("EXAMPLES")
    void theExamplesAreFine(String name) {
        String input = Examples.find(name).orElseThrow().input();
        assertThat(InputCheck.check(input, null)).isEmpty();
    }

    @Test
    void aTemperatureOutsideTheDatabasesRangeIsWarnedOfBeforeTheRun() {
        var database = new Database(
                "bl-1kb.dat", Path.of("bl-1kb.dat"), true, 1, Instant.EPOCH, "00", new TemperatureRange(110, 600));
        assertThat(InputCheck.check(
                        "SOLUTION 1\n temp 25\n pH 7\nSOLUTION 2\n temp 200\nREACTION_TEMPERATURE 1\n 150 700",
                        database))
                .extracting(Finding::line, Finding::refused)
                .containsExactly(tuple(2, false), tuple(7, false));
    }

    @Test
    void theRangeIsReadFromTheGridOfTheDatabase() {
        String database = """
                # a database
                LLNL_AQUEOUS_MODEL_PARAMETERS
                -temperatures
                         0.01 25 60 100
                       150 200 250 300
                #debye huckel a (adh)
                -dh_a
                         0.49 0.51
                """;
        assertThat(TemperatureRange.of(database)).contains(new TemperatureRange(0.01, 300));
        assertThat(TemperatureRange.of("SOLUTION_MASTER_SPECIES\n")).isEmpty();
    }

    @Test
    void whatIsNoTextIsNoInput() {
        assertThat(InputCheck.isText("Größe".getBytes(StandardCharsets.UTF_8))).isTrue();
        assertThat(InputCheck.isText("Größe".getBytes(StandardCharsets.ISO_8859_1)))
                .isFalse();
        assertThat(InputCheck.isText(new byte[] {'a', 0, 'b'})).isFalse();
    }

    private static List<Finding> refused(String input) {
        return InputCheck.check(input, null).stream().filter(Finding::refused).toList();
    }
}
