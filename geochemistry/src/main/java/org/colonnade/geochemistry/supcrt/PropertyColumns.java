package org.colonnade.geochemistry.supcrt;

/** Five properties of one species at every point of the conditions; J/mol, J/(mol K), J/bar. */
final class PropertyColumns {
    final double[] gibbs;
    final double[] enthalpy;
    final double[] entropy;
    final double[] heatCapacity;
    final double[] volume;

    PropertyColumns(int size) {
        gibbs = new double[size];
        enthalpy = new double[size];
        entropy = new double[size];
        heatCapacity = new double[size];
        volume = new double[size];
    }
}
