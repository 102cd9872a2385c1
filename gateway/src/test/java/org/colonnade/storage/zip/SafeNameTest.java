package org.colonnade.storage.zip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeNameTest {

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "result.txt, result.txt",
                "Grünes Öl 氷.csv, Grünes Öl 氷.csv",
                "../../etc/passwd, .._.._etc_passwd",
                ".., unnamed",
                "., unnamed",
                "``, unnamed",
                "`  `, unnamed",
                ".hidden, .hidden",
                "trailing.. ., trailing",
                "a\\b:c*d?e\"f<g>h|i, a_b_c_d_e_f_g_h_i",
                "CON, _CON",
                "nul.txt, _nul.txt",
                "com1.tar.gz, _com1.tar.gz",
                "LPT¹, _LPT¹",
                "console, console",
            })
    void aNameMeansNothingButItself(String given, String safe) {
        assertThat(SafeName.of(given)).isEqualTo(safe);
    }

    @Test
    void marksThatNobodySeesAreMadeVisible() {
        assertThat(SafeName.of("a\u0000b\nc\u001b[31m")).isEqualTo("a_b_c_[31m");
        assertThat(SafeName.of("invoice\u202Efdp.exe")).isEqualTo("invoice_fdp.exe");
        assertThat(SafeName.of("zero\u200Bwidth\uFEFF")).isEqualTo("zero_width_");
        assertThat(SafeName.of("half\ud83dpair")).isEqualTo("half_pair");
    }

    @Test
    void composedAndDecomposedLettersAreOneName() {
        assertThat(SafeName.of("Mu\u0308ller")).isEqualTo("M\u00fcller");
    }

    @Test
    void aLongNameIsCutBetweenLettersAndKeepsItsExtension() {
        String safe = SafeName.of("氷".repeat(300) + ".hdf5");
        assertThat(safe).startsWith("氷氷").endsWith("氷.hdf5");
        assertThat(safe.getBytes(StandardCharsets.UTF_8).length).isBetween(235, 240);
        assertThat(SafeName.of("a." + "x".repeat(1000))).hasSize(240);
    }

    @Property(tries = 500)
    void noNameEscapesItsFolder(@ForAll String name) {
        String safe = SafeName.of(name);
        assertThat(safe).isNotEmpty().doesNotContainPattern("[/\\\\\\p{Cc}\\p{Cf}]");
        assertThat(safe.strip()).isEqualTo(safe);
        assertThat(List.of(".", "..")).doesNotContain(safe);
        assertThat(SafeName.of(safe)).as("a safe name stays").isEqualTo(safe);
        assertThat(safe.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(241);
    }

    @Property(tries = 100)
    void allPathsOfOneArchiveDifferWhateverTheCase(
            @ForAll @Size(max = 20) List<@Size(max = 3) List<@StringLength(max = 4) String>> paths) {
        var names = new EntryNames();
        var given = paths.stream().filter(path -> !path.isEmpty()).toList();
        var made = given.stream().map(names::add).toList();
        assertThat(made.stream().map(name -> name.toLowerCase(Locale.ROOT)).distinct())
                .hasSize(given.size());
    }

    @Test
    void equalNamesAreNumbered() {
        var names = new EntryNames();
        assertThat(names.add(List.of("a.txt"))).isEqualTo("a.txt");
        assertThat(names.add(List.of("a.txt"))).isEqualTo("a (2).txt");
        assertThat(names.add(List.of("A.TXT"))).isEqualTo("A (3).TXT");
        assertThat(names.add(List.of("a (2).txt"))).isEqualTo("a (2) (2).txt");
        assertThat(names.add(List.of("noextension"))).isEqualTo("noextension");
        assertThat(names.add(List.of("NoExtension"))).isEqualTo("NoExtension (2)");
        assertThat(names.add(List.of(".hidden"))).isEqualTo(".hidden");
        assertThat(names.add(List.of(".hidden"))).isEqualTo(".hidden (2)");
    }

    @Test
    void aFileAndAFolderNeverHaveOneName() {
        var names = new EntryNames();
        assertThat(names.add(List.of("run", "input"))).isEqualTo("run/input");
        assertThat(names.add(List.of("RUN", "output"))).isEqualTo("run/output");
        assertThat(names.add(List.of("Run"))).isEqualTo("Run (2)");
        assertThat(names.add(List.of("log"))).isEqualTo("log");
        assertThat(names.add(List.of("log", "first"))).isEqualTo("log (2)/first");
        assertThat(names.add(List.of("log", "second"))).isEqualTo("log (2)/second");
        assertThat(names.add(List.of("..", "..", "etc", "passwd"))).isEqualTo("unnamed/unnamed/etc/passwd");
    }

    @Test
    void tenThousandEqualNamesTakeNoTime() {
        var names = new EntryNames();
        String last = "";
        for (int i = 0; i < 10_000; i++) {
            last = names.add(List.of("same.dat"));
        }
        assertThat(last).isEqualTo("same (10000).dat");
    }
}
