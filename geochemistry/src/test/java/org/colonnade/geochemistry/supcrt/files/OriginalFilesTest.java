package org.colonnade.geochemistry.supcrt.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.colonnade.geochemistry.supcrt.Database;
import org.colonnade.geochemistry.supcrt.DirectAccessReader;
import org.colonnade.geochemistry.supcrt.Grid;
import org.colonnade.geochemistry.supcrt.Profile;
import org.colonnade.geochemistry.supcrt.Range;
import org.colonnade.geochemistry.supcrt.Reaction;
import org.colonnade.geochemistry.supcrt.ReactionParser;
import org.colonnade.geochemistry.testing.PublishedData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of the original program, read, run again and compared number by number. */
class OriginalFilesTest {

    private static final Pattern NUMBERS = Pattern.compile("^\\s+-?\\d[\\d.]*\\s+-?\\d[\\d.]*\\s.*");
    private static final Pattern WORD = Pattern.compile("\\S+");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "isobar",
                "isotherm",
                "isochore",
                "isothermD",
                "kaleida",
                "pairs",
                "satT",
                "satP",
                "satpairs",
                "satkal",
                "uniT",
                "unikal"
            })
    @Tag("S.17")
    void aRunFromTheOriginalFilesGivesTheOriginalTables(String name) throws Exception {
        var run = run(name);
        var ours = rows(TableFile.write(run, name, ""));
        var theirs = rows(sample(name + ".out"));
        assertThat(ours).hasSameSizeAs(theirs);
        for (int i = 0; i < ours.size(); i++) {
            same(ours.get(i), theirs.get(i), 1.1e-3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"isobar", "isotherm", "isochore", "isothermD", "satT", "satP", "uniT"})
    void plotFilesHaveTheOriginalPoints(String name) throws Exception {
        var files = PlotFiles.write(run(name), name);
        assertThat(files).isNotEmpty();
        for (var file : files.entrySet()) {
            var theirs = plotted(sample(file.getKey()));
            var ours = plotted(file.getValue());
            assertThat(ours).as(file.getKey()).hasSameSizeAs(theirs);
            for (int i = 0; i < ours.size(); i++) {
                same(ours.get(i), theirs.get(i), 2e-3);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"isobar", "isotherm", "isochore", "isothermD", "satT", "satP", "pairs", "satpairs", "uniT"})
    void writtenConditionsAreReadBack(String name) throws Exception {
        var text = sample(name + ".con");
        var again = ConditionsFile.write(ConditionsFile.read(text));
        assertThat(again.lines().map(OriginalFilesTest::numbersOf).toList())
                .isEqualTo(text.lines().map(OriginalFilesTest::numbersOf).toList());
    }

    @Test
    void coefficientsKeepTheirDigitsInWrittenReactions() throws Exception {
        var database = database();
        var reaction = new ReactionParser(database).parse("third", "-0.3333333333 QUARTZ; 0.3333333333 SiO2,aq");
        var entries = ReactionsFile.read(ReactionsFile.write(List.of(reaction)));
        var again = new ReactionParser(database)
                .parse(entries.getFirst().title(), entries.getFirst().text());
        assertThat(again).isEqualTo(reaction);
    }

    @Test
    void aBrokenFileIsRefusedWithItsLine() {
        assertThatThrownBy(() -> ConditionsFile.read("a\nb\nc\nd\n 0 2 1 0 0\n 500 1000 x\n"))
                .isInstanceOf(FileException.class)
                .hasMessageContaining("Line 6")
                .hasMessageContaining("\"x\" is not a number");
        assertThatThrownBy(() -> ConditionsFile.read("a\nb\nc\nd\n 0 2 1 0 0\n 500 1000 500\n"))
                .isInstanceOf(FileException.class)
                .hasMessageContaining("Line 7")
                .hasMessageContaining("ends");
        assertThatThrownBy(() -> ReactionsFile.read("x\n".repeat(100)))
                .isInstanceOf(FileException.class)
                .hasMessageContaining("nreac");
    }

    @Test
    void conditionsNeedNoSample() throws Exception {
        var grid = new Grid.Uniform(Grid.Axes.ISOBARS, new Range(500, 1000, 500), new Range(25, 425, 100));
        var table = new Tabulation.Table(grid);
        assertThat(ConditionsFile.read(ConditionsFile.write(table))).isEqualTo(table);
    }

    private static Run run(String name) throws Exception {
        var database = database();
        var parser = new ReactionParser(database);
        var reactions = new ArrayList<Reaction>();
        for (var entry : ReactionsFile.read(sample(name + ".rxn"))) {
            reactions.add(parser.parse(entry.title(), entry.text()));
        }
        return Run.of("bin/dpronsbl", ConditionsFile.read(sample(name + ".con")), reactions, Profile.COMPATIBLE);
    }

    private static List<String> rows(String text) {
        return text.lines()
                .filter(line -> NUMBERS.matcher(line).matches())
                .filter(line -> !line.matches("\\s+-?\\d+\\.\\d{3}\\s+[A-Z].*"))
                .toList();
    }

    private static List<String> plotted(String text) {
        return text.lines().filter(line -> line.matches("\\s+-?0\\.\\d{7}.*")).toList();
    }

    private static void same(String ours, String theirs, double tolerance) {
        var mine = WORD.matcher(ours).results().map(r -> r.group()).toList();
        var original = WORD.matcher(theirs).results().map(r -> r.group()).toList();
        assertThat(mine).as(ours + "\n" + theirs).hasSameSizeAs(original);
        for (int i = 0; i < mine.size(); i++) {
            if (original.get(i).matches("[-+]?[\\d.]+(E[-+]\\d+)?")) {
                double value = Double.parseDouble(original.get(i));
                assertThat(Double.parseDouble(mine.get(i)))
                        .as(ours + "\n" + theirs)
                        .isCloseTo(value, within(Math.max(tolerance, 2e-5 * Math.abs(value))));
            } else {
                assertThat(mine.get(i)).isEqualTo(original.get(i));
            }
        }
    }

    private static String numbersOf(String line) {
        if (line.startsWith(" Line") || line.startsWith("*")) {
            return line.replaceAll("i=2\\.\\. ?", "i=2..");
        }
        var text = new StringBuilder();
        for (String word : line.strip().split("\\s+")) {
            text.append(Double.parseDouble(word)).append(' ');
        }
        return text.toString();
    }

    private static Database database() throws Exception {
        return DirectAccessReader.read("dpronsbl", Files.readAllBytes(PublishedData.file("dpronsbl.dat")));
    }

    private static String sample(String name) throws Exception {
        return Files.readString(PublishedData.file("samples/" + name));
    }
}
