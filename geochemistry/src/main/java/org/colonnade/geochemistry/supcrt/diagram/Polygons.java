package org.colonnade.geochemistry.supcrt.diagram;

import java.util.ArrayList;
import java.util.List;

/** Convex polygons, counter-clockwise. */
final class Polygons {

    private Polygons() {}

    static List<Point> box(Axis x, Axis y) {
        return List.of(
                new Point(x.from(), y.from()),
                new Point(x.to(), y.from()),
                new Point(x.to(), y.to()),
                new Point(x.from(), y.to()));
    }

    /** The part in which {@code c + a x + b y >= 0} (Sutherland and Hodgman 1974); empty if there is none. */
    static List<Point> clip(List<Point> polygon, double c, double a, double b) {
        var kept = new ArrayList<Point>(polygon.size() + 1);
        for (int i = 0; i < polygon.size(); i++) {
            var here = polygon.get(i);
            var next = polygon.get((i + 1) % polygon.size());
            double atHere = c + a * here.x() + b * here.y();
            double atNext = c + a * next.x() + b * next.y();
            if (atHere >= 0) {
                kept.add(here);
            }
            if ((atHere > 0 && atNext < 0) || (atHere < 0 && atNext > 0)) {
                double share = atHere / (atHere - atNext);
                kept.add(new Point(here.x() + share * (next.x() - here.x()), here.y() + share * (next.y() - here.y())));
            }
        }
        return kept.size() < 3 ? List.of() : kept;
    }

    static double area(List<Point> polygon) {
        double twice = 0;
        for (int i = 0; i < polygon.size(); i++) {
            var p = polygon.get(i);
            var q = polygon.get((i + 1) % polygon.size());
            twice += p.x() * q.y() - q.x() * p.y();
        }
        return twice / 2;
    }

    static Point centroid(List<Point> polygon) {
        double area = area(polygon);
        double x = 0;
        double y = 0;
        for (int i = 0; i < polygon.size(); i++) {
            var p = polygon.get(i);
            var q = polygon.get((i + 1) % polygon.size());
            double cross = p.x() * q.y() - q.x() * p.y();
            x += (p.x() + q.x()) * cross;
            y += (p.y() + q.y()) * cross;
        }
        return new Point(x / (6 * area), y / (6 * area));
    }

    static boolean contains(List<Point> polygon, double x, double y) {
        for (int i = 0; i < polygon.size(); i++) {
            var p = polygon.get(i);
            var q = polygon.get((i + 1) % polygon.size());
            if ((q.x() - p.x()) * (y - p.y()) - (q.y() - p.y()) * (x - p.x()) < 0) {
                return false;
            }
        }
        return true;
    }
}
