package org.colonnade.geochemistry.supcrt.diagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.colonnade.geochemistry.InputException;
import org.colonnade.geochemistry.supcrt.Conditions;
import org.colonnade.geochemistry.supcrt.CuratedDatabase;
import org.colonnade.geochemistry.supcrt.Database;
import org.colonnade.geochemistry.supcrt.Evaluation;
import org.colonnade.geochemistry.supcrt.Profile;
import org.colonnade.geochemistry.supcrt.ReactionParser;
import org.junit.jupiter.api.Test;

class PredominanceTest {

    private static final Database DATABASE = CuratedDatabase.instance().database();
    private static final Conditions AMBIENT = Conditions.atPressure(new double[] {25}, new double[] {1});
    private static final double NERNST = Evaluation.LN10 * Evaluation.GAS_CONSTANT * 298.15 / Predominance.FARADAY;

    private static Predominance iron() {
        return Predominance.of(DATABASE, "Fe", Axis.ph(0, 14), Axis.eh(-1, 1.4), AMBIENT)
                .candidates(List.of("Fe+2", "Fe+3", "HEMATITE", "MAGNETITE", "IRON"));
    }

    private static double logK(String reaction) throws Exception {
        return new Evaluation(AMBIENT, Profile.COMPATIBLE)
                .table(new ReactionParser(DATABASE).parse("reaction", reaction))
                .logK(0);
    }

    /** The y of the corners of a field that lie at this x. */
    private static Stream<Point> corners(PredominanceDiagram diagram, String species) {
        return diagram.field(species).orElseThrow().polygons().stream().flatMap(List::stream);
    }

    @Test
    void ferricAndFerrousIronMeetAtSevenTenthsOfAVolt() {
        var diagram = iron().draw();
        var boundary = corners(diagram, "Fe+3")
                .filter(p -> p.x() == 0)
                .mapToDouble(Point::y)
                .min()
                .orElseThrow();
        assertThat(boundary).isCloseTo(0.77, within(0.005));
        assertThat(diagram.at(1, 0.9)).get().extracting("name").isEqualTo("Fe+3");
        assertThat(diagram.at(1, 0.6)).get().extracting("name").isEqualTo("Fe+2");
        assertThat(diagram.at(10, 0.3)).get().extracting("name").isEqualTo("HEMATITE");
        assertThat(diagram.at(1, -0.9)).get().extracting("name").isEqualTo("IRON");
    }

    @Test
    void waterGivesOffOxygenAt123VoltsLessTheNernstSlope() {
        var lines = iron().draw().water();
        assertThat(lines).extracting(Line::name).containsExactly("O2/H2O", "H2O/H2");
        var oxygen = lines.getFirst();
        assertThat(oxygen.from().y()).isCloseTo(1.229, within(0.001));
        assertThat(oxygen.to().y()).isCloseTo(1.229 - 14 * 0.05916, within(0.002));
        var hydrogen = lines.getLast();
        assertThat(hydrogen.from()).isEqualTo(new Point(0, 0));
        assertThat(hydrogen.to().y()).isCloseTo(-14 * NERNST, within(1e-9));
    }

    @Test
    void hematiteAndMagnetiteMeetWhereTheirReactionIsInEquilibrium() throws Exception {
        // 3 Fe2O3 + 2 H+ + 2 e- = 2 Fe3O4 + H2O: log K = 2 pH + 2 pe
        double logK = logK("-3 HEMATITE; -2 H+; -2 e-; 2 MAGNETITE; 1 H2O");
        var diagram = iron().draw();
        var shared = corners(diagram, "HEMATITE")
                .filter(p ->
                        corners(diagram, "MAGNETITE").anyMatch(q -> Math.hypot(p.x() - q.x(), p.y() - q.y()) < 1e-9))
                .toList();
        assertThat(shared).hasSizeGreaterThanOrEqualTo(2);
        assertThat(shared).allSatisfy(p -> assertThat(p.y()).isCloseTo((logK / 2 - p.x()) * NERNST, within(1e-9)));
    }

    @Test
    void hematiteDissolvesAsFerrousIronWhereTheirReactionSays() throws Exception {
        // Fe2O3 + 6 H+ + 2 e- = 2 Fe+2 + 3 H2O: log K = 2 log a + 6 pH + 2 pe, a = 1e-6
        double logK = logK("-1 HEMATITE; -6 H+; -2 e-; 2 Fe+2; 3 H2O");
        var diagram = iron().draw();
        var shared = corners(diagram, "HEMATITE")
                .filter(p -> corners(diagram, "Fe+2").anyMatch(q -> Math.hypot(p.x() - q.x(), p.y() - q.y()) < 1e-9))
                .toList();
        assertThat(shared).hasSizeGreaterThanOrEqualTo(2);
        assertThat(shared)
                .allSatisfy(p -> assertThat(p.y()).isCloseTo(((logK + 12) / 2 - 3 * p.x()) * NERNST, within(1e-9)));
    }

    @Test
    void fieldsFillTheBoxWithoutOverlap() {
        var diagram = iron().draw();
        assertThat(diagram.fields().stream().mapToDouble(Field::area).sum()).isCloseTo(14 * 2.4, within(1e-9));
        assertThat(diagram.fields())
                .allSatisfy(f ->
                        assertThat(diagram.at(f.label().x(), f.label().y())).contains(f.species()));
    }

