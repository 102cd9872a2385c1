package org.colonnade.geochemistry.supcrt;

import java.util.Arrays;
import org.colonnade.geochemistry.supcrt.water.WaterModel;
import org.colonnade.geochemistry.supcrt.water.WaterRegion;
import org.colonnade.geochemistry.supcrt.water.WaterState;

/**
 * A sequence of states, with everything that depends on the state alone computed once: water, Born functions, the g
 * function, and the terms in temperature and pressure by which species parameters are multiplied. Columns of
 * primitives, so that a species or a reaction is one linear pass. Immutable.
 */
public final class Conditions {

    static final double REFERENCE_TEMPERATURE = 298.15;

    /** Θ of the revised HKF equations, K. */
    static final double THETA = 228;

    /** Ψ of the revised HKF equations, bar. */
    static final double PSI = 2600;

    private final int size;
    private final boolean dry;
    private final WaterRegion[] region;
    final double[] kelvin;
    final double[] bar;
    final double[] density;
    final double[] waterGibbs;
    final double[] waterEnthalpy;
    final double[] waterEntropy;
    final double[] waterHeatCapacity;
    final double[] waterVolume;
    final double[] bornZ1;
    final double[] bornQ;
    final double[] bornY;
    final double[] bornX;
    final double[] g;
    final double[] gByPressure;
    final double[] gByTemperature;
    final double[] gByTemperature2;
    final SolidTerms solid;
    final HkfTerms hkf;

    private Conditions(WaterState[] states, boolean dry) {
        size = states.length;
        this.dry = dry;
        region = new WaterRegion[size];
        kelvin = new double[size];
        bar = new double[size];
        density = new double[size];
        waterGibbs = new double[size];
        waterEnthalpy = new double[size];
        waterEntropy = new double[size];
        waterHeatCapacity = new double[size];
        waterVolume = new double[size];
        bornZ1 = new double[size];
        bornQ = new double[size];
        bornY = new double[size];
        bornX = new double[size];
        g = new double[size];
        gByPressure = new double[size];
        gByTemperature = new double[size];
        gByTemperature2 = new double[size];
        var shell = new double[4];
        for (int i = 0; i < size; i++) {
            var s = states[i];
            region[i] = s.region();
            kelvin[i] = s.temperature();
            bar[i] = s.pressure();
            density[i] = s.density();
            waterGibbs[i] = s.gibbs();
            waterEnthalpy[i] = s.enthalpy();
            waterEntropy[i] = s.entropy();
            waterHeatCapacity[i] = s.heatCapacity();
            waterVolume[i] = s.volume();
            bornZ1[i] = 1 / s.permittivity() - 1;
            bornQ[i] = s.bornQ();
            bornY[i] = s.bornY();
            bornX[i] = s.bornX();
            SolventShell.of(s, shell);
            g[i] = shell[0];
            gByPressure[i] = shell[1];
            gByTemperature[i] = shell[2];
            gByTemperature2[i] = shell[3];
        }
        solid = new SolidTerms(kelvin);
        hkf = new HkfTerms(kelvin, bar);
    }

    /**
     * One phase at temperatures and pressures.
     *
     * @param celsius °C
     * @param bar bar, as many
     */
    public static Conditions atPressure(double[] celsius, double[] bar) {
        return of(celsius, bar, WaterModel::atPressure);
    }

    /** Temperatures and pressures for reactions of minerals and gases alone: water is not computed. */
    public static Conditions dry(double[] celsius, double[] bar) {
        double no = Double.NaN;
        var states = new WaterState[celsius.length];
        Arrays.setAll(
                states,
                i -> new WaterState(
                        celsius[i] + WaterModel.ZERO_CELSIUS,
                        bar[i],
                        no,
                        no,
                        no,
                        no,
                        no,
                        no,
                        no,
                        no,
                        no,
                        no,
                        no,
                        no,
                        WaterRegion.VALID));
        return new Conditions(states, true);
    }

    /**
     * One phase at temperatures and densities of water.
     *
     * @param celsius °C
     * @param density g/cm³, as many
     */
    public static Conditions atDensity(double[] celsius, double[] density) {
        return of(celsius, density, WaterModel::atDensity);
    }

    /** States of water computed elsewhere. */
    public static Conditions of(WaterState... states) {
        return new Conditions(states.clone(), false);
    }

    private static Conditions of(double[] first, double[] second, Model model) {
        if (first.length != second.length) {
            throw new IllegalArgumentException(
                    "%d temperatures and %d second values".formatted(first.length, second.length));
        }
        var states = new WaterState[first.length];
        Arrays.setAll(states, i -> model.state(first[i], second[i]));
        return new Conditions(states, false);
    }

    private interface Model {
        WaterState state(double first, double second);
    }

    /** Number of points. */
    public int size() {
        return size;
    }

    /** True if water was not computed. */
    public boolean isDry() {
        return dry;
    }

    /** Temperature, °C. */
    public double celsius(int i) {
        return kelvin[i] - WaterModel.ZERO_CELSIUS;
    }

    /** Temperature, K. */
    public double kelvin(int i) {
        return kelvin[i];
    }

    /** Pressure, bar. */
    public double bar(int i) {
        return bar[i];
    }

    /** Density of water, g/cm³; NaN where it was not computed. */
    public double density(int i) {
        return density[i];
    }

    /** Whether the equation of state of water holds. */
    public WaterRegion region(int i) {
        return region[i];
    }
}
