package org.colonnade.geochemistry.supcrt.diagram;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/**
 * Level lines by marching squares (Lorensen and Cline 1987, in two dimensions): cells with a missing corner have no line, the
 * mean of the corners decides a saddle. Where a line crosses an edge of the net its point is searched, not interpolated.
 */
public final class Contours {

    /** Relative to a level, or to 1 if that is more. */
    private static final double ACCURACY = 1e-10;

    private static final int MOST_STEPS = 20;

    private final double[] x;
    private final double[] y;
    private final Net net;
    private final double level;
    private final DoubleBinaryOperator exact;
    private final Map<Integer, Point> points = new LinkedHashMap<>();
    private final Map<Integer, List<Integer>> neighbours = new LinkedHashMap<>();

    /** A value at each corner of the net; NaN where there is none. */
    @FunctionalInterface
    public interface Net {
        double at(int i, int j);
    }

    private Contours(double[] x, double[] y, Net net, double level, DoubleBinaryOperator exact) {
        this.x = x;
        this.y = y;
        this.net = net;
        this.level = level;
        this.exact = exact;
    }

    /**
     * The lines of one level.
     *
     * @param x ascending
     * @param y ascending
     * @param exact the value between the corners of the net
     */
    public static List<Curve> trace(double[] x, double[] y, Net net, double level, DoubleBinaryOperator exact) {
        var contours = new Contours(x, y, net, level, exact);
        for (int j = 0; j + 1 < y.length; j++) {
            for (int i = 0; i + 1 < x.length; i++) {
                contours.cell(i, j);
            }
        }
        return contours.lines();
    }

    /** At most so many round values between the smallest and the largest of a net; none if it is flat or empty. */
    public static List<Double> levels(int columns, int rows, Net net, int most) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < rows; j++) {
            for (int i = 0; i < columns; i++) {
                double value = net.at(i, j);
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

    private double miss(int i, int j) {
        return net.at(i, j) - level;
    }

    /** Edges of a cell in turn: lower, right, upper, left. */
    private void cell(int i, int j) {
        double[] corner = {miss(i, j), miss(i + 1, j), miss(i + 1, j + 1), miss(i, j + 1)};
        double mean = (corner[0] + corner[1] + corner[2] + corner[3]) / 4;
        if (Double.isNaN(mean)) {
            return;
        }
        int[] edges = {edge(i, j, false), edge(i + 1, j, true), edge(i, j + 1, false), edge(i, j, true)};
        var crossed = new ArrayList<Integer>(4);
        for (int k = 0; k < 4; k++) {
            if (above(corner[k]) != above(corner[(k + 1) % 4])) {
                crossed.add(edges[k]);
            }
        }
        if (crossed.size() == 2) {
            join(crossed.get(0), crossed.get(1));
        } else if (crossed.size() == 4) {
            // The middle belongs to the corners of its own side: the lines cut off the other two.
            boolean cutOffFirst = above(mean) != above(corner[0]);
            join(edges[0], edges[cutOffFirst ? 3 : 1]);
            join(edges[2], edges[cutOffFirst ? 1 : 3]);
        }
    }

    private static boolean above(double value) {
        return value >= 0;
    }

    private int edge(int i, int j, boolean vertical) {
        return 2 * (j * x.length + i) + (vertical ? 1 : 0);
    }

    private void join(int a, int b) {
        neighbours.computeIfAbsent(a, k -> new ArrayList<>(2)).add(b);
        neighbours.computeIfAbsent(b, k -> new ArrayList<>(2)).add(a);
    }

    private List<Curve> lines() {
        var left = new LinkedHashSet<>(neighbours.keySet());
        var curves = new ArrayList<Curve>();
        // Open lines begin at an edge that only one cell crosses; what is left are rings.
        for (boolean open : new boolean[] {true, false}) {
            for (int start : List.copyOf(left)) {
                if (left.contains(start)
                        && (!open || neighbours.getOrDefault(start, List.of()).size() == 1)) {
                    curves.add(new Curve(level, walk(start, left, !open)));
                }
            }
        }
        return curves;
    }

    private List<Point> walk(int start, LinkedHashSet<Integer> left, boolean ring) {
        var line = new ArrayList<Point>();
        int here = start;
        while (left.remove(here)) {
            line.add(point(here));
            for (int next : neighbours.getOrDefault(here, List.of())) {
                if (left.contains(next)) {
                    here = next;
                    break;
                }
            }
        }
        if (ring && line.size() > 2) {
            line.add(line.getFirst());
        }
        return line;
    }

    private Point point(int edge) {
        return points.computeIfAbsent(edge, this::locate);
    }

    /** The root on an edge, by false position with the Illinois correction (Dowell and Jarratt 1971). */
    private Point locate(int edge) {
        int i = edge / 2 % x.length;
        int j = edge / 2 / x.length;
        boolean vertical = edge % 2 == 1;
        double from = vertical ? y[j] : x[i];
        double to = vertical ? y[j + 1] : x[i + 1];
        double atFrom = miss(i, j);
        double atTo = vertical ? miss(i, j + 1) : miss(i + 1, j);
        double root = from - atFrom * (to - from) / (atTo - atFrom);
        int moved = 0;
        double close = ACCURACY * Math.max(1, Math.abs(level));
        for (int step = 0; step < MOST_STEPS; step++) {
            root = from - atFrom * (to - from) / (atTo - atFrom);
            double value = (vertical ? exact.applyAsDouble(x[i], root) : exact.applyAsDouble(root, y[j])) - level;
            if (!(Math.abs(value) > close)) {
                break;
            }
            // An end that stays twice counts half, or it would stay for ever.
            if ((value > 0) == (atTo > 0)) {
                to = root;
                atTo = value;
                atFrom = moved > 0 ? atFrom / 2 : atFrom;
                moved = 1;
            } else {
                from = root;
                atFrom = value;
                atTo = moved < 0 ? atTo / 2 : atTo;
                moved = -1;
            }
        }
        return vertical ? new Point(x[i], root) : new Point(root, y[j]);
    }
}
