package org.colonnade.geochemistry.examples;

import java.util.List;
import org.colonnade.geochemistry.supcrt.Conditions;
import org.colonnade.geochemistry.supcrt.CuratedDatabase;
import org.colonnade.geochemistry.supcrt.Profile;
import org.colonnade.geochemistry.supcrt.ReactionException;
import org.colonnade.geochemistry.supcrt.ReactionParser;
import org.colonnade.geochemistry.supcrt.diagram.Axis;
import org.colonnade.geochemistry.supcrt.diagram.LogKMap;
import org.colonnade.geochemistry.supcrt.diagram.Predominance;

/** Where kyanite and sillimanite are in equilibrium, and which iron species predominates at a pH and Eh. */
final class DiagramExample {

    private DiagramExample() {}

    static void main(String[] args) throws ReactionException {
        var database = CuratedDatabase.instance().database();
        var reaction = new ReactionParser(database).parse("kyanite", "-1 KYANITE; 1 SILLIMANITE");
        var map = LogKMap.of(
                        List.of(reaction), Profile.COMPATIBLE, LogKMap.steps(300, 900, 25), LogKMap.steps(1, 10_000, 5))
                .getFirst();
        for (var curve : map.contour(0)) {
            curve.points().forEach(point -> System.out.printf("%.1f °C, %.0f bar%n", point.x(), point.y()));
        }

        var room = Conditions.atPressure(new double[] {25}, new double[] {1});
        var diagram = Predominance.of(database, "Fe", Axis.ph(0, 14), Axis.eh(-1, 1.4), room)
                .candidates(List.of("Fe+2", "Fe+3", "HEMATITE", "MAGNETITE", "IRON"))
                .draw();
        diagram.fields()
                .forEach(field -> System.out.printf(
                        "%s: %d corners%n",
                        field.species().name(),
                        field.polygons().stream().mapToInt(List::size).sum()));
        System.out.println(diagram.at(3, 0.2).orElseThrow().name());
    }
}
