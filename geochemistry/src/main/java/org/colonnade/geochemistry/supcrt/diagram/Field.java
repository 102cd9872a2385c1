package org.colonnade.geochemistry.supcrt.diagram;

import java.util.List;
import org.colonnade.geochemistry.supcrt.Species;

/**
 * Where a species predominates.
 *
 * @param species the predominant one
 * @param polygons one or more convex polygons, counter-clockwise, without the first point again at the end
 */
public record Field(Species species, List<List<Point>> polygons) {

    public Field {
        polygons = polygons.stream().map(List::copyOf).toList();
    }

    /** In units of one axis times the other. */
    public double area() {
        return polygons.stream().mapToDouble(Polygons::area).sum();
    }

    public boolean contains(double x, double y) {
        return polygons.stream().anyMatch(p -> Polygons.contains(p, x, y));
    }

    /** A point inside the largest polygon, where a label can stand. */
    public Point label() {
        List<Point> largest = polygons.getFirst();
        for (var polygon : polygons) {
            largest = Polygons.area(polygon) > Polygons.area(largest) ? polygon : largest;
        }
        return Polygons.centroid(largest);
    }
}
