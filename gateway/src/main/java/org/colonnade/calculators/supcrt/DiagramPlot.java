package org.colonnade.calculators.supcrt;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.colonnade.geochemistry.supcrt.diagram.Axis;
import org.colonnade.geochemistry.supcrt.diagram.Field;
import org.colonnade.geochemistry.supcrt.diagram.Point;
import org.colonnade.geochemistry.supcrt.diagram.PredominanceDiagram;
import org.colonnade.geochemistry.supcrt.diagram.Variable;
import org.colonnade.web.Numbers;
import org.colonnade.web.Plot;

/** Draws fields of predominance: the lines between different species, their names, and the limits of water. */
final class DiagramPlot {

    /** A side of a polygon is cut into so many pieces, each of which is a border or is not. */
    private static final int PIECES = 40;

    private static final double SMALLEST_NAMED = 0.004;

    private final PredominanceDiagram diagram;
    private final double width;
    private final double height;

    private DiagramPlot(PredominanceDiagram diagram) {
        this.diagram = diagram;
        this.width = diagram.x().to() - diagram.x().from();
        this.height = diagram.y().to() - diagram.y().from();
    }

    static Plot of(PredominanceDiagram diagram) {
        return new DiagramPlot(diagram).plot();
    }

    private Plot plot() {
        var series = new ArrayList<Plot.Series>();
        series.add(new Plot.Series("boundaries", Plot.Style.LINE, borders()));
        diagram.water()
                .forEach(line -> series.add(
                        new Plot.Series(line.name(), Plot.Style.LINE, List.of(point(line.from()), point(line.to())))));
        var marks = diagram.fields().stream()
                .filter(f -> f.area() > SMALLEST_NAMED * width * height)
                .map(f ->
                        new Plot.Mark(f.label().x(), f.label().y(), f.species().name()))
                .toList();
        String fields = diagram.fields().stream()
                .sorted((a, b) -> Double.compare(b.area(), a.area()))
                .map(f -> f.species().name() + " (" + share(f) + ")")
                .collect(Collectors.joining(", "));
        return new Plot(
                        "Predominant species of %s at %s °C and %s bar"
                                .formatted(
                                        diagram.element(),
                                        Numbers.plain(round(diagram.celsius())),
                                        Numbers.plain(round(diagram.bar()))),
                        "Fields by their share of the area: " + fields + ".",
                        axis(diagram.x()),
                        axis(diagram.y()),
                        series)
                .withMarks(marks);
    }

    /** The part of the diagram that a field covers. */
    String share(Field field) {
        return Numbers.plain(Math.round(1000 * field.area() / (width * height)) / 10.0) + " %";
    }

    static DiagramPlot measure(PredominanceDiagram diagram) {
        return new DiagramPlot(diagram);
    }

    private static double round(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    private static Plot.Axis axis(Axis axis) {
        var named = axis.variable() instanceof Variable.Eh
                ? new Plot.Axis("Eh", "V", false)
                : new Plot.Axis(axis.variable().label(), "", false);
        return named.between(axis.from(), axis.to());
    }

    private static Plot.Point point(Point p) {
        return new Plot.Point(p.x(), p.y());
    }

    /** Each border once, from the side of the field that comes first. */
    private List<Plot.Point> borders() {
        var points = new ArrayList<Plot.Point>();
        for (int i = 0; i < diagram.fields().size(); i++) {
            for (var polygon : diagram.fields().get(i).polygons()) {
                for (int k = 0; k < polygon.size(); k++) {
                    side(polygon.get(k), polygon.get((k + 1) % polygon.size()), i, points);
                }
            }
        }
        return points;
    }

    private void side(Point from, Point to, int field, List<Plot.Point> points) {
        boolean open = false;
        for (int piece = 0; piece < PIECES; piece++) {
            boolean border = isBorder(between(from, to, (piece + 0.5) / PIECES), from, to, field);
            if (border && !open) {
                if (!points.isEmpty()) {
                    points.add(new Plot.Point(points.getLast().x(), null));
                }
                points.add(point(between(from, to, piece / (double) PIECES)));
            }
            if (!border && open) {
                points.add(point(between(from, to, piece / (double) PIECES)));
            }
            open = border;
        }
        if (open) {
            points.add(point(to));
        }
    }

    private static Point between(Point from, Point to, double share) {
        return new Point(from.x() + share * (to.x() - from.x()), from.y() + share * (to.y() - from.y()));
    }

    /** Whether another field, later in the list, lies on the right of a side that runs counter-clockwise. */
    private boolean isBorder(Point middle, Point from, Point to, int field) {
        double dx = (to.x() - from.x()) / width;
        double dy = (to.y() - from.y()) / height;
        double length = Math.hypot(dx, dy);
        if (length == 0) {
            return false;
        }
        double x = middle.x() + 1e-7 * dy / length * width;
        double y = middle.y() - 1e-7 * dx / length * height;
        for (int other = field + 1; other < diagram.fields().size(); other++) {
            if (diagram.fields().get(other).contains(x, y)) {
                return true;
            }
        }
        return false;
    }
}
