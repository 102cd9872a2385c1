package org.colonnade.geochemistry.h2s;

/** How a value between the points of a table is found. */
public enum Interpolation {
    /**
     * Linear in pressure on each of the four surrounding (T, NaCl) nodes, then bilinear in T and NaCl. Continuous,
     * independent of any library, and the default.
     */
    TRILINEAR("trilinear"),
    /**
     * Linear within tetrahedra, as the online calculator does over a Delaunay triangulation. The points form a
     * rectilinear grid, so that many triangulations are Delaunay and none is the right one: here each cell is cut along
     * its diagonal from the lowest to the highest corner (Kuhn's subdivision). On edges parallel to the axes, where all
     * triangulations agree, the result is that of the online calculator.
     */
    COMPATIBLE("compatible");

    private final String key;

    Interpolation(String key) {
        this.key = key;
    }

    public String key() {
        return key;
    }
}
