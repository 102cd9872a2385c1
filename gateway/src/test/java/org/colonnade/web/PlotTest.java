package org.colonnade.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.colonnade.web.Plot.Axis;
import org.colonnade.web.Plot.Point;
import org.colonnade.web.Plot.Series;
import org.colonnade.web.Plot.Style;
import org.junit.jupiter.api.Test;

class PlotTest {

    private static final Axis X = new Axis("Temperature", "K", false);
    private static final Axis Y = new Axis("pH", "", false);

    @Test
    void theTableHasOneRowForEachXAndOneColumnForEachSeries() {
        var table = plot(
                        new Series("a", Style.LINE, List.of(new Point(2, 20.0), new Point(1, 10.0))),
                        new Series("b", Style.LINE, List.of(new Point(2, null), new Point(3, 0.5))))
                .getTable();
        assertThat(table.columns()).containsExactly("Temperature / K", "a (pH)", "b (pH)");
        assertThat(table.rows().toString()).isEqualTo("[[1.0, 10.0, null], [2.0, 20.0, null], [3.0, null, 0.5]]");
    }

    @Test
    void severalValuesAtOneXStandInSeveralRows() {
        var table = plot(new Series("a", Style.POINTS, List.of(new Point(1, 10.0), new Point(1, 11.0))))
                .getTable();
        assertThat(table.columns()).containsExactly("Temperature / K", "pH");
        assertThat(table.rows().toString()).isEqualTo("[[1.0, 10.0], [1.0, 11.0]]");
    }

    @Test
    void eightCurvesAreRefused() {
        var curve = new Series("a", Style.LINE, List.of());
        assertThatThrownBy(() -> new Plot("t", "s", X, Y, Collections.nCopies(8, curve)))
                .hasMessageContaining("8 curves");
    }

    private static Plot plot(Series... series) {
        return new Plot("Title", "Summary.", X, Y, List.of(series));
    }
}
