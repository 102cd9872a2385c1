package org.colonnade.geochemistry.h2s;

/** The value within one cell of a table, from the corners whose weight is not zero. */
final class Cells {

    private Cells() {}

    /** Linear in pressure at four nodes, then bilinear; {@code u, v, w} are the fractions along T, NaCl and P. */
    static double trilinear(SolubilityTable table, int quantity, int i, int j, int p, double u, double v, double w) {
        double low = alongSalinity(table, quantity, i, j, p, v, w);
        return u == 0 ? low : (1 - u) * low + u * alongSalinity(table, quantity, i + 1, j, p, v, w);
    }

    private static double alongSalinity(SolubilityTable table, int quantity, int i, int j, int p, double v, double w) {
        double low = alongPressure(table, quantity, i, j, p, w);
        return v == 0 ? low : (1 - v) * low + v * alongPressure(table, quantity, i, j + 1, p, w);
    }

    private static double alongPressure(SolubilityTable table, int quantity, int i, int j, int p, double w) {
        double low = table.node(quantity, i, j, p);
        return w == 0 ? low : (1 - w) * low + w * table.node(quantity, i, j, p + 1);
    }

    /**
     * Linear in the tetrahedron of Kuhn's subdivision: from the lowest corner one walks along the axes in the order of
     * falling fractions, and the differences of the fractions are the weights.
     */
    static double simplicial(SolubilityTable table, int quantity, int i, int j, int p, double u, double v, double w) {
        double sum = 0;
        double weight = 1;
        boolean walkedU = false;
        boolean walkedV = false;
        boolean walkedW = false;
        for (int step = 0; step <= 3; step++) {
            double next = step == 3 ? 0 : Math.max(walkedU ? 0 : u, Math.max(walkedV ? 0 : v, walkedW ? 0 : w));
            if (weight > next) {
                sum += (weight - next)
                        * table.node(quantity, walkedU ? i + 1 : i, walkedV ? j + 1 : j, walkedW ? p + 1 : p);
            }
            if (next == 0) {
                return sum;
            }
            weight = next;
            if (!walkedU && u == next) {
                walkedU = true;
            } else if (!walkedV && v == next) {
                walkedV = true;
            } else {
                walkedW = true;
            }
        }
        return sum;
    }
}
