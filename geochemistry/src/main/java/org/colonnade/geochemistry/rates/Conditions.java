package org.colonnade.geochemistry.rates;

import org.colonnade.geochemistry.InputException;

/**
 * The conditions of a dissolution experiment. The letter p means the negative decimal logarithm of an activity or, for
 * gases, of a pressure in bar; NaN means that it is not given.
 *
 * @param temperature °C, above absolute zero
 * @param pFe3 of Fe3+, for sulphides
 * @param pO2 of dissolved O2, for sulphides
 * @param pCO2 of CO2 or, for calcite of the kinetic library, of HCO3-
 */
public record Conditions(double temperature, double pH, double pFe3, double pO2, double pCO2) {

    private static final double ABSOLUTE_ZERO = -273.15;

    public Conditions {
        InputException.finite("temp", temperature);
        InputException.finite("pH", pH);
        notInfinite("pFe3", pFe3);
        notInfinite("pO2", pO2);
        notInfinite("pCO2", pCO2);
        if (temperature <= ABSOLUTE_ZERO) {
            throw new InputException("temp", "The temperature must be above -273.15 °C, not " + temperature);
        }
    }

    public static Conditions of(double temperature, double pH) {
        return new Conditions(temperature, pH, Double.NaN, Double.NaN, Double.NaN);
    }

    public double kelvin() {
        return temperature + 273.15;
    }

    private static void notInfinite(String name, double value) {
        if (Double.isInfinite(value)) {
            throw new InputException(name, name + " must be a finite number");
        }
    }
}
