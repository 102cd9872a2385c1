package org.colonnade.calculators.phreeqc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineDifferenceTest {

    /** One letter stands for one line; a difference reads {@code =a -b +c}. */
    @ParameterizedTest
    @CsvSource({
        "abc, abc, =a =b =c",
        "abc, abd, =a =b -c +d",
        "abcd, acd, =a -b =c =d",
        "acd, abcd, =a +b =c =d",
        "abcde, abxde, =a =b -c +x =d =e",
        "abcab, bcaba, -a =b =c =a =b +a",
        "a, '', -a"
    })
    void linesThatBothHaveStayAndTheOthersAreNamed(String first, String second, String difference) {
        assertThat(difference(first, second)).isEqualTo(difference);
    }

    @Test
    void whatEachSideHasIsWholeAgainHoweverMuchDiffers() {
        String first = text(IntStream.range(0, 3000).map(i -> i * 2));
        String second = text(IntStream.range(0, 3000).map(i -> i * 3));
        var lines = LineDifference.of(first, second);
        assertThat(side(lines, LineDifference.Side.FIRST)).isEqualTo(first);
        assertThat(side(lines, LineDifference.Side.SECOND)).isEqualTo(second);
    }

    private static String text(IntStream numbers) {
        return numbers.mapToObj(Integer::toString).collect(Collectors.joining("\n"));
    }

    private static String side(List<LineDifference.Line> lines, LineDifference.Side side) {
        return lines.stream()
                .filter(line -> line.side() == LineDifference.Side.BOTH || line.side() == side)
                .map(LineDifference.Line::text)
                .collect(Collectors.joining("\n"));
    }

    private static String difference(String first, String second) {
        return LineDifference.of(lines(first), lines(second)).stream()
                .map(line -> (switch (line.side()) {
                            case BOTH -> "=";
                            case FIRST -> "-";
                            case SECOND -> "+";
                        })
                        + line.text())
                .collect(Collectors.joining(" "));
    }

    private static String lines(String letters) {
        return String.join("\n", letters.split(""));
    }
}
