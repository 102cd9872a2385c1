package org.colonnade.geochemistry.supcrt.diagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.colonnade.geochemistry.InputException;
import org.colonnade.geochemistry.supcrt.Conditions;
import org.colonnade.geochemistry.supcrt.CuratedDatabase;
import org.colonnade.geochemistry.supcrt.Database;
import org.colonnade.geochemistry.supcrt.Evaluation;
import org.colonnade.geochemistry.supcrt.Profile;
import org.colonnade.geochemistry.supcrt.Reaction;
import org.colonnade.geochemistry.supcrt.ReactionParser;
import org.colonnade.geochemistry.supcrt.UnivariantSearch;
import org.colonnade.geochemistry.supcrt.UnivariantSearch.Variable;
import org.junit.jupiter.api.Test;

class LogKMapTest {

    private static final Database DATABASE = CuratedDatabase.instance().database();

    private static Reaction parse(String text) throws Exception {
        return new ReactionParser(DATABASE).parse("reaction", text);
    }

    @Test
    void theThreeAluminosilicatesMeetInOnePoint() throws Exception {
        // given
        var reactions = List.of(
                parse("-1 ANDALUSITE; 1 KYANITE"),
                parse("-1 ANDALUSITE; 1 SILLIMANITE"),
                parse("-1 KYANITE; 1 SILLIMANITE"));
        // when
        var curves =
                LogKMap.of(reactions, Profile.COMPATIBLE, LogKMap.steps(300, 900, 41), LogKMap.steps(1, 10_000, 41))
                        .stream()
                        .map(map -> map.contour(0))
                        .toList();
        // then
        assertThat(curves).allSatisfy(c -> assertThat(c).hasSize(1));
        var invariant = curves.get(0).getFirst().crossings(curves.get(1).getFirst());
        assertThat(invariant).hasSize(1);
        var third = curves.get(0).getFirst().crossings(curves.get(2).getFirst());
        assertThat(third.getFirst().x()).isCloseTo(invariant.getFirst().x(), within(1.0));
        assertThat(third.getFirst().y()).isCloseTo(invariant.getFirst().y(), within(15.0));
        // Holland and Powell (2011) put it near 4.4 kbar and 510 °C.
        assertThat(invariant.getFirst().x()).isBetween(480.0, 560.0);
        assertThat(invariant.getFirst().y()).isBetween(3800.0, 4900.0);
    }

    @Test
    void aContourIsWhereTheSearchFindsTheSameLogK() throws Exception {
        var quartz = parse("-1 QUARTZ; 1 SiO2,aq");
        var map = LogKMap.of(
                        List.of(quartz), Profile.COMPATIBLE, LogKMap.steps(25, 325, 13), LogKMap.steps(500, 2000, 4))
                .getFirst();
        var curve = map.contour(-3).getFirst();
        assertThat(curve.points()).hasSizeGreaterThan(3);
        for (var point : curve.points()) {
            var at = Conditions.atPressure(new double[] {point.x()}, new double[] {point.y()});
            assertThat(new Evaluation(at, Profile.COMPATIBLE).table(quartz).logK(0))
                    .isCloseTo(-3, within(2e-6));
        }
        var onIsobar = curve.points().stream().filter(p -> p.y() == 1000).toList();
        assertThat(onIsobar).hasSize(1);
        var searched = new UnivariantSearch(quartz, Profile.COMPATIBLE).find(Variable.TEMPERATURE, 1000, -3, 25, 325);
        assertThat(onIsobar.getFirst().x()).isCloseTo(searched.roots().getFirst(), within(0.001));
    }

    @Test
    void aContourStopsWhereThereAreNoValues() throws Exception {
        var salt = parse("-1 HALITE; 1 Na+; 1 Cl-");
        var map = LogKMap.of(List.of(salt), Profile.COMPATIBLE, LogKMap.steps(25, 600, 24), LogKMap.steps(1, 1000, 10))
                .getFirst();
        assertThat(map.logK(23, 0)).isNaN();
        assertThat(map.contour(0).stream().flatMap(c -> c.points().stream()))
                .isNotEmpty()
                .allSatisfy(p -> assertThat(p.x()).isLessThan(600));
    }

    @Test
    void aRingIsClosed() {
        double[] axis = LogKMap.steps(-2, 2, 41);
        var rings = Contours.trace(axis, axis, (i, j) -> Math.hypot(axis[i], axis[j]), 1, (x, y) -> Math.hypot(x, y));
        assertThat(rings).hasSize(1);
        var points = rings.getFirst().points();
        assertThat(points.getFirst()).isEqualTo(points.getLast());
        assertThat(points).allSatisfy(p -> assertThat(Math.hypot(p.x(), p.y())).isCloseTo(1, within(1e-6)));
    }

    @Test
    void axesThatAreNoneAreRefused() throws Exception {
        var reaction = List.of(parse("-1 QUARTZ; 1 COESITE"));
        assertThatThrownBy(() -> LogKMap.of(reaction, Profile.COMPATIBLE, new double[] {300, 200}, new double[] {1, 2}))
                .isInstanceOf(InputException.class)
                .hasMessage("The values of temperature must ascend");
        assertThatThrownBy(() -> LogKMap.of(
                        reaction, Profile.COMPATIBLE, LogKMap.steps(0, 1000, 1000), LogKMap.steps(1, 1000, 1000)))
                .hasMessage("A map has at most 250000 points");
    }
}
