package org.colonnade.geochemistry.h2s;

import java.util.Arrays;

/** The rising coordinates of a table in one direction. */
record Axis(double[] nodes) {

    Axis {
        for (int i = 1; i < nodes.length; i++) {
            if (!(nodes[i] > nodes[i - 1])) {
                throw new IllegalArgumentException("An axis must rise: " + Arrays.toString(nodes));
            }
        }
    }

    double first() {
        return nodes[0];
    }

    double last() {
        return nodes[nodes.length - 1];
    }

    double clamp(double value) {
        return Math.clamp(value, first(), last());
    }

    /** The node at or below a value; -1 when the value is outside. */
    int below(double value) {
        if (!(value >= first() && value <= last())) {
            return -1;
        }
        int at = Arrays.binarySearch(nodes, value);
        return at >= 0 ? at : -at - 2;
    }

    /** How far the value lies from that node to the next, 0 to 1; 0 on a node. */
    double fraction(double value, int below) {
        return value == nodes[below] ? 0 : (value - nodes[below]) / (nodes[below + 1] - nodes[below]);
    }
}
