package org.colonnade.geochemistry.supcrt.diagram;

import java.util.ArrayList;
import java.util.List;

/**
 * A line along which a property has one value; of reactions over temperature (°C, x) and pressure (bar, y).
 *
 * @param level the value
 * @param points in order; a closed line ends with its first point
 */
public record Curve(double level, List<Point> points) {

    public Curve {
        points = List.copyOf(points);
    }

    /** Where two lines cross, e.g. the invariant point of three phases; corners are joined by straight lines. */
    public List<Point> crossings(Curve other) {
        var found = new ArrayList<Point>();
        for (int i = 1; i < points.size(); i++) {
            for (int k = 1; k < other.points.size(); k++) {
                crossing(points.get(i - 1), points.get(i), other.points.get(k - 1), other.points.get(k), found);
            }
        }
        return found;
    }

    private static void crossing(Point a, Point b, Point c, Point d, List<Point> found) {
        double ux = b.x() - a.x();
        double uy = b.y() - a.y();
        double vx = d.x() - c.x();
        double vy = d.y() - c.y();
        double cross = ux * vy - uy * vx;
        if (cross == 0) {
            return;
        }
        double s = ((c.x() - a.x()) * vy - (c.y() - a.y()) * vx) / cross;
        double t = ((c.x() - a.x()) * uy - (c.y() - a.y()) * ux) / cross;
        if (s >= 0 && s < 1 && t >= 0 && t < 1) {
            found.add(new Point(a.x() + s * ux, a.y() + s * uy));
        }
    }
}
