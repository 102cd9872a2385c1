package org.colonnade.calculators.supcrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

class ContoursTest {

    private static final double[] AXIS = {-3, -2, -1, 0, 1, 2, 3};

    private static double[][] field(DoubleBinaryOperator f) {
        return Arrays.stream(AXIS)
                .mapToObj(
                        y -> Arrays.stream(AXIS).map(x -> f.applyAsDouble(x, y)).toArray())
                .toArray(double[][]::new);
    }

    @Test
    void aPlaneHasOneStraightLineFromEdgeToEdge() {
        var lines = new Contours(AXIS, AXIS, field((x, y) -> x + 2 * y)).lines(0.5);
        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst())
                .allSatisfy(v -> assertThat(v.x() + 2 * v.y()).isCloseTo(0.5, within(1e-12)));
        assertThat(Math.abs(lines.getFirst().getFirst().x()
                        - lines.getFirst().getLast().x()))
                .as("from one side to the other")
                .isEqualTo(6, within(1.01));
    }

    @Test
    void aHillHasARingThatCloses() {
        var lines = new Contours(AXIS, AXIS, field((x, y) -> -x * x - y * y)).lines(-4.5);
        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst().getFirst()).isEqualTo(lines.getFirst().getLast());
        assertThat(lines.getFirst())
                .allSatisfy(v -> assertThat(Math.hypot(v.x(), v.y())).isCloseTo(Math.sqrt(4.5), within(0.15)));
    }

    @Test
    void aSaddleKeepsItsTwoLinesApart() {
        assertThat(new Contours(AXIS, AXIS, field((x, y) -> (x + 0.5) * (y + 0.5))).lines(0.01))
                .hasSize(2);
    }

    @Test
    void cellsWithoutAValueAreLeftOut() {
        var lines = new Contours(AXIS, AXIS, field((x, y) -> x == 0 && y == 0 ? Double.NaN : y)).lines(0.5);
        assertThat(lines).as("a line on each side of the hole").hasSize(2);
    }

    @Test
    void levelsAreRoundAndNotMoreThanAskedFor() {
        assertThat(Contours.levels(field((x, y) -> x), 7)).containsExactly(-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0);
        assertThat(Contours.levels(field((x, y) -> x * 0.01234), 7))
                .hasSizeLessThanOrEqualTo(7)
                .contains(-0.02, 0.01);
        assertThat(Contours.levels(field((x, y) -> 5), 7)).isEmpty();
        assertThat(Contours.levels(field((x, y) -> Double.NaN), 7)).isEmpty();
    }
}
