package org.colonnade.calculators.supcrt;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lines of one value through a field that is known on a rectangular grid, by marching squares. Cells with a corner that has
 * no value are left out.
 */
final class Contours {

    private final double[] x;
    private final double[] y;
    private final double[][] z;

    /**
     * @param x ascending
     * @param y ascending
     * @param z by position in y, then in x; NaN where there is no value
     */
    Contours(double[] x, double[] y, double[][] z) {
        this.x = x.clone();
        this.y = y.clone();
        this.z = z;
    }

    /**
     * Where a line crosses an edge of the grid.
     *
     * @param alongX whether x varies along the edge, and y is held
     * @param from the lower end of what varies
     * @param to its upper end
     */
    record Vertex(double x, double y, boolean alongX, double from, double to) {}

    /** The edge to the right of (alongX) or above a grid point. */
    private record Edge(int column, int row, boolean alongX) {}

    /** The lines of a value, each a sequence of neighbours. */
    List<List<Vertex>> lines(double level) {
        var links = new HashMap<Edge, List<Edge>>();
        for (int row = 0; row + 1 < y.length; row++) {
            for (int column = 0; column + 1 < x.length; column++) {
                cell(column, row, level, links);
            }
        }
        var lines = new ArrayList<List<Vertex>>();
        Set<Edge> seen = new HashSet<>();
        // Lines with ends first: what is left then are rings.
        for (boolean ring : new boolean[] {false, true}) {
            links.forEach((start, next) -> {
                if (!seen.contains(start) && (ring || next.size() == 1)) {
                    lines.add(follow(start, links, seen, level));
                }
            });
        }
        return lines;
    }

    private void cell(int column, int row, double level, Map<Edge, List<Edge>> links) {
        double a = z[row][column];
        double b = z[row][column + 1];
        double c = z[row + 1][column + 1];
        double d = z[row + 1][column];
        if (Double.isNaN(a + b + c + d)) {
            return;
        }
        var crossed = new ArrayList<Edge>();
        // In the order bottom, right, top, left.
        if (a < level != b < level) {
            crossed.add(new Edge(column, row, true));
        }
        if (b < level != c < level) {
            crossed.add(new Edge(column + 1, row, false));
        }
        if (c < level != d < level) {
            crossed.add(new Edge(column, row + 1, true));
        }
        if (d < level != a < level) {
            crossed.add(new Edge(column, row, false));
        }
        if (crossed.size() == 2) {
            link(crossed.get(0), crossed.get(1), links);
        } else if (crossed.size() == 4) {
            // A saddle: the mean of the corners says which corners belong together.
            boolean joined = (a + b + c + d) / 4 < level == a < level;
            link(crossed.get(0), crossed.get(joined ? 1 : 3), links);
            link(crossed.get(2), crossed.get(joined ? 3 : 1), links);
        }
    }

    private static void link(Edge one, Edge other, Map<Edge, List<Edge>> links) {
        links.computeIfAbsent(one, edge -> new ArrayList<>(2)).add(other);
        links.computeIfAbsent(other, edge -> new ArrayList<>(2)).add(one);
    }

    private List<Vertex> follow(Edge start, Map<Edge, List<Edge>> links, Set<Edge> seen, double level) {
        var line = new ArrayList<Vertex>();
        Deque<Edge> todo = new ArrayDeque<>(List.of(start));
        Edge last = start;
        while (!todo.isEmpty()) {
            last = todo.pop();
            seen.add(last);
            line.add(vertex(last, level));
            links.getOrDefault(last, List.of()).stream()
                    .filter(next -> !seen.contains(next))
                    .findFirst()
                    .ifPresent(todo::push);
        }
        if (line.size() > 2 && links.getOrDefault(last, List.of()).contains(start)) {
            line.add(line.getFirst());
        }
        return line;
    }

    private Vertex vertex(Edge edge, double level) {
        double here = z[edge.row()][edge.column()];
        if (edge.alongX()) {
            double there = z[edge.row()][edge.column() + 1];
            double from = x[edge.column()];
            double to = x[edge.column() + 1];
            return new Vertex(between(from, to, here, there, level), y[edge.row()], true, from, to);
        }
        double there = z[edge.row() + 1][edge.column()];
        double from = y[edge.row()];
        double to = y[edge.row() + 1];
        return new Vertex(x[edge.column()], between(from, to, here, there, level), false, from, to);
    }

    private static double between(double from, double to, double here, double there, double level) {
        return from + (to - from) * (level - here) / (there - here);
    }

    /** At most so many round values between the smallest and the largest of a field; none if it is flat or empty. */
    static List<Double> levels(double[][] z, int most) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double[] row : z) {
            for (double value : row) {
                if (!Double.isNaN(value)) {
                    low = Math.min(low, value);
                    high = Math.max(high, value);
                }
            }
        }
        if (!(high - low > 1e-9 * Math.max(1, Math.abs(high)))) {
            return List.of();
        }
        double rough = (high - low) / (most + 1);
        double unit = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = unit;
        for (double factor : new double[] {1, 2, 2.5, 5, 10, 20}) {
            step = factor * unit;
            if (Math.floor(high / step) - Math.ceil(low / step) + 1 <= most) {
                break;
            }
        }
        var levels = new ArrayList<Double>();
        for (double k = Math.ceil(low / step); k * step <= high; k++) {
            levels.add(Math.round(k * step / unit * 100) / 100.0 * unit);
        }
        return levels;
    }
}
