package org.colonnade.geochemistry.supcrt.diagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

class ContoursTest {

    private static final double[] AXIS = {-3, -2, -1, 0, 1, 2, 3};

    private static List<Curve> lines(DoubleBinaryOperator f, double level) {
        return Contours.trace(AXIS, AXIS, net(f), level, f);
    }

    private static Contours.Net net(DoubleBinaryOperator f) {
        return (i, j) -> f.applyAsDouble(AXIS[i], AXIS[j]);
    }

    private static List<Double> levels(DoubleBinaryOperator f) {
        return Contours.levels(AXIS.length, AXIS.length, net(f), 7);
    }

    @Test
    void aPlaneHasOneStraightLineFromEdgeToEdge() {
        var lines = lines((x, y) -> x + 2 * y, 0.5);
        assertThat(lines).hasSize(1);
        var points = lines.getFirst().points();
        assertThat(points).allSatisfy(p -> assertThat(p.x() + 2 * p.y()).isCloseTo(0.5, within(1e-12)));
        assertThat(Math.abs(points.getFirst().x() - points.getLast().x()))
                .as("from one side to the other")
                .isEqualTo(6, within(1.01));
    }

    @Test
    void aHillHasARingThatClosesAndWhosePointsAreExact() {
        var lines = lines((x, y) -> -x * x - y * y, -4.5);
        assertThat(lines).hasSize(1);
        var points = lines.getFirst().points();
        assertThat(points.getFirst()).isEqualTo(points.getLast());
        assertThat(points)
                .allSatisfy(p -> assertThat(Math.hypot(p.x(), p.y())).isCloseTo(Math.sqrt(4.5), within(1e-9)));
    }

    @Test
    void aSaddleKeepsItsTwoLinesApart() {
        assertThat(lines((x, y) -> (x + 0.5) * (y + 0.5), 0.01)).hasSize(2);
    }

    @Test
    void cellsWithoutAValueAreLeftOut() {
        assertThat(lines((x, y) -> x == 0 && y == 0 ? Double.NaN : y, 0.5))
                .as("a line on each side of the hole")
                .hasSize(2);
    }

    @Test
    void levelsAreRoundAndNotMoreThanAskedFor() {
        assertThat(levels((x, y) -> x)).containsExactly(-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0);
        assertThat(levels((x, y) -> x * 0.01234)).hasSizeLessThanOrEqualTo(7).contains(-0.02, 0.01);
        assertThat(levels((x, y) -> 5)).isEmpty();
        assertThat(levels((x, y) -> Double.NaN)).isEmpty();
    }
}