    @Test
    void peAndOxygenFugacityDrawTheSameBoundaryAsEh() throws Exception {
        var pe = Predominance.of(DATABASE, "Fe", Axis.ph(0, 14), Axis.pe(-16, 24), AMBIENT)
                .candidates(List.of("HEMATITE", "MAGNETITE"))
                .draw();
        double logK = logK("-3 HEMATITE; -2 H+; -2 e-; 2 MAGNETITE; 1 H2O");
        assertThat(corners(pe, "HEMATITE").filter(p -> p.x() == 0).mapToDouble(Point::y))
                .anySatisfy(y -> assertThat(y).isCloseTo(logK / 2, within(1e-9)));
        // 2 Fe3O4 + 1/2 O2 = 3 Fe2O3 at log f(O2) = -2 log K, whatever the pH
        double buffer = -2 * logK("-2 MAGNETITE; -0.5 O2,g; 3 HEMATITE");
        var oxygen = Predominance.of(DATABASE, "Fe", Axis.ph(0, 14), Axis.logActivity("O2,g", -90, -50), AMBIENT)
                .candidates(List.of("HEMATITE", "MAGNETITE"))
                .draw();
        assertThat(corners(oxygen, "HEMATITE").mapToDouble(Point::y).min().orElseThrow())
                .isCloseTo(buffer, within(1e-6));
    }

    @Test
    void carbonateChangesItsSpeciesAcrossTheDiagram() throws Exception {
        // given: total carbonate of 1e-2
        var diagram = Predominance.of(DATABASE, "Ca", Axis.ph(4, 13), Axis.logActivity("Ca+2", -8, 0), AMBIENT);
        assertThat(diagram).isNotNull();
        var iron = Predominance.of(DATABASE, "Fe", Axis.ph(4, 13), Axis.eh(-0.8, 0.4), AMBIENT)
                .candidates(List.of("Fe+2", "SIDERITE", "HEMATITE", "MAGNETITE"))
                .ligand(new Ligand("C", -2, List.of("CO2,aq", "HCO3-", "CO3-2")))
                .draw();
        // then: siderite dissolves by FeCO3 + 2 H+ = Fe+2 + CO2 + H2O on its acid side
        double logK = logK("-1 SIDERITE; -2 H+; 1 Fe+2; 1 CO2,aq; 1 H2O");
        double acid = corners(iron, "SIDERITE").mapToDouble(Point::x).min().orElseThrow();
        double first = logK("-1 CO2,aq; -1 H2O; 1 HCO3-; 1 H+");
        double expected = (logK + 6 + 2) / 2;
        assertThat(expected).isLessThan(-first);
        assertThat(acid).isCloseTo(expected, within(1e-6));
        assertThat(iron.fields().stream().mapToDouble(Field::area).sum()).isCloseTo(9 * 1.2, within(1e-9));
    }

    @Test
    void feldsparMuscoviteAndKaoliniteMeetAtTheirReactions() throws Exception {
        var diagram = Predominance.of(
                        DATABASE, "Al", Axis.logActivity("SiO2,aq", -6, -2), Axis.logRatio("K+", 0, 10), AMBIENT)
                .candidates(List.of("MICROCLINE", "MUSCOVITE", "KAOLINITE", "GIBBSITE", "PYROPHYLLITE"))
                .draw();
        // 2 muscovite + 3 H2O + 2 H+ = 3 kaolinite + 2 K+: log K = 2 log a(K+)/a(H+)
        double ratio = logK("-2 MUSCOVITE; -3 H2O; -2 H+; 3 KAOLINITE; 2 K+") / 2;
        var shared = corners(diagram, "KAOLINITE")
                .filter(p ->
                        corners(diagram, "MUSCOVITE").anyMatch(q -> Math.hypot(p.x() - q.x(), p.y() - q.y()) < 1e-9))
                .toList();
        assertThat(shared).hasSizeGreaterThanOrEqualTo(2);
        assertThat(shared).allSatisfy(p -> assertThat(p.y()).isCloseTo(ratio, within(1e-9)));
        // gibbsite and kaolinite meet at one activity of silica: 2 Al(OH)3 + 2 SiO2 = kaolinite + H2O
        double silica = -logK("-2 GIBBSITE; -2 SiO2,aq; 1 KAOLINITE; 1 H2O") / 2;
        assertThat(corners(diagram, "GIBBSITE").mapToDouble(Point::x).max().orElseThrow())
                .isCloseTo(silica, within(1e-9));
    }

    @Test
    void whatCannotBeDrawnIsSaid() {
        assertThatThrownBy(() -> iron().candidates(List.of("QUARTZ")).draw())
                .isInstanceOf(InputException.class)
                .hasMessage("QUARTZ holds no Fe");
        assertThatThrownBy(() -> iron().candidates(List.of("PYRITE")).draw())
                .hasMessageContaining("holds an element that is neither drawn nor in H2O, H+, e-");
        assertThatThrownBy(() -> iron().candidates(List.of("HEMATIT")).draw())
                .hasMessageContaining("HEMATIT is not in the database colonnade; nearest are HEMATITE");
        assertThatThrownBy(() -> Axis.ph(Double.NaN, 14)).hasMessage("pH must be a finite number, not NaN");
        assertThatThrownBy(() -> Axis.eh(1, 1)).hasMessage("Eh (V) must ascend, not go from 1.0 to 1.0");
        assertThatThrownBy(() -> Predominance.of(DATABASE, "O", Axis.ph(0, 1), Axis.eh(0, 1), AMBIENT))
                .hasMessageContaining("O is in water");
    }

    @Test
    void aCandidateThatNeedsAnUnknownActivityIsLeftOutWithTheReason() {
        var diagram = Predominance.of(DATABASE, "Fe", Axis.ph(0, 14), Axis.logActivity("H2O", -1, 0), AMBIENT)
                .candidates(List.of("HEMATITE", "MAGNETITE"))
                .draw();
        assertThat(diagram.fields()).hasSize(1);
        assertThat(diagram.omitted()).containsEntry("MAGNETITE", "needs the activity of e-");
    }
}
